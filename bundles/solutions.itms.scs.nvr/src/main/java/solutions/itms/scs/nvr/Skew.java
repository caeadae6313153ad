package solutions.itms.scs.nvr;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.soap.DeviceClock;

/**
 * How far a recorder's clock is ahead of ours, by which its times are corrected. Recorders tell their time in whole
 * seconds: what is measured is right to a second, and a clock that is off by less than two is taken for right.
 *
 * @param measured null when its clock could not be read
 */
record Skew(@Nullable Duration measured) {
    private static final Duration RIGHT = Duration.ofSeconds(2);

    static Skew of(DeviceClock clock) {
        return new Skew(clock.ahead());
    }

    /** By how much times are corrected. */
    Duration correction() {
        return measured == null || measured.abs().compareTo(RIGHT) < 0 ? Duration.ZERO : measured;
    }

    /** What the recorder calls a moment of ours. */
    Instant toRecorder(Instant ours) {
        return ours.plus(correction());
    }

    /** The moment that the recorder calls so. */
    Instant toOurs(Instant recorders) {
        return recorders.minus(correction());
    }

    @Nullable
    Instant toOursOrNull(@Nullable Instant recorders) {
        return recorders == null ? null : toOurs(recorders);
    }

    @Nullable
    Long millis() {
        return measured == null ? null : (Long) measured.toMillis();
    }

    /** For people; empty when nothing was corrected. */
    String note() {
        Duration by = correction();
        if (measured == null) {
            return "the recorder's clock could not be read; its times are taken as they are";
        }
        return by.isZero()
                ? ""
                : "the recorder's clock is " + by.abs().toSeconds() + " s " + (by.isNegative() ? "behind" : "ahead")
                        + "; all times were corrected by that";
    }
}
