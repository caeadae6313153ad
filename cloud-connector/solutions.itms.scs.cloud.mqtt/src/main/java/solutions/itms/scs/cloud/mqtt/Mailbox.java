package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages on their way to one subscriber, which gets them in order on a thread of its own. One that is slow or blocks
 * hurts nobody else: what does not fit is lost, and counted.
 */
final class Mailbox implements Subscribers.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final int MAX_MESSAGES = 1_000;
    private static final long MAX_BYTES = 32L * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Subscribers.Listener subscriber;
    private final ThreadPoolExecutor thread = Threads.bounded("scs-cloud-mqtt-subscriber", MAX_MESSAGES);
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    Mailbox(Subscribers.Listener subscriber) {
        this.subscriber = subscriber;
    }

    @Override
    public void accept(String topic, byte[] payload) {
        if (bytes.addAndGet(payload.length) > MAX_BYTES) {
            bytes.addAndGet(-payload.length);
            lose();
            return;
        }
        try {
            thread.execute(() -> {
                bytes.addAndGet(-payload.length);
                Notifier.isolated(() -> subscriber.accept(topic, payload));
            });
        } catch (RejectedExecutionException e) {
            bytes.addAndGet(-payload.length);
            lose();
        }
    }

    private void lose() {
        if (!thread.isShutdown() && Long.bitCount(lost.incrementAndGet()) == 1) {
            LOG.warn("A subscriber is too slow; {} messages for it were lost", lost);
        }
    }

    /** How many messages were lost. */
    long lost() {
        return lost.get();
    }

    @Override
    public void close() {
        Closing.stop(thread, PATIENCE);
    }
}
