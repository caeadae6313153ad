package solutions.itms.scs.onvif.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Takes what devices send by themselves: one port for all, a path that can't be guessed for each. Whoever sends anything
 * else, too much or too slowly is cut off. Thread-safe.
 */
public final class NotificationReceiver implements AutoCloseable, NetworkLoop.Ready {
    private static final int MAX_OPEN = 64;
    private static final int MAX_BYTES = 256 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final byte[] OK =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final NetworkLoop loop;
    private final ServerSocketChannel server;
    private final Map<String, Consumer<byte[]>> receivers = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private int open;

    /** Listens. @param local port 0 for any */
    public NotificationReceiver(NetworkLoop loop, InetSocketAddress local) throws IOException {
        this.loop = loop;
        server = ServerSocketChannel.open();
        try {
            server.bind(local);
            server.configureBlocking(false);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        loop.run(() -> {
            try {
                loop.register(server, SelectionKey.OP_ACCEPT, this);
            } catch (IOException | RuntimeException e) {
                close();
            }
        });
    }

    /** The port it has. */
    public int port() throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Takes notifications. @return the path to send them to */
    public String register(Consumer<byte[]> receiver) {
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        String path = "/onvif/" + HexFormat.of().formatHex(secret);
        receivers.put(path, receiver);
        return path;
    }

    /** Takes no more of them. */
    public void unregister(String path) {
        receivers.remove(path);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // gone either way
        }
    }

    @Override
    public void abandon() {
        close();
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            for (SocketChannel peer = server.accept(); peer != null; peer = server.accept()) {
                if (open >= MAX_OPEN) {
                    peer.close();
                    continue;
                }
                open++;
                peer.configureBlocking(false);
                Peer taken = new Peer(peer);
                loop.register(peer, SelectionKey.OP_READ, taken);
                taken.end = loop.schedule(PATIENCE, taken::abandon);
            }
        } catch (IOException e) {
            // the next one may do better
        }
    }

    private final class Peer implements NetworkLoop.Ready {
        private final SocketChannel channel;
        private byte[] received = new byte[0];
        private NetworkLoop.Timer end = () -> {};

        Peer(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void ready(SelectionKey key) {
            try {
                ByteBuffer buffer = loop.buffer();
                int count = channel.read(buffer);
                if (count < 0 || received.length + count > MAX_BYTES) {
                    abandon();
                    return;
                }
                byte[] joined = java.util.Arrays.copyOf(received, received.length + count);
                buffer.flip().get(joined, received.length, count);
                received = joined;
                request();
            } catch (IOException e) {
                abandon();
            }
        }

        private void request() throws IOException {
            String head = new String(received, StandardCharsets.ISO_8859_1);
            int headEnd = head.indexOf("\r\n\r\n");
            if (headEnd < 0) {
                return;
            }
            String[] lines = head.substring(0, headEnd).split("\r\n");
            String[] words = lines[0].split(" ");
            int length = 0;
            for (String line : lines) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                    String number = line.substring(15).strip();
                    length = number.matches("\\d{1,7}") ? Integer.parseInt(number) : MAX_BYTES;
                }
            }
            if (received.length < headEnd + 4 + length) {
                return;
            }
            Consumer<byte[]> receiver = words.length == 3 && words[0].equals("POST") ? receivers.get(words[1]) : null;
            channel.write(ByteBuffer.wrap(receiver == null ? NO : OK));
            if (receiver != null) {
                byte[] body = java.util.Arrays.copyOfRange(received, headEnd + 4, headEnd + 4 + length);
                loop.execute(() -> receiver.accept(body));
            }
            abandon();
        }

        @Override
        public void abandon() {
            end.cancel();
            if (channel.isOpen()) {
                open--;
                try {
                    channel.close();
                } catch (IOException e) {
                    // gone either way
                }
            }
        }
    }
}
