package solutions.itms.scs.station;

import java.util.List;

/** A request that is refused, and why. Carries no stack: it is an answer, not a fault. */
final class BadRequest extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<FieldError> errors;

    private BadRequest(int status, String error, List<FieldError> errors) {
        super(error, null, false, false);
        this.status = status;
        this.errors = List.copyOf(errors);
    }

    static BadRequest of(List<FieldError> errors) {
        return new BadRequest(400, "bad request", errors);
    }

    static BadRequest of(String reason) {
        return of(List.of(new FieldError(null, null, reason)));
    }

    static BadRequest tooLarge(String reason) {
        return new BadRequest(413, "payload too large", List.of(new FieldError(null, null, reason)));
    }

    /** The HTTP status of the answer. */
    int status() {
        return status;
    }

    List<FieldError> errors() {
        return errors;
    }
}
