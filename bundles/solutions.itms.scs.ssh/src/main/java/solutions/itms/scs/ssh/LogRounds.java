package solutions.itms.scs.ssh;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.gate.GateAddress;

/** Collects the logs of every gate again and again, spread over the interval, one of a gate at a time. Thread-safe. */
final class LogRounds {
    private static final Logger LOG = LoggerFactory.getLogger(LogRounds.class);

    private final Supplier<List<GateAddress>> gates;
    private final Job job;
    private final long intervalNanos;
    private final ExecutorService workers;
    private final LongSupplier nanos;
    private final Map<String, Long> dueNanos = new HashMap<>();
    private final Set<String> running = new HashSet<>();

    /** Collects of one gate. */
    @FunctionalInterface
    interface Job {
        void collect(GateAddress gate);
    }

    /** @param interval zero = never */
    LogRounds(
            Supplier<List<GateAddress>> gates,
            Job job,
            Duration interval,
            ExecutorService workers,
            LongSupplier nanos) {
        this.gates = gates;
        this.job = job;
        this.intervalNanos = interval.toNanos();
        this.workers = workers;
        this.nanos = nanos;
    }

    /** Starts the collections that are due; to be called every second or so. */
    void tick() {
        if (intervalNanos == 0) {
            return;
        }
        for (GateAddress gate : gates.get()) {
            if (begin(gate.id())) {
                workers.execute(() -> collect(gate));
            }
        }
    }

    private void collect(GateAddress gate) {
        try {
            job.collect(gate);
        } catch (RuntimeException e) {
            LOG.error("The logs of {} could not be collected", gate.id(), e);
        } finally {
            end(gate.id());
        }
    }

    private synchronized boolean begin(String gate) {
        long now = nanos.getAsLong();
        long due = dueNanos.computeIfAbsent(
                gate, id -> now + ThreadLocalRandom.current().nextLong(intervalNanos));
        return now - due >= 0 && running.add(gate);
    }

    private synchronized void end(String gate) {
        running.remove(gate);
        dueNanos.put(gate, nanos.getAsLong() + intervalNanos);
    }
}
