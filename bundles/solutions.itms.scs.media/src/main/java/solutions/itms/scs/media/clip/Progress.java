package solutions.itms.scs.media.clip;

import java.util.ArrayList;
import java.util.List;

/** How far a clip is; outlives connections. Times without a unit are ticks of the pictures' clock. */
final class Progress {
    private static final int MOST_HOLES = 1_000;

    /** Number of the last key frame in the file; -1 for none. */
    int lastKeySample = -1;

    long lastKeyTime;
    long lastTime = Long.MIN_VALUE;
    /** Recorded time of the latest picture, microseconds since 1970. */
    long lastMicros = Long.MIN_VALUE;
    /** Whether pictures are shown in another order than they are sent. */
    boolean reordered;
    /** Pictures of which a part was missing. */
    long damaged;
    /** Pictures that could not be decoded, since others were missing. */
    long undecodable;
    /** Where pictures are missing that were sent: from a key frame, or the first of them, to the next key frame; in ticks. */
    final List<Hole> holes = new ArrayList<>();
    /** Packets that never came, on connections that have ended. */
    long lostBefore;

    /**
     * A span of time in which pictures are missing.
     *
     * @param from ticks
     * @param to ticks; that of a key frame, or of the end
     */
    record Hole(long from, long to) {}

    /** Remembers a hole; those that touch are one. */
    void hole(long from, long to) {
        Hole last = holes.isEmpty() ? null : holes.get(holes.size() - 1);
        if (last != null && from <= last.to()) {
            holes.set(holes.size() - 1, new Hole(Math.min(from, last.from()), Math.max(to, last.to())));
        } else if (from < to && holes.size() < MOST_HOLES) {
            holes.add(new Hole(from, to));
        }
    }

    /** Nothing is in the file any more. */
    void forget() {
        holes.clear();
        lastKeySample = -1;
        lastTime = Long.MIN_VALUE;
        lastMicros = Long.MIN_VALUE;
    }
}
