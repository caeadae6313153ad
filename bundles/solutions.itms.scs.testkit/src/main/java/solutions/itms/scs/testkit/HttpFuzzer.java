package solutions.itms.scs.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes HTTP requests to a station that are valid but for what was changed at random: in the JSON, the path or the
 * headers, or anywhere in the bytes. The same seed makes the same requests. Not thread-safe.
 */
public final class HttpFuzzer {
    private static final int DEVICES = 500;
    private static final List<String> METHODS =
            List.of("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "get", "BREW");
    private static final List<String> PATHS = List.of(
            "/hb",
            "/hb/bulk",
            "/time",
            "/sync-time",
            "/operation/",
            "/aisle-mode/",
            "/inservice-last/",
            "/inservice-last",
            "/",
            "/nothing",
            "//hb",
            "/hb/../hb",
            "/operation/%2e%2e%2fhb",
            "/hb;x=1",
            "/hb?x=%00");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "2.0",
            "99999999999999999999",
            "\"\"",
            "\"online\"",
            "\"emergency\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"สามย่าน\"",
            "[]",
            "{}",
            "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]",
            "NaN",
            "'x'",
            "\"::ffff:1.2.3.4\"",
            "\"2025-02-30T25:61:00Z\"",
            "\"2025-08-14T13:31:52.123456789+14:00\"");
    private static final List<String> FIELDS = List.of(
            "id",
            "ip",
            "status",
            "ts",
            "message",
            "type",
            "side",
            "gateId",
            "stationId",
            "operation",
            "aisleMode",
            "op",
            "reason",
            "x",
            "");
    private static final List<String> HEADERS = List.of(
            "Expect: 100-continue",
            "Content-Type: text/plain",
            "Content-Encoding: gzip",
            "Transfer-Encoding: gzip",
            "Content-Length: 7",
            "Content-Length: -7",
            "Host: a b",
            "Host: [::1",
            "Upgrade: websocket",
            "Connection: Upgrade, HTTP2-Settings",
            "Authorization: Bearer x",
            "X-SCS-Secret: \u00e9",
            "Cookie: a=b",
            "Range: bytes=0-1",
            "If-None-Match: *",
            "Accept-Encoding: *",
            " folded: x",
            "NoColon",
            ": empty",
            "X-Long: " + "a".repeat(9_000),
            "Transfer-Encoding: chunked, identity");

    private final Random random;

    /** @param seed makes the same requests again */
    public HttpFuzzer(long seed) {
        this.random = new Random(seed);
    }

    /**
     * One request, or several in one piece.
     *
     * @param bytes to send
     * @param whole whether it is one request that is surely complete: it is answered, and the connection may go on
     */
    public record Input(byte[] bytes, boolean whole) {}

    /** The next input. */
    public Input next() {
        int kind = random.nextInt(10);
        if (kind < 6) {
            return new Input(request(pick(List.of("POST", "POST", "POST", "GET")), path(), body(), false), true);
        }
        byte[] bytes = kind < 9 ? mutated(loose()) : pipelined();
        return new Input(bytes, false);
    }

    private byte[] loose() {
        return request(pick(METHODS), path(), body(), true);
    }

    private byte[] pipelined() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            all.writeBytes(random.nextInt(4) == 0 ? mutated(loose()) : request("POST", "/hb", beat(), false));
        }
        return all.toByteArray();
    }

    private byte[] request(String method, String path, String body, boolean loose) {
        byte[] content = method.equals("GET") && !loose ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method).append(' ').append(path);
        head.append(
                loose && random.nextInt(10) == 0
                        ? pick(List.of(" HTTP/1.0", " HTTP/2.0", "", " HTTP/1.1 x"))
                        : " HTTP/1.1");
        head.append("\r\nHost: localhost\r\n");
        if (random.nextInt(3) > 0) {
            head.append("Content-Type: application/json\r\n");
        }
        for (int i = loose ? random.nextInt(4) : 0; i > 0; i--) {
            head.append(pick(HEADERS)).append("\r\n");
        }
        boolean chunked = content.length > 0 && random.nextInt(4) == 0;
        head.append(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + content.length)
                .append("\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(chunked ? chunks(content) : content);
        return all.toByteArray();
    }

    private byte[] chunks(byte[] content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at < content.length; ) {
            int size = Math.min(content.length - at, 1 + random.nextInt(200));
            all.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            all.write(content, at, size);
            all.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            at += size;
        }
        all.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return all.toByteArray();
    }

    private String path() {
        String path = pick(PATHS);
        if (!path.endsWith("/") || path.length() == 1) {
            return path;
        }
        return switch (random.nextInt(6)) {
            case 0 -> path + "%" + Integer.toHexString(random.nextInt(256));
            case 1 -> path + "a".repeat(random.nextInt(100));
            case 2 -> path + "%E0%B8%AA".repeat(random.nextInt(4)) + "/" + pick(List.of("", "..", "%2F", "x"));
            default -> path + device();
        };
    }

    private String body() {
        return switch (random.nextInt(8)) {
            case 0 -> "{\"operation\":" + pick(VALUES) + "}";
            case 1 -> "{\"aisleMode\":" + pick(VALUES) + "}";
            case 2 -> "{\"op\":\"inservice_exit\",\"reason\":" + pick(VALUES) + "}";
            case 3 -> "[" + beat() + "," + changed(beat()) + "]";
            case 4 -> changed(beat());
            case 5 -> new String(mutated(beat().getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
            default -> beat();
        };
    }

    private String beat() {
        return "{\"id\":\"" + device() + "\",\"ip\":\"192.168.1." + random.nextInt(256) + "\",\"status\":\""
                + pick(List.of("online", "maintenance", "fault")) + "\",\"ts\":\"2025-08-14T13:31:52Z\"}";
    }

    /** With one more field, or another value of one. */
    private String changed(String json) {
        return json.substring(0, json.length() - 1) + ",\"" + pick(FIELDS) + "\":" + pick(VALUES) + "}";
    }

    private String device() {
        return "F" + random.nextInt(DEVICES);
    }

    /** Some bytes changed, put in, taken away or doubled. */
    private byte[] mutated(byte[] bytes) {
        byte[] all = bytes.clone();
        for (int i = 1 + random.nextInt(4); i > 0 && all.length > 0; i--) {
            int at = random.nextInt(all.length);
            int length = Math.min(all.length - at, 1 + random.nextInt(16));
            switch (random.nextInt(5)) {
                case 0 -> all[at] = (byte) random.nextInt(256);
                case 1 -> all = joined(Arrays.copyOf(all, at), Arrays.copyOfRange(all, at + length, all.length));
                case 2 -> all = joined(Arrays.copyOf(all, at + length), Arrays.copyOfRange(all, at, all.length));
                case 3 ->
                    all = joined(
                            Arrays.copyOf(all, at),
                            "\r\n".getBytes(StandardCharsets.US_ASCII),
                            Arrays.copyOfRange(all, at, all.length));
                default -> all = random.nextInt(4) == 0 ? Arrays.copyOf(all, at) : all;
            }
        }
        return all;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
