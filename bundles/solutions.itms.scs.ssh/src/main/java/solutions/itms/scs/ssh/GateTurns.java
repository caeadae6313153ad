package solutions.itms.scs.ssh;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import solutions.itms.scs.api.gate.GateAddress;

/**
 * When it is which gate's turn: again and again, one turn of a gate at a time, the first ones spread over the interval, and
 * none while somebody else talks to the gate. Thread-safe.
 */
final class GateTurns {
    private final long intervalNanos;
    private final LongSupplier nanos;
    private final Predicate<String> busy;
    private final Map<String, Long> dueNanos = new HashMap<>();
    private final Set<String> running = new HashSet<>();

    /**
     * @param interval longer than zero
     * @param nanos a clock that never jumps
     * @param busy whether somebody else talks to that gate; its turn comes later then
     */
    GateTurns(Duration interval, LongSupplier nanos, Predicate<String> busy) {
        this.intervalNanos = interval.toNanos();
        this.nanos = nanos;
        this.busy = busy;
    }

    /** Begins the turns that are due, and forgets gates that are not among these any more. */
    List<GateAddress> begin(List<GateAddress> gates) {
        Set<String> known = gates.stream().map(GateAddress::id).collect(Collectors.toSet());
        synchronized (this) {
            dueNanos.keySet().retainAll(known);
        }
        return gates.stream().filter(gate -> begin(gate.id())).toList();
    }

    private boolean begin(String gate) {
        // asked outside the lock: what is busy there may ask what is running here
        return isDue(gate) && !busy.test(gate) && enter(gate);
    }

    private synchronized boolean isDue(String gate) {
        long now = nanos.getAsLong();
        long due = dueNanos.computeIfAbsent(
                gate, id -> now + ThreadLocalRandom.current().nextLong(intervalNanos));
        return now - due >= 0;
    }

    private synchronized boolean enter(String gate) {
        return running.add(gate);
    }

    /** Ends a turn. */
    synchronized void end(String gate) {
        running.remove(gate);
    }

    /** Says when the next turn is, a tenth earlier or later, so that gates don't come in step. */
    synchronized void next(String gate, int intervals) {
        long length = intervals * intervalNanos;
        long jittered = length * 9 / 10 + ThreadLocalRandom.current().nextLong(length / 5 + 1);
        dueNanos.put(gate, nanos.getAsLong() + jittered);
    }

    /** Whether it is that gate's turn now. */
    synchronized boolean isRunning(String gate) {
        return running.contains(gate);
    }
}
