package solutions.itms.scs.media.rtsp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.http.HttpResponse;

/**
 * Requests, answers and data on one connection. What comes is read in large pieces and taken apart where it lies. Bytes that
 * are nothing are passed over, up to a limit. On one thread, but for closing.
 */
final class RtspConnection implements AutoCloseable {
    private static final int BUFFER = 256 * 1024;
    private static final int MOST_MESSAGE = 128 * 1024;
    private static final int MOST_NONSENSE = 1 << 20;
    private static final byte[] RTSP = "RTSP/1.".getBytes(StandardCharsets.US_ASCII);

    private final Wire wire;
    private final PacketListener listener;
    private final ByteBuffer in;
    private final List<HttpResponse> answers = new ArrayList<>();
    private int nonsense;
    private long received;

    RtspConnection(Wire wire, PacketListener listener) {
        this(wire, listener, ByteBuffer.allocateDirect(BUFFER));
    }

    /** @param buffer larger than any message */
    RtspConnection(Wire wire, PacketListener listener, ByteBuffer buffer) {
        this.wire = wire;
        this.listener = listener;
        in = buffer.clear().limit(0);
    }

    /** Bytes that came. */
    long received() {
        return received;
    }

    void send(String message) throws IOException {
        wire.write(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
    }

    /** The next answer that has come already; null for none. */
    @Nullable
    HttpResponse takeAnswer() {
        return answers.isEmpty() ? null : answers.remove(0);
    }

    /**
     * Takes what has come.
     *
     * @param millis how long to wait when there is nothing
     * @return whether anything came
     * @throws EOFException at the end of the connection
     */
    boolean poll(long millis) throws IOException {
        in.compact();
        int count;
        try {
            count = wire.read(in, millis);
        } finally {
            in.flip();
        }
        if (count < 0) {
            throw new EOFException("the server has closed the connection");
        }
        received += count;
        if (count > 0) {
            take();
        }
        return count > 0;
    }

    private void take() throws IOException {
        int at = in.position();
        int end = in.limit();
        while (at < end) {
            int next = after(at, end);
            if (next < 0) {
                break;
            }
            at = next;
        }
        in.position(at);
        if (at == 0 && end == in.capacity()) {
            throw new RtspFailure(0, "the server sends a message that has no end");
        }
    }

    /** Takes what begins at a place; where the next begins, or -1 when it has not come whole. */
    private int after(int at, int end) throws IOException {
        byte first = in.get(at);
        if (first == '$') {
            if (end - at < 4) {
                return -1;
            }
            int to = at + 4 + (in.getShort(at + 2) & 0xffff);
            if (to > end) {
                return -1;
            }
            listener.packet(in.get(at + 1) & 0xff, in, at + 4, to);
            return to;
        }
        if (first == '\r' || first == '\n' || first == 0) {
            return at + 1;
        }
        if (first >= 'A' && first <= 'Z') {
            return message(at, end);
        }
        return resynchronize(at, end);
    }

    private int message(int at, int end) throws IOException {
        int head = headEnd(at, Math.min(end, at + MOST_MESSAGE));
        if (head == -2) {
            return resynchronize(at, end);
        }
        if (head < 0) {
            return end - at >= MOST_MESSAGE ? resynchronize(at, end) : -1;
        }
        byte[] bytes = new byte[head - at];
        in.get(at, bytes);
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r?\n");
        List<Map.Entry<String, String>> headers = headers(lines);
        HttpResponse bare = new HttpResponse(0, headers, new byte[0], true);
        String said = bare.header("Content-Length").orElse("0");
        int length = said.matches("\\d{1,6}") ? Integer.parseInt(said) : 0;
        if (length > MOST_MESSAGE) {
            throw new RtspFailure(0, "the server sends a message of " + length + " bytes");
        }
        if (head + length > end) {
            return -1;
        }
        byte[] body = new byte[length];
        in.get(head, body);
        if (lines[0].startsWith("RTSP/")) {
            String[] status = lines[0].split("\\s+");
            int code = status.length > 1 && status[1].matches("\\d{3}") ? Integer.parseInt(status[1]) : 0;
            answers.add(new HttpResponse(code, headers, body, true));
        } else {
            refuse(bare);
        }
        return head + length;
    }

    /** What the server asks is not done here, and told so: it would wait for ever. */
    private void refuse(HttpResponse request) throws IOException {
        String number = request.header("CSeq").orElse("0").replaceAll("[^0-9]", "");
        send("RTSP/1.0 501 Not Implemented\r\nCSeq: " + number + "\r\n\r\n");
    }

    private static List<Map.Entry<String, String>> headers(String[] lines) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (int i = 1; i < lines.length && headers.size() < 100; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(Map.entry(
                        lines[i].substring(0, colon).strip(),
                        lines[i].substring(colon + 1).strip()));
            }
        }
        return headers;
    }

    /** Behind the empty line; -1 when it has not come, -2 when this is no text. */
    private int headEnd(int at, int end) {
        for (int i = at; i < end; i++) {
            byte b = in.get(i);
            if (b == '\n' && (i + 1 < end && in.get(i + 1) == '\n')) {
                return i + 2;
            }
            if (b == '\n' && i + 2 < end && in.get(i + 1) == '\r' && in.get(i + 2) == '\n') {
                return i + 3;
            }
            if (b == '$' && i == at || b == 0 || b < 0 && i < at + 16) {
                return -2;
            }
        }
        return -1;
    }

    /** To where a piece of data of ours, or an answer, may begin. */
    private int resynchronize(int at, int end) throws RtspFailure {
        int next = at + 1;
        while (next < end && !begins(next, end)) {
            next++;
        }
        nonsense += next - at;
        if (nonsense > MOST_NONSENSE) {
            throw new RtspFailure(0, "the server sends what is not RTSP");
        }
        return next;
    }

    private boolean begins(int at, int end) {
        if (in.get(at) == '$') {
            return at + 1 >= end || listener.expects(in.get(at + 1) & 0xff);
        }
        for (int i = 0; i < RTSP.length && at + i < end; i++) {
            if (in.get(at + i) != RTSP[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        wire.close();
    }
}
