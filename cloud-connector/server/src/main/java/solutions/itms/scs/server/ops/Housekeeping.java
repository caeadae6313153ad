package solutions.itms.scs.server.ops;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small chores that come back, on one thread. A chore that fails is tried again the next time. Thread-safe. */
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Housekeeping.class);
    private static final int STOP_SECONDS = 10;

    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "housekeeping"));

    /** Something to do. */
    @FunctionalInterface
    public interface Chore {
        void run() throws Exception;
    }

    /** Does the chore from now on, with this pause before each time. */
    @SuppressWarnings("FutureReturnValueIgnored") // every failure is caught and told
    public void every(Duration pause, String name, Chore chore) {
        long millis = pause.toMillis();
        scheduler.scheduleWithFixedDelay(() -> run(name, chore), millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        try {
            if (!scheduler.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.warn("a chore did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String name, Chore chore) {
        try {
            chore.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOGGER.warn("could not {}: {}", name, e.getMessage());
        }
    }
}
