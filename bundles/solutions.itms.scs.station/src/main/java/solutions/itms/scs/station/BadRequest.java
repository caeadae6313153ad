package solutions.itms.scs.station;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.List;

/** A request that is refused, and why. Carries no stack: it is an answer, not a fault. */
final class BadRequest extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<FieldError> errors;
    private final transient List<String> deviceIds;

    private BadRequest(int status, String error, List<FieldError> errors) {
        this(status, error, errors, List.of());
    }

    private BadRequest(int status, String error, List<FieldError> errors, List<String> deviceIds) {
        super(error, null, false, false);
        this.status = status;
        this.errors = List.copyOf(errors);
        this.deviceIds = List.copyOf(deviceIds);
    }

    /** Heartbeats of these devices are refused. */
    static BadRequest ofHeartbeats(List<FieldError> errors, List<String> deviceIds) {
        return new BadRequest(400, "bad request", errors, deviceIds);
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

    /** The devices of which heartbeats are refused, as far as they are named. */
    List<String> deviceIds() {
        return deviceIds;
    }

    /** What is wrong first of all, in words. */
    String firstReason() {
        if (errors.isEmpty()) {
            return String.valueOf(getMessage());
        }
        FieldError first = errors.get(0);
        return first.field() == null ? first.reason() : first.field() + " " + first.reason();
    }

    List<FieldError> errors() {
        return errors;
    }
}
