package solutions.itms.scs.station;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
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

    static BadRequest of(FieldError error) {
        return of(List.of(error));
    }

    static BadRequest of(String reason) {
        return of(new FieldError(null, null, reason));
    }

    /** A refusal with a documented error text of its own. */
    static BadRequest named(String error, FieldError detail) {
        return new BadRequest(400, error, List.of(detail));
    }

    /** A body that is not JSON, and where it stops being so. */
    static BadRequest malformed(IOException e) {
        String what = e instanceof JsonProcessingException j ? j.getOriginalMessage() : e.toString();
        String where = e instanceof JsonProcessingException j && j.getLocation() != null
                ? " at line " + j.getLocation().getLineNr() + ", column "
                        + j.getLocation().getColumnNr()
                : "";
        return of("not valid JSON: " + what + where);
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
