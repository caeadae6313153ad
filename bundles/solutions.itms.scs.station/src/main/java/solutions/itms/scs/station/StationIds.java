package solutions.itms.scs.station;

import org.jspecify.annotations.Nullable;
import solutions.itms.scs.station.log.Level;

/** Whether gates think that they belong to this station. What they say is never refused, and told once. Thread-safe. */
final class StationIds {
    private final String own;
    private final Journal journal;

    /** @param own this station's id; empty = it has none to compare with */
    StationIds(String own, Journal journal) {
        this.own = own;
        this.journal = journal;
    }

    /** Compares what a heartbeat says with this station's id. Called under the gate's lock. */
    void check(TrackedGate tracked, Heartbeat beat) {
        if (own.isEmpty() || tracked.toldOfStation || isOwn(beat.stationId())) {
            return;
        }
        tracked.toldOfStation = true;
        journal.app(Level.WARN, beat.id() + " says that its station is " + beat.stationId() + ", this one is " + own);
    }

    /** Gates may say {@code ST-13} for {@code 13}, as the document itself does. */
    private boolean isOwn(@Nullable String said) {
        return said == null
                || said.equalsIgnoreCase(own)
                || said.regionMatches(true, said.length() - own.length() - 1, "-" + own, 0, own.length() + 1);
    }
}
