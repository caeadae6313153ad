package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts: doubled each time, capped, and jittered between half of it and all of it. */
final class Backoff {
    private final Duration min;
    private final Duration max;
    private final RandomGenerator random;
    private Duration whole = Duration.ZERO;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.min = min;
        this.max = max.compareTo(min) < 0 ? min : max;
        this.random = random;
    }

    /** The pause before the next attempt. */
    Duration next() {
        Duration doubled = whole.isZero() ? min : whole.multipliedBy(2);
        whole = doubled.compareTo(max) < 0 ? doubled : max;
        long millis = whole.toMillis();
        return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
    }

    /**
     * To be called when a connection ends. Starts over if it held longer than the last pause: a broker that accepts
     * and hangs up at once is not asked again in quick succession.
     */
    void connectionHeld(Duration held) {
        if (held.compareTo(whole) > 0) {
            whole = Duration.ZERO;
        }
    }
}
