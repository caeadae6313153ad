package solutions.itms.scs.media.clip;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to be played back. Times are those of the recorder.
 *
 * @param from where it begins; the recorder begins with the key frame at or before it
 * @param to where it ends; in reverse earlier than from; null for as far as there is something
 * @param reverse from late to early: groups of pictures come backward, the pictures of a group forward
 * @param pictures which ones
 * @param interval of key frames at least, when they are all that is wanted; zero for none
 * @param paced at the pace of the recording; else as fast as it is taken
 */
public record ReplayOrder(
        Instant from, @Nullable Instant to, boolean reverse, Pictures pictures, Duration interval, boolean paced) {
    /** Which pictures. */
    public enum Pictures {
        /** All of them. */
        ALL,
        /** Those that are not made from later ones. */
        PREDICTED,
        /** Those that can be decoded alone. */
        INTRA;

        String header(Duration interval) {
            String name = name().toLowerCase(Locale.ROOT);
            return this == ALL ? "" : interval.isZero() ? name : name + "/" + interval.toMillis();
        }
    }

    /** Checks that the direction is the one of the times. */
    public ReplayOrder {
        if (to != null && (reverse ? !to.isBefore(from) : !from.isBefore(to))) {
            throw new IllegalArgumentException(
                    reverse ? "in reverse the end must be before the start" : "the end must be after the start");
        }
        if (interval.isNegative() || !interval.isZero() && pictures != Pictures.INTRA) {
            throw new IllegalArgumentException("an interval is for key frames alone, and not negative");
        }
    }

    /** All pictures, as fast as they are taken. */
    public static ReplayOrder forward(Instant from, @Nullable Instant to) {
        return new ReplayOrder(from, to, false, Pictures.ALL, Duration.ZERO, false);
    }

    /** All pictures in reverse, as fast as they are taken. */
    public static ReplayOrder backward(Instant from, @Nullable Instant to) {
        return new ReplayOrder(from, to, true, Pictures.ALL, Duration.ZERO, false);
    }

    /** The same with key frames alone. @param every so much recorded time one at most; zero for all of them */
    public ReplayOrder intra(Duration every) {
        return new ReplayOrder(from, to, reverse, Pictures.INTRA, every, paced);
    }

    /** The same at the pace of the recording. */
    public ReplayOrder atItsPace() {
        return new ReplayOrder(from, to, reverse, pictures, interval, true);
    }
}
