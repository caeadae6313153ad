package solutions.itms.scs.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.Failure;
import solutions.itms.scs.message.command.GatewayState;

/**
 * The answer to a request.
 *
 * @param status as in HTTP
 * @param body an object in JSON
 */
record Reply(int status, Map<String, @Nullable Object> body) {
    static final int OK = 200;
    static final int ACCEPTED = 202;
    static final int NOT_FOUND = 404;

    static Reply state(int status, String id, GatewayState state, @Nullable String report) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("state", state.name());
        if (report != null) {
            body.put("report", report);
        }
        return new Reply(status, body);
    }

    /** @param id null when it could not be read, or can't be believed */
    static Reply refused(@Nullable String id, Failure failure) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        if (id != null) {
            body.put("id", id);
        }
        body.put("error", failure.toJson());
        return new Reply(failure.code().status(), body);
    }
}
