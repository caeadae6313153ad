package solutions.itms.scs.itest;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Sends the first heartbeats of ever new gates, one after the other, each until it is answered with 200. */
final class RetryingGates implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private final int port;
    private final List<String> answered = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "retrying-gates");
    private volatile boolean stopped;
    private volatile long longestNanos;

    RetryingGates(int port) {
        this.port = port;
        thread.start();
    }

    /** The ids of the gates that were answered. */
    List<String> answered() {
        return answered;
    }

    /** The longest time between two answers. */
    Duration longestGap() {
        return Duration.ofNanos(longestNanos);
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    private void run() {
        long last = System.nanoTime();
        for (int i = 0; !stopped; i++) {
            String id = "R" + i;
            while (!stopped && !isAnswered(id)) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            long now = System.nanoTime();
            longestNanos = Math.max(longestNanos, now - last);
            last = now;
            if (!stopped) {
                answered.add(id);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean isAnswered(String id) {
        String body = "{\"id\":\"" + id + "\",\"ip\":\"192.168.1.101\",\"status\":\"online\"}";
        String request = "POST /hb HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }
}
