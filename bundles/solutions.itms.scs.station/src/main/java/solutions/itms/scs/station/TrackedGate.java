package solutions.itms.scs.station;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gate, what was noticed of its heartbeats, and how far its state has reached the disk. Reading is free; whoever
 * replaces the state holds this object's lock.
 */
final class TrackedGate {
    final ClockSkew skew = new ClockSkew();
    /** Whether it was told that the gate names another station. */
    boolean toldOfStation;

    private volatile Gate gate;
    private volatile long heardNanos;
    private volatile @Nullable Rejection rejection;
    private int beatsInRow;
    private boolean replaying;
    private long replayingSinceNanos;
    private @Nullable String otherSource;
    private long otherSourceNanos;
    private long changes;
    private long committedChanges;
    private @Nullable Status lost;
    /** What its rows hold; of the thread that writes. */
    private GateTable.@Nullable Written written;

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

    /** It has given a sign of life that is no heartbeat. */
    void alive(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** It has sent a heartbeat; how many there were without a silence between them. */
    synchronized int heard(long nowNanos, long staleNanos) {
        boolean pause = nowNanos - heardNanos > staleNanos;
        heardNanos = nowNanos;
        beatsInRow = pause ? 1 : Math.min(beatsInRow + 1, Integer.MAX_VALUE - 1);
        return beatsInRow;
    }

    /**
     * Whether a heartbeat is so much older than the newest one that it is sent once more, and tells nothing of now. A
     * gate whose clock was put back sends such ones, too: after a while they count.
     */
    synchronized boolean isReplay(@Nullable Instant ts, long nowNanos, Duration stale) {
        if (ts == null || ts.toEpochMilli() >= gate.lastHeartbeat().toEpochMilli() - stale.toMillis()) {
            replaying = false;
            return false;
        }
        if (!replaying) {
            replaying = true;
            replayingSinceNanos = nowNanos;
        }
        replaying = nowNanos - replayingSinceNanos <= stale.toNanos();
        return replaying;
    }

    /** Whether its heartbeats come from two sources in turn: from this one now, and from another one not long ago. */
    synchronized boolean comesFromTwo(@Nullable String before, @Nullable String now, long nowNanos, long staleNanos) {
        if (before == null || now == null || before.equals(now)) {
            return false;
        }
        boolean back = now.equals(otherSource) && nowNanos - otherSourceNanos <= 2 * staleNanos;
        otherSource = before;
        otherSourceNanos = nowNanos;
        return back;
    }

    @Nullable
    Rejection rejection() {
        Rejection last = rejection;
        return last == null || last.at().isBefore(gate.receivedAt()) ? null : last;
    }

    void rejected(Rejection refused) {
        rejection = refused;
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

    /** What its rows hold, as far as is known. For the thread that writes. */
    GateTable.@Nullable Written written() {
        return written;
    }

    /** Its rows hold this. For the thread that writes. */
    void written(GateTable.Written rows) {
        written = rows;
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
