package solutions.itms.scs.station;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A rate with room for bursts. Kept as one number, the time at which the bucket is full again, so that taking is one
 * compare-and-set. Thread-safe.
 */
final class TokenBucket {
    private final long nanosPerToken;
    private final long nanosOfBurst;
    private final AtomicLong fullAt;

    /**
     * @param perSecond tokens that flow in each second
     * @param burst tokens that the full bucket holds
     */
    TokenBucket(int perSecond, int burst, long nowNanos) {
        this.nanosPerToken = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.nanosOfBurst = nanosPerToken * burst;
        this.fullAt = new AtomicLong(nowNanos);
    }

    /** Takes one token; false when there is none. */
    boolean take(long nowNanos) {
        while (true) {
            long full = fullAt.get();
            long next = (full - nowNanos < 0 ? nowNanos : full) + nanosPerToken;
            if (next - nowNanos > nanosOfBurst) {
                return false;
            }
            if (fullAt.compareAndSet(full, next)) {
                return true;
            }
        }
    }

    /** Whole seconds until there is a token again, at least 1. */
    long secondsToNext(long nowNanos) {
        long wait = fullAt.get() + nanosPerToken - nanosOfBurst - nowNanos;
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(wait + TimeUnit.SECONDS.toNanos(1) - 1));
    }

    boolean isFull(long nowNanos) {
        return fullAt.get() - nowNanos <= 0;
    }
}
