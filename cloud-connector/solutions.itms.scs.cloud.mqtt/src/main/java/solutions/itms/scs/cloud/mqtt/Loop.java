package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that owns the state of a session, with timers. */
final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    /** Enough to say goodbye to a deaf broker. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor thread = Threads.scheduler("scs-cloud-mqtt");

    /** Does it soon, after what was given before. Does nothing once closed. */
    void run(Runnable task) {
        try {
            thread.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            // closed meanwhile
        }
    }

    /** Does it later. To be cancelled by {@code cancel(false)}. */
    Future<?> after(Duration delay, Runnable task) {
        try {
            return thread.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("The cloud connection failed in a way nobody thought of", e);
            }
        };
    }

    @Override
    public void close() {
        Closing.stop(thread, PATIENCE);
    }
}
