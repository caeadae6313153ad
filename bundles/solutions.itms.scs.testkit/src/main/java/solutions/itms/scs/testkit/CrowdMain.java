package solutions.itms.scs.testkit;

import java.util.Locale;

/** Opens a crowd of connections to a running station, and measures how long gates wait for their answers. */
public final class CrowdMain {
    private static final double MAX_MILLIS = 50;
    private static final int GATES = 60;
    private static final int HEARTBEATS = 20_000;

    private CrowdMain() {}

    /** Arguments: port of the station, idle connections, slow ones. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        Latencies.measure(port, GATES, HEARTBEATS);
        Latencies alone = Latencies.measure(port, GATES, HEARTBEATS);
        System.out.println("without a crowd: " + alone);
        try (ConnectionCrowd crowd = new ConnectionCrowd(port, Integer.parseInt(args[1]), Integer.parseInt(args[2]))) {
            Latencies among = Latencies.measure(port, GATES, HEARTBEATS);
            System.out.println("with " + args[1] + " idle and " + args[2] + " slow connections: " + among);
            boolean ok = among.percentile(0.99) <= MAX_MILLIS && among.failed() == 0;
            System.out.printf(
                    Locale.ROOT,
                    "figure name=crowd_p99 value=%.2f unit=ms bar=%.0f %s%n",
                    among.percentile(0.99),
                    MAX_MILLIS,
                    among.percentile(0.99) <= MAX_MILLIS ? "ok" : "short");
            System.out.printf(
                    Locale.ROOT,
                    "figure name=crowd_failed value=%d unit=heartbeats bar=0 %s%n",
                    among.failed(),
                    among.failed() == 0 ? "ok" : "short");
            crowd.close();
            System.exit(ok ? 0 : 1);
        }
    }
}
