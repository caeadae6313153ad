package solutions.itms.scs.station;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides what one heartbeat, or the lack of one, makes of a gate. Thread-safe: works under each gate's own lock. */
final class GateIntake {
    private final GateWriter writer;
    private final GateChecks checks;
    private final Ticker ticker;
    private final Rules rules;

    /**
     * What decides on a gate's status.
     *
     * @param staleAfter silence after which a gate counts as offline
     * @param returnBeats heartbeats in a row after which it counts as present again
     * @param writeBehind whether a heartbeat that changes nothing may be answered before it is on the disk
     */
    record Rules(Duration staleAfter, int returnBeats, boolean writeBehind) {}

    GateIntake(GateWriter writer, GateChecks checks, Ticker ticker, Rules rules) {
        this.writer = writer;
        this.checks = checks;
        this.ticker = ticker;
        this.rules = rules;
    }

    /** The first heartbeat of a gate. */
    GateWriter.Change first(
            TrackedGate fresh, Heartbeat beat, Instant now, Sender sender, @Nullable PlannedDevice planned) {
        synchronized (fresh) {
            check(fresh, beat, now, null, sender, planned);
            return new GateWriter.Change(fresh, 1, null);
        }
    }

    /** A further heartbeat: a change to commit before the answer; null when it may be written later. */
    GateWriter.@Nullable Change again(
            TrackedGate known, Heartbeat beat, Instant now, Sender sender, @Nullable PlannedDevice planned) {
        synchronized (known) {
            long nanos = ticker.nanos();
            Gate before = known.gate();
            boolean replay = known.isReplay(beat.ts(), nanos, rules.staleAfter);
            if (!replay) {
                check(known, beat, now, before.sourceIp(), sender, planned);
            }
            Gate heard = replay ? before.heardAgain(now, sender.address()) : before.after(beat, now, sender.address());
            int inRow = known.heard(nanos, rules.staleAfter.toNanos());
            boolean present = before.status() != Status.OFFLINE || inRow >= rules.returnBeats;
            Gate next = present ? heard : heard.silent();
            return next.differsFrom(before)
                    ? new GateWriter.Change(known, known.change(next), known.lost(before.status()))
                    : unchanged(known, next);
        }
    }

    /** Looks whether the gate has been silent for too long: the change that makes, or null. */
    GateWriter.@Nullable Change silence(TrackedGate tracked) {
        if (tracked.gate().status() == Status.OFFLINE) {
            return null;
        }
        synchronized (tracked) {
            Gate before = tracked.gate();
            boolean silent = ticker.nanos() - tracked.heardNanos() > rules.staleAfter.toNanos();
            return silent && before.status() != Status.OFFLINE
                    ? new GateWriter.Change(tracked, tracked.change(before.silent()), tracked.lost(before.status()))
                    : null;
        }
    }

    private GateWriter.@Nullable Change unchanged(TrackedGate known, Gate next) {
        known.refresh(next);
        // an earlier change may have been refused by a full disk: it must not be overtaken by an ok
        if (!rules.writeBehind || !known.isCommitted()) {
            return new GateWriter.Change(known, known.changes(), known.lost(next.status()));
        }
        writer.later(known);
        return null;
    }

    private void check(
            TrackedGate tracked,
            Heartbeat beat,
            Instant now,
            @Nullable String before,
            Sender sender,
            @Nullable PlannedDevice planned) {
        // what a concentrator kept for a while says nothing of a clock
        if (!sender.bulk()
                || (beat.ts() != null
                        && beat.ts().toEpochMilli() >= now.toEpochMilli() - rules.staleAfter.toMillis())) {
            checks.clock(tracked, beat, now);
        }
        checks.address(tracked, beat, planned, before, sender, ticker.nanos());
    }
}
