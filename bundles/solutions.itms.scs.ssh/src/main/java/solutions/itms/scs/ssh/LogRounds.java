package solutions.itms.scs.ssh;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.gate.GateAddress;

/** Collects the logs of every gate again and again. Thread-safe. */
final class LogRounds {
    private static final Logger LOG = LoggerFactory.getLogger(LogRounds.class);

    private final Supplier<List<GateAddress>> gates;
    private final Job job;
    private final GateTurns turns;
    private final ExecutorService workers;

    /** Collects of one gate. */
    @FunctionalInterface
    interface Job {
        void collect(GateAddress gate);
    }

    LogRounds(Supplier<List<GateAddress>> gates, Job job, GateTurns turns, ExecutorService workers) {
        this.gates = gates;
        this.job = job;
        this.turns = turns;
        this.workers = workers;
    }

    /** Starts the collections that are due; to be called every second or so. */
    void tick() {
        for (GateAddress gate : turns.begin(gates.get())) {
            workers.execute(() -> collect(gate));
        }
    }

    private void collect(GateAddress gate) {
        try {
            job.collect(gate);
        } catch (RuntimeException e) {
            LOG.error("The logs of {} could not be collected", gate.id(), e);
        } finally {
            turns.next(gate.id(), 1);
            turns.end(gate.id());
        }
    }
}
