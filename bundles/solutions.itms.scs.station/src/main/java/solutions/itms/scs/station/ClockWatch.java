package solutions.itms.scs.station;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Watches how far the station's own clock is off; not knowing it is not well. Reading is thread-safe. */
final class ClockWatch implements Runnable {
    /** Answers may get lost; so many in a row do not. */
    private static final int MISSES = 3;

    private final ReferenceTime reference;
    private final Duration maxDrift;
    private final Alarms alarms;
    private int misses;
    private volatile State state = new State(Level.UNKNOWN, null, "not asked yet");

    ClockWatch(ReferenceTime reference, Duration maxDrift, Alarms alarms) {
        this.reference = reference;
        this.maxDrift = maxDrift;
        this.alarms = alarms;
    }

    /** How well the clock is. */
    enum Level {
        OK,
        DRIFT,
        UNKNOWN;

        private final String text = name().toLowerCase(Locale.ROOT);

        /** As it stands in messages. */
        String text() {
            return text;
        }
    }

    /**
     * What was found out last.
     *
     * @param offset how far the reference is ahead of our clock; null = not known
     * @param source who was asked, and what came of it, in words
     */
    record State(Level level, @Nullable Duration offset, String source) {}

    State state() {
        return state;
    }

    /** Asks once; blocks for some seconds at most. */
    @Override
    public void run() {
        ReferenceTime.Reading reading = reference.read();
        if (!reading.synchronised()) {
            unknown(reading);
            return;
        }
        misses = 0;
        alarms.clear(AlarmKind.TIME_UNKNOWN, "");
        Duration offset = reading.offset();
        Duration size = offset == null ? Duration.ZERO : offset.abs();
        boolean was = state.level() == Level.DRIFT;
        // half the way back: a clock at the very limit does not raise and clear in turn
        boolean off = size.compareTo(was ? maxDrift.dividedBy(2) : maxDrift) > 0;
        state = new State(off ? Level.DRIFT : Level.OK, offset, reading.source());
        if (!off) {
            alarms.clear(AlarmKind.TIME_DRIFT, "");
        } else if (!was && offset != null) {
            alarms.raise(AlarmKind.TIME_DRIFT, "", text(offset, reading.source()));
        }
    }

    private void unknown(ReferenceTime.Reading reading) {
        misses = Math.min(misses + 1, MISSES);
        if (misses == MISSES && !alarms.isRaised(AlarmKind.TIME_UNKNOWN, "")) {
            alarms.raise(AlarmKind.TIME_UNKNOWN, "", "whether the clock is right is not known: " + reading.source());
        }
        if (misses == MISSES || state.level() == Level.UNKNOWN) {
            state = new State(Level.UNKNOWN, null, reading.source());
        }
    }

    private static String text(Duration offset, String source) {
        return String.format(
                Locale.ROOT,
                "the station's clock is %.3f s %s, by %s",
                offset.abs().toNanos() / 1e9,
                offset.isNegative() ? "ahead" : "behind",
                source);
    }
}
