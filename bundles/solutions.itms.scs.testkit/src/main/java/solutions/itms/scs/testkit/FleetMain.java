package solutions.itms.scs.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Drives thousands of gates against a running station, some of which misbehave, and says how it went. */
public final class FleetMain {
    private static final List<GateFault> FAULTS = List.of(GateFault.values());
    private static final int ONE_OF = 50;

    private FleetMain() {}

    /** Arguments: base URL of the station, gates, seconds; with a fourth one, every 50th gate misbehaves. */
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[1]);
        long seconds = Long.parseLong(args[2]);
        GateFleet.Pace pace = new GateFleet.Pace(Duration.ofSeconds(5), Duration.ofSeconds(10), 6);
        try (GateFleet fleet = new GateFleet(URI.create(args[0]), count, 1, pace, 7)) {
            if (args.length > 3) {
                for (int i = ONE_OF; i < count; i += ONE_OF) {
                    fleet.gates().get(i).misbehave(FAULTS.get(i / ONE_OF % FAULTS.size()));
                }
            }
            fleet.startAtOnce();
            var unused = new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
            Runtime runtime = Runtime.getRuntime();
            runtime.gc();
            System.out.printf(
                    Locale.ROOT,
                    "fleet of %d gates, %d s: %d accepted, %d refused, %d not answered; memory of the fleet %d MB%n",
                    count,
                    seconds,
                    fleet.accepted(),
                    fleet.refused(),
                    fleet.failed(),
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        }
    }
}
