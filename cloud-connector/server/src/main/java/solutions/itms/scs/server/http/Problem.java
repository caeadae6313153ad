package solutions.itms.scs.server.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error that the client is told of, as problem JSON (RFC 9457). The text is for people and tells nothing about the
 * server's inside.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String title;
    private final transient Map<String, String> headers;
    private final transient Map<String, Object> more;

    /**
     * @param code stable name for programs
     * @param title the same for every problem of this code
     * @param detail what it was this time
     * @param headers added to the answer
     */
    public Problem(int status, String code, String title, String detail, Map<String, String> headers) {
        this(status, code, title, detail, headers, Map.of());
    }

    private Problem(
            int status,
            String code,
            String title,
            String detail,
            Map<String, String> headers,
            Map<String, Object> more) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.title = title;
        this.headers = Map.copyOf(headers);
        this.more = Map.copyOf(more);
    }

    /** The same with one member more in its JSON. */
    public Problem with(String member, Object value) {
        Map<String, Object> members = new LinkedHashMap<>(more);
        members.put(member, value);
        return new Problem(status, code, title, String.valueOf(getMessage()), headers, members);
    }

    public Problem(int status, String code, String title, String detail) {
        this(status, code, title, detail, Map.of());
    }

    /** Nobody is logged in. */
    public static Problem unauthenticated() {
        return new Problem(401, "unauthenticated", "Not logged in", "Log in first.");
    }

    /** The body or a parameter is not what it should be. */
    public static Problem badRequest(String detail) {
        return new Problem(400, "bad_request", "Bad request", detail);
    }

    /** Who is logged in may not do that. */
    public static Problem forbidden(String detail) {
        return new Problem(403, "forbidden", "Not allowed", detail);
    }

    /** There is no such thing. */
    public static Problem notFound(String detail) {
        return new Problem(404, "not_found", "Not found", detail);
    }

    /** As things are now it can't be done. */
    public static Problem conflict(String code, String detail) {
        return new Problem(409, code, "Conflict", detail);
    }

    /** It could be done later. */
    public static Problem unavailable(String detail) {
        return new Problem(503, "unavailable", "Not available now", detail, Map.of("Retry-After", "5"));
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** Members of its JSON beside the usual ones. */
    public Map<String, Object> more() {
        return more;
    }
}
