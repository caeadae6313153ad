package solutions.itms.scs.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Connections to a station on this host that do it no good: idle ones, and slow ones that send a request byte by byte and
 * come again when they are cut off. They come from many addresses of the loopback network. Not thread-safe.
 */
public final class ConnectionCrowd implements AutoCloseable {
    private static final byte[] REQUEST = ("POST /hb HTTP/1.1\r\nHost: a\r\nContent-Length: 4000\r\n\r\n"
                    + " ".repeat(4_000))
            .getBytes(StandardCharsets.US_ASCII);
    private static final int SOURCES = 200;

    private final InetSocketAddress station;
    private final List<SocketChannel> idle = new ArrayList<>();
    private final List<Slow> slow = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "testkit-crowd");
        thread.setDaemon(true);
        return thread;
    });

    /** Opens all of them. */
    public ConnectionCrowd(int port, int idleCount, int slowCount) throws IOException {
        station = new InetSocketAddress("127.0.0.1", port);
        for (int i = 0; i < idleCount; i++) {
            idle.add(open(i));
        }
        for (int i = 0; i < slowCount; i++) {
            slow.add(new Slow(i));
        }
        timer.scheduleAtFixedRate(() -> slow.forEach(Slow::go), 200, 200, TimeUnit.MILLISECONDS);
    }

    private SocketChannel open(int number) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.bind(new InetSocketAddress("127.0.1." + (1 + number % SOURCES), 0));
        channel.connect(station);
        return channel;
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        for (SocketChannel channel : idle) {
            channel.close();
        }
        for (Slow each : slow) {
            each.channel.close();
        }
    }

    /** One that sends a byte now and then. */
    private final class Slow {
        private final int number;
        private SocketChannel channel;
        private int at;

        Slow(int number) throws IOException {
            this.number = number;
            this.channel = open(number);
        }

        void go() {
            try {
                channel.write(ByteBuffer.wrap(REQUEST, at++ % REQUEST.length, 1));
            } catch (IOException e) {
                again();
            }
        }

        private void again() {
            try {
                channel.close();
                channel = open(number);
                at = 0;
            } catch (IOException e) {
                // next time
            }
        }
    }
}
