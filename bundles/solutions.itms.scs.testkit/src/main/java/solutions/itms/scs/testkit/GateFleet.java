package solutions.itms.scs.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Many gates of one station, each beating on its own with jitter, so that they don't march in step. */
public final class GateFleet implements AutoCloseable {
    private final List<SimulatedGate> gates = new ArrayList<>();
    private final Duration interval;
    private final Random random;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "testkit-gates");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param station base URL of the heartbeat server
     * @param count number of gates; a pair shares a lane, one on each side
     * @param firstLane number of the first lane: its gates are {@code G<lane>-01} and {@code G<lane>-02}
     * @param interval time between two heartbeats of one gate, with a tenth of jitter
     * @param seed makes the same fleet again
     */
    public GateFleet(URI station, int count, int firstLane, Duration interval, long seed) {
        this.interval = interval;
        this.random = new Random(seed);
        HttpClient http = HttpClient.newHttpClient();
        for (int i = 0; i < count; i++) {
            int lane = firstLane + i / 2;
            int device = i % 2 + 1;
            gates.add(new SimulatedGate(
                    String.format(Locale.ROOT, "G%d-%02d", lane, device),
                    "192.168." + (1 + i / 250) + "." + (1 + i % 250),
                    "G" + lane,
                    device == 1 ? "north" : "south",
                    station,
                    http,
                    Clock.systemUTC()));
        }
    }

    /** The gates, to make them report something or misbehave. */
    public List<SimulatedGate> gates() {
        return List.copyOf(gates);
    }

    /** Begins; the first heartbeats are spread over one interval. */
    public void start() {
        for (SimulatedGate gate : gates) {
            schedule(gate, (long) (random.nextDouble() * interval.toMillis()));
        }
    }

    /** Heartbeats answered with 200. */
    public long accepted() {
        return accepted.sum();
    }

    /** Heartbeats answered with anything else. */
    public long refused() {
        return refused.sum();
    }

    /** Heartbeats that were not answered. */
    public long failed() {
        return failed.sum();
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        for (SimulatedGate gate : gates) {
            gate.close();
        }
    }

    private void schedule(SimulatedGate gate, long delayMillis) {
        if (!timer.isShutdown()) {
            timer.schedule(() -> beat(gate), delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void beat(SimulatedGate gate) {
        gate.beat().whenComplete((status, failure) -> {
            if (failure != null) {
                failed.increment();
            } else if (status == 200) {
                accepted.increment();
            } else if (status != 0) {
                refused.increment();
            }
        });
        double jitter = 0.95 + random.nextDouble() / 10;
        schedule(gate, (long) (interval.toMillis() * jitter));
    }
}
