package solutions.itms.scs.testkit;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import solutions.itms.scs.testkit.nvr.DemoNvr;

/**
 * A simulated site to look at: gates that beat every five seconds, of which now and then one goes to maintenance, has a
 * fault or falls silent, and recovers; and a recorder. Runs until it is stopped.
 */
public final class Site {
    private static final List<String> STATUSES = List.of("online", "online", "maintenance", "fault");
    private static final int MISBEHAVE_SECONDS = 45;

    private Site() {}

    /** Arguments: base URL of the station, number of gates, port of the recorder (none without it). */
    public static void main(String[] args) throws Exception {
        if (args.length > 2) {
            try {
                DemoNvr recorder = new DemoNvr(Integer.parseInt(args[2]));
                Runtime.getRuntime().addShutdownHook(new Thread(recorder::close));
            } catch (UncheckedIOException e) {
                System.getLogger("site").log(System.Logger.Level.WARNING, "no recorder: its port can't be used", e);
            }
        }
        GateFleet fleet = new GateFleet(URI.create(args[0]), Integer.parseInt(args[1]), 2, Duration.ofSeconds(5), 7);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            timer.shutdownNow();
            Runtime.getRuntime().halt(0);
        }));
        fleet.start();
        Random random = new Random(11);
        timer.scheduleWithFixedDelay(
                () -> change(fleet, random), MISBEHAVE_SECONDS, MISBEHAVE_SECONDS, TimeUnit.SECONDS);
        stopped.await();
    }

    private static void change(GateFleet fleet, Random random) {
        List<SimulatedGate> gates = fleet.gates();
        gates.forEach(gate -> {
            gate.misbehave(GateFault.NONE);
            gate.report("online");
        });
        gates.get(random.nextInt(gates.size())).report(STATUSES.get(random.nextInt(STATUSES.size())));
        if (random.nextInt(3) == 0) {
            gates.get(random.nextInt(gates.size())).misbehave(GateFault.SILENT);
        }
    }
}
