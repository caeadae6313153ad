package solutions.itms.scs.media.rtsp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.http.HttpResponse;

/** RTSP in HTTP: what the server sends is the endless answer to a GET, what it is sent the endless body of a POST. */
final class TunnelWire implements Wire {
    private static final int MOST_HEAD = 16 * 1024;

    /** Opens a connection to the server. */
    interface Dial {
        Wire dial() throws IOException;
    }

    private final Wire down;
    private final Wire up;
    private final ByteBuffer ahead;

    private TunnelWire(Wire down, Wire up, ByteBuffer ahead) {
        this.down = down;
        this.up = up;
        this.ahead = ahead;
    }

    static TunnelWire open(Dial dial, RtspUri uri, @Nullable Authenticator login, long millis) throws IOException {
        byte[] random = new byte[11];
        new java.security.SecureRandom().nextBytes(random);
        String cookie = HexFormat.of().formatHex(random);
        String authorization = "";
        for (int attempt = 0; ; attempt++) {
            Wire down = dial.dial();
            try {
                String head = "Host: " + uri.authority() + "\r\nx-sessioncookie: " + cookie + "\r\n" + authorization;
                send(
                        down,
                        "GET " + uri.pathAndQuery() + " HTTP/1.0\r\n" + head
                                + "Accept: application/x-rtsp-tunnelled\r\nCache-Control: no-cache\r\n\r\n");
                ByteBuffer rest = ByteBuffer.allocate(MOST_HEAD);
                HttpResponse answer = answer(down, rest, millis);
                if (answer.status() == 401 && attempt == 0 && login != null) {
                    down.close();
                    Optional<String> header = login.answer(answer, "GET", uri.pathAndQuery());
                    authorization = header.map(value -> "Authorization: " + value + "\r\n")
                            .orElse("");
                    continue;
                }
                if (answer.status() != 200) {
                    throw new RtspFailure(answer.status(), "the server refuses a tunnel with HTTP " + answer.status());
                }
                return new TunnelWire(down, post(dial, uri, login, cookie, authorization), rest);
            } catch (IOException e) {
                down.close();
                throw e;
            }
        }
    }

    private static Wire post(Dial dial, RtspUri uri, @Nullable Authenticator login, String cookie, String before)
            throws IOException {
        String authorization = before.isEmpty() || login == null
                ? before
                : "Authorization: " + login.header("POST", uri.pathAndQuery()) + "\r\n";
        Wire up = dial.dial();
        try {
            send(
                    up,
                    "POST " + uri.pathAndQuery() + " HTTP/1.0\r\nHost: " + uri.authority() + "\r\nx-sessioncookie: "
                            + cookie + "\r\n" + authorization + "Content-Type: application/x-rtsp-tunnelled\r\n"
                            + "Cache-Control: no-cache\r\nContent-Length: 32767\r\n\r\n");
            return up;
        } catch (IOException e) {
            up.close();
            throw e;
        }
    }

    private static void send(Wire wire, String text) throws IOException {
        wire.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Reads the head of an answer; what follows it stays in the buffer. */
    private static HttpResponse answer(Wire wire, ByteBuffer rest, long millis) throws IOException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (true) {
            String text = new String(rest.array(), 0, rest.position(), StandardCharsets.ISO_8859_1);
            int head = text.indexOf("\r\n\r\n");
            if (head >= 0) {
                rest.flip().position(head + 4);
                return parse(text.substring(0, head));
            }
            if (!rest.hasRemaining() || System.nanoTime() - end >= 0 || wire.read(rest, 200) < 0) {
                throw new EOFException("no answer to a tunnel");
            }
        }
    }

    private static HttpResponse parse(String head) throws IOException {
        String[] lines = head.split("\r\n");
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(Map.entry(
                        lines[i].substring(0, colon).strip(),
                        lines[i].substring(colon + 1).strip()));
            }
        }
        String[] status = lines[0].split(" ");
        if (status.length < 2 || !status[1].matches("\\d{3}")) {
            throw new IOException("the answer to a tunnel is not HTTP");
        }
        return new HttpResponse(Integer.parseInt(status[1]), headers, new byte[0], true);
    }

    @Override
    public int read(ByteBuffer into, long millis) throws IOException {
        if (ahead.hasRemaining()) {
            int count = Math.min(ahead.remaining(), into.remaining());
            into.put(ahead.slice().limit(count));
            ahead.position(ahead.position() + count);
            return count;
        }
        return down.read(into, millis);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        up.write(Base64.getEncoder().encode(bytes));
    }

    @Override
    public void close() {
        up.close();
        down.close();
    }
}
