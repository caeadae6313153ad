package solutions.itms.scs.ssh;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.gate.GateAddress;

/** Probes every gate again and again, a few gates at the same time, those that don't answer less often. Thread-safe. */
final class ProbeRounds {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeRounds.class);

    private final Supplier<List<GateAddress>> gates;
    private final GateProbe probe;
    private final GateTurns turns;
    private final ExecutorService workers;
    private final Consumer<ProbeResult> each;
    private final Consumer<ProbeResult> changed;
    private final Map<String, GateHealth> health = new HashMap<>();

    /**
     * @param each told every result; must not block
     * @param changed told when what is known of a gate has changed; must not block
     */
    ProbeRounds(
            Supplier<List<GateAddress>> gates,
            GateProbe probe,
            GateTurns turns,
            ExecutorService workers,
            Consumer<ProbeResult> each,
            Consumer<ProbeResult> changed) {
        this.gates = gates;
        this.probe = probe;
        this.turns = turns;
        this.workers = workers;
        this.each = each;
        this.changed = changed;
    }

    /** Starts the probes that are due; to be called every second or so. */
    void tick() {
        List<GateAddress> all = gates.get();
        forgetOthers(all.stream().map(GateAddress::id).collect(Collectors.toSet()));
        for (GateAddress gate : turns.begin(all)) {
            workers.execute(() -> probe(gate));
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
        each.accept(result);
        boolean told;
        synchronized (this) {
            GateHealth known = health.computeIfAbsent(result.gateId(), id -> new GateHealth());
            told = known.take(result);
            turns.next(result.gateId(), known.intervalsToNext());
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
            turns.end(gate.id());
        }
    }

    private synchronized void forgetOthers(Set<String> known) {
        health.keySet().retainAll(known);
    }
}
