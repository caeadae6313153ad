package solutions.itms.scs.media.clip;

import java.time.Duration;
import java.time.Instant;

/**
 * What is wanted.
 *
 * @param source where from
 * @param from the first moment, by the recorder's clock
 * @param to the first moment that is not wanted any more; later than from
 * @param audio whether sound is wanted, when there is some
 * @param maxBytes where the file ends at the latest; at least 1 MiB
 * @param idle after so long without a byte the connection counts as cut
 * @param limit how long the whole export may take
 * @param reconnects how often in a row a connection is made anew without getting on
 */
public record ClipOrder(
        ClipSource source,
        Instant from,
        Instant to,
        boolean audio,
        long maxBytes,
        Duration idle,
        Duration limit,
        int reconnects) {
    /** Checks the ranges. */
    public ClipOrder {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("the end of a clip must be after its start");
        }
        if (maxBytes < 1 << 20) {
            throw new IllegalArgumentException("a clip must be allowed 1 MiB at least");
        }
        if (idle.isNegative() || idle.isZero() || limit.isNegative() || limit.isZero() || reconnects < 0) {
            throw new IllegalArgumentException("times of an order must be positive");
        }
    }

    /** With sound, 1 GB, ten seconds of silence, an hour in all, five attempts in a row. */
    public static ClipOrder of(ClipSource source, Instant from, Instant to) {
        return new ClipOrder(source, from, to, true, 1_000_000_000, Duration.ofSeconds(10), Duration.ofHours(1), 5);
    }
}
