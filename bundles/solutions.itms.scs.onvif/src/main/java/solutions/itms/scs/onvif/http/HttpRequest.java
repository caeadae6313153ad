package solutions.itms.scs.onvif.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request; always sent whole, since some devices wait for ever for a body that comes later.
 *
 * @param method such as POST
 * @param target path and query; a whole address for RTSP, which is spoken then
 * @param headers beside those that every request has
 * @param body may be empty
 * @param idempotent whether it may be sent a second time when the connection broke before any answer
 */
public record HttpRequest(String method, String target, Map<String, String> headers, byte[] body, boolean idempotent) {
    public HttpRequest {
        if (!(target.startsWith("/") || target.startsWith("rtsp://"))
                || target.chars().anyMatch(c -> c <= ' ' || c > 126)) {
            throw new IllegalArgumentException("no target of a request");
        }
        headers = Map.copyOf(headers);
    }

    /** The same with one header more. */
    public HttpRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpRequest(method, target, more, body, idempotent);
    }

    byte[] bytes(Endpoint endpoint) {
        StringBuilder head = new StringBuilder(256 + body.length);
        boolean rtsp = target.startsWith("rtsp:");
        head.append(method).append(' ').append(target);
        if (rtsp) {
            head.append(" RTSP/1.0\r\nCSeq: 1\r\n");
        } else {
            head.append(" HTTP/1.1\r\nHost: ").append(endpoint.authority()).append("\r\nConnection: keep-alive\r\n");
        }
        headers.forEach((name, value) ->
                head.append(name).append(": ").append(line(value)).append("\r\n"));
        if (!method.equals("GET") && !rtsp) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.length() + 2 + body.length);
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static String line(String value) {
        return value.replaceAll("[\\r\\n]", " ");
    }

    /** Neither headers nor body: they hold what proves who we are. */
    @Override
    public String toString() {
        return method + " " + target.replaceFirst("\\?.*", "");
    }
}
