package solutions.itms.scs.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * How long heartbeats of some gates took, from the connection to the answer, each over a connection of its own.
 *
 * @param millis of each that was answered with 200, in ascending order
 * @param failed how many were not
 */
public record Latencies(double[] millis, int failed) {
    private static final int TIMEOUT_MILLIS = 10_000;

    /** Sends heartbeats of these many gates one after the other; blocks until the last is answered. */
    public static Latencies measure(int port, int gates, int heartbeats) {
        double[] millis = new double[heartbeats];
        int answered = 0;
        for (int i = 0; i < heartbeats; i++) {
            long begin = System.nanoTime();
            if (beat(port, "K" + i % gates)) {
                millis[answered++] = (System.nanoTime() - begin) / 1e6;
            }
        }
        double[] sorted = Arrays.copyOf(millis, answered);
        Arrays.sort(sorted);
        return new Latencies(sorted, heartbeats - answered);
    }

    /** The time within which this share of them was answered; infinite when there were none. */
    public double percentile(double share) {
        return millis.length == 0
                ? Double.POSITIVE_INFINITY
                : millis[(int) Math.min(millis.length - 1L, Math.round(share * millis.length))];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d answered, %d failed, p50 %.2f ms, p99 %.2f ms, max %.2f ms",
                millis.length,
                failed,
                percentile(0.5),
                percentile(0.99),
                percentile(1));
    }

    private static boolean beat(int port, String id) {
        String body = "{\"id\":\"" + id + "\",\"ip\":\"192.168.1.101\",\"status\":\"online\"}";
        String request = "POST /hb HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }
}
