package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Two token buckets, of messages and of bytes, that hold what may be sent in one second; a message may overdraw the
 * bytes, and then the next ones wait. Urgent messages pay, but never wait. For one thread.
 */
final class Pace {
    /** Up to this priority messages do not wait: results, alarms, the list of devices. */
    static final int URGENT = 4;

    static final int ALL = 9;

    /** So many messages are no backlog, but what gathers while a connection is made. */
    static final int BACKLOG = 200;

    private static final double NANOS = 1e9;

    private final LongSupplier nanos;
    private final RandomGenerator random;
    private Pacing pacing = new Pacing(0, 0, Duration.ZERO);
    private double messages;
    private double bytes;
    private long filledAt;
    private long holdUntil;

    Pace(LongSupplier nanos, RandomGenerator random) {
        this.nanos = nanos;
        this.random = random;
        this.filledAt = nanos.getAsLong();
        this.holdUntil = filledAt;
    }

    /** From now on at this pace, beginning with full buckets. */
    void set(Pacing next) {
        pacing = next;
        messages = next.messagesPerSecond();
        bytes = next.bytesPerSecond();
        filledAt = nanos.getAsLong();
    }

    /** A connection has come up; a backlog waits a moment, so that a thousand gateways do not send at once. */
    void connected(long queued) {
        long now = nanos.getAsLong();
        long most = pacing.startDelay().toNanos();
        holdUntil = queued > BACKLOG && most > 0 ? now + random.nextLong(most + 1) : now;
    }

    /** The least urgent priority that may be sent now. */
    int leastUrgent() {
        return waitNanos() == 0 ? ALL : URGENT;
    }

    /** A message is being sent. */
    void spend(long size) {
        fill(nanos.getAsLong());
        messages -= 1;
        bytes -= size;
    }

    /** How long the messages that are not urgent have to wait; 0 = not at all. */
    long waitNanos() {
        long now = nanos.getAsLong();
        fill(now);
        double wait = Math.max(0, holdUntil - now);
        if (pacing.messagesPerSecond() > 0 && messages < 1) {
            wait = Math.max(wait, (1 - messages) / pacing.messagesPerSecond() * NANOS);
        }
        if (pacing.bytesPerSecond() > 0 && bytes <= 0) {
            wait = Math.max(wait, (1 - bytes) / pacing.bytesPerSecond() * NANOS);
        }
        return (long) Math.ceil(wait);
    }

    private void fill(long now) {
        double seconds = Math.max(0, now - filledAt) / NANOS;
        messages = Math.min(pacing.messagesPerSecond(), messages + seconds * pacing.messagesPerSecond());
        bytes = Math.min(pacing.bytesPerSecond(), bytes + seconds * pacing.bytesPerSecond());
        filledAt = now;
    }
}
