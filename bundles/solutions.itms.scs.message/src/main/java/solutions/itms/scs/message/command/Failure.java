package solutions.itms.scs.message.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a command came to nothing.
 *
 * @param code which kind of failure it is
 * @param message what happened, for people; 1 to {@value #MAX_MESSAGE} characters
 * @param stage how far it had come: {@code accept}, {@code queue} or {@code run}
 */
public record Failure(ErrorCode code, String message, String stage) {
    public static final int MAX_MESSAGE = 1_000;

    /** What came before anything was done. */
    public static final String ACCEPT = "accept";

    /** While it waited for its turn. */
    public static final String QUEUE = "queue";

    /** While it was carried out. */
    public static final String RUN = "run";

    /** Cuts a message that is too long, and makes control characters blanks. */
    public Failure {
        String clean = message.isBlank() ? code.text() : message.replaceAll("\\p{Cntrl}", " ");
        int end = Math.min(MAX_MESSAGE, clean.length());
        message = clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end);
    }

    /** Its form in JSON. */
    public Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("code", code.text());
        json.put("message", message);
        json.put("stage", stage);
        return json;
    }

    static Failure of(Map<String, @Nullable Object> json) throws CommandRefusedException {
        Members in = new Members(json);
        ErrorCode code = ErrorCode.of(in.text("code", 64))
                .orElseThrow(() -> Members.wrong("error/code", "must be one of the documented codes"));
        Failure failure = new Failure(code, in.text("message", MAX_MESSAGE), in.text("stage", 32));
        in.end();
        return failure;
    }
}
