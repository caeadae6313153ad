package solutions.itms.scs.ssh;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.gate.GateAddress;

/**
 * Probes every gate again and again: at most one probe of a gate at a time, a few gates at the same time, spread over the
 * interval. Thread-safe.
 */
final class ProbeRounds {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeRounds.class);

    private final Supplier<List<GateAddress>> gates;
    private final GateProbe probe;
    private final long intervalNanos;
    private final ExecutorService workers;
    private final Consumer<ProbeResult> changed;
    private final LongSupplier nanos;
    private final Predicate<String> busy;
    private final Map<String, GateHealth> health = new HashMap<>();
    private final Map<String, Long> dueNanos = new HashMap<>();
    private final Set<String> running = new HashSet<>();

    /**
     * @param changed told when what is known of a gate has changed; must not block
     * @param nanos a clock that never jumps
     * @param busy whether somebody talks to that gate already; it is probed later then
     */
    ProbeRounds(
            Supplier<List<GateAddress>> gates,
            GateProbe probe,
            Duration interval,
            ExecutorService workers,
            Consumer<ProbeResult> changed,
            LongSupplier nanos,
            Predicate<String> busy) {
        this.gates = gates;
        this.probe = probe;
        this.intervalNanos = interval.toNanos();
        this.workers = workers;
        this.changed = changed;
        this.nanos = nanos;
        this.busy = busy;
    }

    /** Starts the probes that are due; to be called every second or so. */
    void tick() {
        List<GateAddress> all = gates.get();
        forgetOthers(all.stream().map(GateAddress::id).collect(Collectors.toSet()));
        for (GateAddress gate : all) {
            if (begin(gate.id())) {
                workers.execute(() -> probe(gate));
            }
        }
    }

    /** What came of the last probe of the gate. */
    synchronized Optional<ProbeResult> last(String gate) {
        GateHealth known = health.get(gate);
        return known == null ? Optional.empty() : Optional.ofNullable(known.last());
    }

    /** Whether the gate answers, as the last probes that agreed say; empty when none have agreed yet. */
    synchronized Optional<Boolean> verdict(String gate) {
        GateHealth known = health.get(gate);
        return known == null ? Optional.empty() : known.verdict();
    }

    /** Takes a result that came in another way, as from a probe that somebody asked for. */
    void take(ProbeResult result) {
        boolean told;
        synchronized (this) {
            GateHealth known = health.computeIfAbsent(result.gateId(), id -> new GateHealth());
            told = known.take(result);
            dueNanos.put(result.gateId(), nanos.getAsLong() + jittered(known.intervalsToNext() * intervalNanos));
        }
        if (told) {
            changed.accept(result);
        }
    }

    private void probe(GateAddress gate) {
        try {
            take(probe.probe(gate));
        } catch (RuntimeException e) {
            LOG.error("The probe of {} failed", gate.id(), e);
        } finally {
            end(gate.id());
        }
    }

    /** Whether the gate is due and not being probed; the first probes are spread over one interval. */
    private synchronized boolean begin(String gate) {
        long now = nanos.getAsLong();
        Long due = dueNanos.computeIfAbsent(
                gate, id -> now + ThreadLocalRandom.current().nextLong(intervalNanos));
        return now - due >= 0 && !busy.test(gate) && running.add(gate);
    }

    private synchronized void end(String gate) {
        running.remove(gate);
    }

    private synchronized void forgetOthers(Set<String> known) {
        health.keySet().retainAll(known);
        dueNanos.keySet().retainAll(known);
    }

    /** A tenth more or less, so that gates don't come in step. */
    private static long jittered(long length) {
        return length * 9 / 10 + ThreadLocalRandom.current().nextLong(length / 5 + 1);
    }
}
