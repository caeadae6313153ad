package solutions.itms.scs.station;

import java.util.Arrays;

/** How far a gate's clock is ahead of ours, from its last heartbeats. Not thread-safe. */
final class ClockSkew {
    private static final int BEATS = 5;

    private final long[] millis = new long[BEATS];
    private int next;
    private boolean known;
    private boolean alarming;

    void add(long aheadMillis) {
        millis[next] = aheadMillis;
        next = (next + 1) % BEATS;
        known |= next == 0;
    }

    /** Whether there were enough heartbeats for one late one not to matter. */
    boolean isKnown() {
        return known;
    }

    /** Whether an alarm was raised for it. */
    boolean isAlarming() {
        return alarming;
    }

    void setAlarming(boolean raised) {
        alarming = raised;
    }

    /** Whether the median of the last heartbeats is further than that from our clock, either way. */
    boolean isBeyond(long limitMillis) {
        int ahead = 0;
        int behind = 0;
        for (long one : millis) {
            if (one > limitMillis) {
                ahead++;
            } else if (one < -limitMillis) {
                behind++;
            }
        }
        return Math.max(ahead, behind) > BEATS / 2;
    }

    /** The median of the last heartbeats. */
    long median() {
        long[] sorted = millis.clone();
        Arrays.sort(sorted);
        return sorted[BEATS / 2];
    }
}
