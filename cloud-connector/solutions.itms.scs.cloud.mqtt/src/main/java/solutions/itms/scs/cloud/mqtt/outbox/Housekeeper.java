package solutions.itms.scs.cloud.mqtt.outbox;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that opens the file, deletes what is confirmed or too old, and writes down what had to stay in memory. */
final class Housekeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
    private static final int RARELY = 30;
    private static final long CLOSE_SECONDS = 20;

    private final Queue queue;
    private final AtomicBoolean deletionIsDue = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread;
    private long ticks;

    Housekeeper(Queue queue) {
        this.queue = queue;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "scs-outbox");
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.execute(guarded(queue::open));
        thread.scheduleWithFixedDelay(guarded(this::tick), 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        queue.deleteConfirmed();
        queue.recover();
        if (++ticks % RARELY == 0) {
            queue.expire();
            queue.compactIfWorthIt();
        }
    }

    /** Many are confirmed: they are deleted now, not with the next tick. */
    void deleteSoon() {
        if (deletionIsDue.compareAndSet(false, true)) {
            run(() -> {
                deletionIsDue.set(false);
                queue.deleteConfirmed();
            });
        }
    }

    /** Opens the file in another way. */
    void reopen() {
        run(queue::reopen);
    }

    private void run(Runnable task) {
        try {
            thread.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            // closed meanwhile; what is not deleted will be sent again
        }
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("The outbox failed in a way nobody thought of", e);
            }
        };
    }

    @Override
    public void close() {
        run(queue::close);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
