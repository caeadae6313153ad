package solutions.itms.scs.testkit.camera;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One connection to a camera; on the site's thread alone. */
final class HttpPeer {
    private static final int CHUNK = 64 * 1024;

    private final CameraSite site;
    private final SimulatedCamera camera;
    private final SocketChannel channel;
    private final Runnable onClose;
    private final Deque<ByteBuffer> out = new ArrayDeque<>();
    private byte[] received = new byte[0];
    private long flood;
    private boolean closeAfter;
    private boolean closed;

    @Nullable
    SelectionKey key;

    HttpPeer(CameraSite site, SimulatedCamera camera, SocketChannel channel, Runnable onClose) {
        this.site = site;
        this.camera = camera;
        this.channel = channel;
        this.onClose = onClose;
    }

    /** A request that came. */
    record Ask(String method, String target, Map<String, String> headers, String body) {}

    CameraSite site() {
        return site;
    }

    boolean isClosed() {
        return closed;
    }

    void received(ByteBuffer bytes) {
        byte[] joined = Arrays.copyOf(received, received.length + bytes.remaining());
        bytes.get(joined, received.length, bytes.remaining());
        received = joined;
        String text = new String(received, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        if (received.length < end + 4 + length) {
            return;
        }
        String body = new String(received, end + 4, length, StandardCharsets.UTF_8);
        received = Arrays.copyOfRange(received, end + 4 + length, received.length);
        String[] words = lines[0].split(" ");
        camera.asked(new Ask(words[0], words[1], headers, body), this);
    }

    void answer(int status, String extra, byte[] body) {
        String head =
                "HTTP/1.1 " + status + " X\r\nContent-Type: application/soap+xml; charset=utf-8\r\nContent-Length: "
                        + body.length + "\r\n" + extra + "\r\n";
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        raw(whole, false);
    }

    /** Bytes as they are. */
    void raw(byte[] bytes, boolean thenClose) {
        if (!closed) {
            out.add(ByteBuffer.wrap(bytes));
            closeAfter |= thenClose;
            flush();
        }
    }

    /** So many bytes more, made while they are sent. */
    void flood(long bytes) {
        flood = bytes;
        flush();
    }

    void flush() {
        try {
            while (!closed) {
                if (out.isEmpty() && flood > 0) {
                    int size = (int) Math.min(CHUNK, flood);
                    flood -= size;
                    out.add(ByteBuffer.wrap(new byte[size]));
                }
                if (out.isEmpty()) {
                    break;
                }
                channel.write(out.peek());
                if (out.peek().hasRemaining()) {
                    break;
                }
                out.poll();
            }
            if (out.isEmpty() && closeAfter) {
                close();
            } else if (key != null && key.isValid()) {
                key.interestOps(out.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
        } catch (IOException e) {
            close();
        }
    }

    void close() {
        if (!closed) {
            closed = true;
            onClose.run();
            try {
                channel.close();
            } catch (IOException e) {
                // gone either way
            }
        }
    }
}
