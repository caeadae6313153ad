package solutions.itms.scs.ssh.logs;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How much, how fast and how long may be fetched from one gate. For one thread. */
public final class Budget {
    private final long bytesPerSecond;
    private final Supplier<Duration> timeLeft;
    private final BooleanSupplier cancelled;
    private final LongSupplier nanos;
    private final Pause pause;
    private long bytesLeft;
    private long freeAt;

    /** Lets time go by. */
    @FunctionalInterface
    public interface Pause {
        void nanos(long nanos) throws InterruptedException;
    }

    /**
     * @param bytes at most so many
     * @param bytesPerSecond 0 = as fast as it goes
     * @param timeLeft when nothing is, the collection ends with what it has
     * @param nanos a clock that never jumps
     */
    public Budget(
            long bytes,
            long bytesPerSecond,
            Supplier<Duration> timeLeft,
            BooleanSupplier cancelled,
            LongSupplier nanos,
            Pause pause) {
        this.bytesLeft = bytes;
        this.bytesPerSecond = bytesPerSecond;
        this.timeLeft = timeLeft;
        this.cancelled = cancelled;
        this.nanos = nanos;
        this.pause = pause;
        this.freeAt = nanos.getAsLong();
    }

    /** How many of so many bytes may be read now. */
    int allow(int wanted) {
        return (int) Math.min(wanted, bytesLeft);
    }

    /** Why nothing more may be read; empty when there is no reason. */
    String exhausted() {
        if (cancelled.getAsBoolean()) {
            return "cancelled";
        }
        if (timeLeft.get().isZero() || timeLeft.get().isNegative()) {
            return "the time was over";
        }
        return bytesLeft <= 0 ? "the limit of one collection was reached" : "";
    }

    /** Takes note of bytes that were read, and waits until they would have come at the allowed rate. */
    void spend(int bytes) throws IOException {
        bytesLeft -= bytes;
        if (bytesPerSecond <= 0) {
            return;
        }
        long now = nanos.getAsLong();
        freeAt = Math.max(freeAt, now) + bytes * 1_000_000_000L / bytesPerSecond;
        if (freeAt > now) {
            try {
                pause.nanos(freeAt - now);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
