package solutions.itms.scs.station;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Notices what is odd about heartbeats that are otherwise in order, and raises alarms. */
final class GateChecks {
    private final Alarms alarms;
    private final StationIds stations;
    private final long skewMillis;
    private final long staleNanos;

    /**
     * @param maxSkew median difference of the clocks at which an alarm is raised
     * @param stale silence after which a gate counts as offline
     */
    GateChecks(Alarms alarms, StationIds stations, Duration maxSkew, Duration stale) {
        this.alarms = alarms;
        this.stations = stations;
        this.skewMillis = maxSkew.toMillis();
        this.staleNanos = stale.toNanos();
    }

    /** Compares the gate's clock with ours. Called under the gate's lock. */
    void clock(TrackedGate tracked, Heartbeat beat, Instant now) {
        if (beat.ts() == null) {
            return;
        }
        ClockSkew skew = tracked.skew;
        skew.add(beat.ts().toEpochMilli() - now.toEpochMilli());
        if (!skew.isKnown()) {
            return;
        }
        if (skew.isBeyond(skewMillis)) {
            if (!skew.isAlarming()) {
                skew.setAlarming(true);
                alarms.raise(AlarmKind.CLOCK_SKEW, beat.id(), skewText(beat.id(), skew.median()));
            }
        } else if (skew.isAlarming() && Math.abs(skew.median()) <= skewMillis / 2) {
            // half the way back: a clock at the very limit does not raise and clear in turn
            skew.setAlarming(false);
            alarms.clear(AlarmKind.CLOCK_SKEW, beat.id());
        }
    }

    /**
     * Compares where the heartbeat comes from, what it says of that and of its station, and what was planned. Called under the gate's lock.
     *
     * @param before where the one before it came from
     */
    void address(
            TrackedGate tracked,
            Heartbeat beat,
            @Nullable PlannedDevice planned,
            @Nullable String before,
            Sender sender,
            long nowNanos) {
        String id = beat.id();
        String source = sender.address();
        stations.check(tracked, beat);
        if (planned != null && !planned.ip().equals(beat.ip())) {
            alarms.note(
                    AlarmKind.IP_MISMATCH, id, id + " has the address " + beat.ip() + ", planned is " + planned.ip());
        } else if (sender.isGate() && !beat.ip().equals(source)) {
            alarms.note(AlarmKind.IP_MISMATCH, id, id + " has the address " + beat.ip() + ", but sends from " + source);
        }
        if (tracked.comesFromTwo(before, source, nowNanos, staleNanos)) {
            alarms.note(AlarmKind.TWO_SOURCES, id, id + " sends from " + before + " and from " + source);
        }
    }

    private static String skewText(String id, long aheadMillis) {
        return String.format(
                Locale.ROOT,
                "the clock of %s is %.1f s %s",
                id,
                Math.abs(aheadMillis) / 1000.0,
                aheadMillis > 0 ? "ahead" : "behind");
    }
}
