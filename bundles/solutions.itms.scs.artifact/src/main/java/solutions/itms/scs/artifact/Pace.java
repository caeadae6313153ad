package solutions.itms.scs.artifact;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Shares a number of bytes a second among all uploads. Thread-safe. */
final class Pace {
    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST_WAIT = SECOND / 4;

    private final LongSupplier nanos;
    private volatile long rate;
    private long freeAt;

    /** @param bytesPerSecond 0 = no limit */
    Pace(long bytesPerSecond, LongSupplier nanos) {
        this.rate = bytesPerSecond;
        this.nanos = nanos;
        this.freeAt = nanos.getAsLong();
    }

    void limit(long bytesPerSecond) {
        rate = bytesPerSecond;
    }

    boolean isOn() {
        return rate > 0;
    }

    /** How long so many bytes take when others use the line as well. */
    Duration timeFor(long bytes) {
        long now = rate;
        return now <= 0 ? Duration.ZERO : Duration.ofSeconds(1 + Settings.MAX_PARALLEL * bytes / now);
    }

    /** Waits until so many bytes may be sent. */
    void take(int bytes) throws InterruptedException {
        long now = rate;
        if (now <= 0) {
            return;
        }
        long until = next(bytes, now);
        for (long left = until - nanos.getAsLong(); left > 0; left = until - nanos.getAsLong()) {
            LockSupport.parkNanos(Math.min(left, LONGEST_WAIT));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** When these bytes may go; what was not used before is not saved up. */
    synchronized long next(int bytes, long bytesPerSecond) {
        freeAt = Math.max(freeAt, nanos.getAsLong());
        long at = freeAt;
        freeAt += bytes * SECOND / bytesPerSecond;
        return at;
    }
}
