package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that owns the state of a session, with one timer. */
final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    /** Enough to say goodbye to a deaf broker. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor thread = Threads.scheduler("scs-cloud-mqtt");
    private @Nullable Future<?> timer;

    /** Does it soon, after what was given before. Does nothing once closed. */
    void run(Runnable task) {
        try {
            thread.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            // closed meanwhile
        }
    }

    /** Does it later, instead of what the timer was set to. To be called on the loop's thread. */
    void setTimer(Duration delay, Runnable task) {
        cancelTimer();
        try {
            timer = thread.schedule(guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // closed meanwhile
        }
    }

    /** To be called on the loop's thread. */
    void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
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
