package solutions.itms.scs.testkit;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Many gates of one station, each beating on its own with jitter, so that they don't march in step; thousands of them
 * take two threads. A gate that is not answered, or told to come later, waits exponentially longer each time.
 */
public final class GateFleet implements AutoCloseable {
    private static final long MAX_BACK_OFF_MILLIS = 60_000;
    private static final int PER_NETWORK = 250;

    private final List<SimulatedGate> gates = new ArrayList<>();
    private final Pace pace;
    private final Random random;
    private final GateClient client;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "testkit-gates");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * How often gates send.
     *
     * @param shortest the shortest time between two heartbeats of one gate
     * @param longest the longest; each time is drawn anew
     * @param pollEvery how many heartbeats a gate sends before it asks what it is to do; 0 = it never asks
     */
    public record Pace(Duration shortest, Duration longest, int pollEvery) {}

    /**
     * @param station base URL of the heartbeat server
     * @param count number of gates; a pair shares a lane, one on each side
     * @param firstLane number of the first lane: its gates are {@code G<lane>-01} and {@code G<lane>-02}
     * @param interval time between two heartbeats of one gate, with a tenth of jitter
     * @param seed makes the same fleet again
     */
    public GateFleet(URI station, int count, int firstLane, Duration interval, long seed) {
        this(
                station,
                count,
                firstLane,
                new Pace(
                        interval.multipliedBy(95).dividedBy(100),
                        interval.multipliedBy(105).dividedBy(100),
                        0),
                seed);
    }

    /** A fleet of this pace. */
    public GateFleet(URI station, int count, int firstLane, Pace pace, long seed) {
        this.pace = pace;
        this.random = new Random(seed);
        this.client = new GateClient(station.getHost(), station.getPort());
        this.timer.setRemoveOnCancelPolicy(true);
        String first = name(firstLane, 1);
        for (int i = 0; i < count; i++) {
            int lane = firstLane + i / 2;
            int device = i % 2 + 1;
            gates.add(new SimulatedGate(
                    name(lane, device),
                    first,
                    "10." + (168 + i / PER_NETWORK / PER_NETWORK) + "." + (1 + i / PER_NETWORK % PER_NETWORK) + "."
                            + (1 + i % PER_NETWORK),
                    "G" + lane,
                    device == 1 ? "north" : "south",
                    client,
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
            schedule(new Course(gate), (long) (random.nextDouble() * pace.longest.toMillis()));
        }
    }

    /** Begins with all at once, as after a power cut. */
    public void startAtOnce() {
        for (SimulatedGate gate : gates) {
            schedule(new Course(gate), 0);
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
        client.close();
    }

    private static String name(int lane, int device) {
        return String.format(Locale.ROOT, "G%d-%02d", lane, device);
    }

    private void schedule(Course course, long delayMillis) {
        if (!timer.isShutdown()) {
            timer.schedule(course, delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private long interval() {
        long shortest = pace.shortest.toMillis();
        return shortest + (long) (random.nextDouble() * (pace.longest.toMillis() - shortest));
    }

    /** What one gate does, over and over. */
    private final class Course implements Runnable {
        private final SimulatedGate gate;
        private int failures;
        private long beats;

        Course(SimulatedGate gate) {
            this.gate = gate;
        }

        @Override
        public void run() {
            gate.beat().whenComplete((status, failure) -> {
                boolean comeLater = count(status, failure);
                failures = comeLater ? failures + 1 : 0;
                beats++;
                if (!comeLater && pace.pollEvery > 0 && beats % pace.pollEvery == 0) {
                    gate.poll().whenComplete((asked, notAnswered) -> schedule(this, interval()));
                } else {
                    schedule(this, comeLater ? backOff() : interval());
                }
            });
        }

        /** Whether the gate has to wait longer before it tries again. */
        private boolean count(@Nullable Integer status, @Nullable Throwable failure) {
            if (failure != null || status == null) {
                failed.increment();
                return true;
            }
            if (status == 200) {
                accepted.increment();
            } else if (status != 0) {
                refused.increment();
            }
            return status == 429 || status >= 500;
        }

        /** Twice as long each time, and a random share of it, so that those who failed together don't return together. */
        private long backOff() {
            long longest = Math.min(MAX_BACK_OFF_MILLIS, pace.shortest.toMillis() << Math.min(failures - 1, 10));
            return longest / 2 + (long) (random.nextDouble() * longest / 2);
        }
    }
}
