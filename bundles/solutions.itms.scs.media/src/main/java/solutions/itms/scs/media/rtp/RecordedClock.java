package solutions.itms.scs.media.rtp;

/**
 * From RTP's timestamps to recorded time, in ticks of the track's clock since 1970. A recorder's stamps decide, but for
 * single ones that are far away; what lies between is as regular as RTP's clock. Wraps of 32 bits are of no matter. Not
 * thread-safe.
 */
public final class RecordedClock {
    /** Stamps that differ less from RTP's clock are rounding: the clock's own steps are taken. */
    private static final long ROUNDING_MICROS = 10_000;
    /** Stamps that differ more from all that is known are believed when three agree. */
    private static final long FAR_MICROS = 5_000_000;

    private final int rate;
    private boolean anchored;
    private long anchor;
    private int anchorStamp;
    private int previousStamp;
    private long elapsed;
    private long last;
    private long suspect;
    private int suspects;

    /** @param rate ticks in a second */
    public RecordedClock(int rate) {
        this.rate = rate;
    }

    /** Ticks in a second. */
    public int rate() {
        return rate;
    }

    /** Whether it knows the time at all. */
    public boolean anchored() {
        return anchored;
    }

    /** Tells which recorded time belongs to a timestamp, by what was said outside of frames. */
    public void anchor(int timestamp, long micros) {
        anchored = true;
        anchor = ticks(micros);
        anchorStamp = timestamp;
        previousStamp = timestamp;
        elapsed = 0;
        last = anchor;
    }

    /** Forgets the sender's clock: another sender begins. */
    public void forget() {
        anchored = false;
        suspects = 0;
    }

    /**
     * The recorded time of a frame.
     *
     * @param micros what the recorder has stamped it with, or {@link RtpPacket#NO_TIME}
     * @param discontinuity whether the recorder says that something is missing before it
     */
    public long ticks(int timestamp, long micros, boolean discontinuity) {
        boolean stamped = micros != RtpPacket.NO_TIME;
        if (!anchored) {
            anchor(timestamp, stamped ? micros : 0);
            return last;
        }
        elapsed += timestamp - previousStamp;
        previousStamp = timestamp;
        long expected = anchor + elapsed;
        if (!stamped) {
            last = expected;
            return last;
        }
        long said = ticks(micros);
        if (Math.abs(said - expected) <= ROUNDING_MICROS * rate / 1_000_000) {
            suspects = 0;
            last = expected;
            return last;
        }
        if (discontinuity || near(said, expected) || near(said, last) || believed(said)) {
            suspects = 0;
            anchor(timestamp, micros);
            return last;
        }
        last = near(expected, last) ? expected : last + rate / 25;
        return last;
    }

    private boolean near(long one, long other) {
        return Math.abs(one - other) <= FAR_MICROS * rate / 1_000_000;
    }

    private boolean believed(long said) {
        suspects = suspects > 0 && near(said, suspect) ? suspects + 1 : 1;
        suspect = said;
        return suspects >= 3;
    }

    /** Ticks of a time. */
    public long ticks(long micros) {
        return Math.floorDiv(micros, 1_000_000L) * rate
                + (Math.floorMod(micros, 1_000_000L) * rate + 500_000) / 1_000_000;
    }

    /** The timestamp that the present anchor belongs to. */
    int anchorStamp() {
        return anchorStamp;
    }
}
