package solutions.itms.scs.station;

import org.jspecify.annotations.Nullable;

/**
 * A gate and how far its state has reached the disk. Reading is free; whoever replaces the state holds this object's
 * lock.
 */
final class TrackedGate {
    private volatile Gate gate;
    private volatile long heardNanos;
    private long changes;
    private long committedChanges;
    private @Nullable Status lost;

    private TrackedGate(Gate gate, long heardNanos, long changes) {
        this.gate = gate;
        this.heardNanos = heardNanos;
        this.changes = changes;
    }

    /** A gate heard for the first time: its first change has still to be committed. */
    static TrackedGate heardFirst(Gate gate, long nowNanos) {
        return new TrackedGate(gate, nowNanos, 1);
    }

    /** A gate as it is on the disk. */
    static TrackedGate loaded(Gate gate, long nowNanos) {
        return new TrackedGate(gate, nowNanos, 0);
    }

    Gate gate() {
        return gate;
    }

    /** When it was last heard, by the clock that never jumps. */
    long heardNanos() {
        return heardNanos;
    }

    void heard(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** Takes a new state that differs only in times, and may wait for the disk. */
    synchronized void refresh(Gate next) {
        gate = next;
    }

    /** Takes a new state that nobody may be told of before it is on the disk; its number. */
    synchronized long change(Gate next) {
        gate = next;
        return ++changes;
    }

    /** The number of the newest change. */
    synchronized long changes() {
        return changes;
    }

    synchronized boolean isCommitted() {
        return committedChanges == changes;
    }

    synchronized void committed(long number) {
        committedChanges = Math.max(committedChanges, number);
        lost = null;
    }

    /** A change from this status could not be written; the next one that can tells of both. */
    synchronized void lose(@Nullable Status before) {
        lost = lost == null ? before : lost;
    }

    /** The status that a change begins with: this, or that of earlier ones which could not be written. */
    synchronized @Nullable Status lost(@Nullable Status otherwise) {
        return lost == null ? otherwise : lost;
    }
}
