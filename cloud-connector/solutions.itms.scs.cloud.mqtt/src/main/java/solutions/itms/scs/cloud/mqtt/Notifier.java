package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls listeners on a thread of its own, in order, so that a slow or failing one never hurts the connection or the
 * others. When too much waits for a slow one, news is lost, and counted.
 */
final class Notifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final int CAPACITY = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ThreadPoolExecutor thread = Threads.bounded("scs-cloud-mqtt-events", CAPACITY);
    private final AtomicLong lost = new AtomicLong();

    /** Makes the call soon. */
    void tell(Runnable call) {
        try {
            thread.execute(() -> isolated(call));
        } catch (RejectedExecutionException e) {
            if (!thread.isShutdown() && lost.getAndIncrement() == 0) {
                LOG.warn("Listeners of the cloud connection are too slow; news for them is being lost");
            }
        }
    }

    /** Makes the call now; what it throws is logged and goes no further. */
    static void isolated(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("A listener of the cloud connection failed", e);
        }
    }

    /** How many calls were not made. */
    long lost() {
        return lost.get();
    }

    /** Lets the calls that wait be made, for as long as a moment. */
    @Override
    public void close() {
        Closing.stop(thread, PATIENCE);
    }
}
