package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends threads, whatever they do. */
final class Closing {
    private static final long FORCED_MILLIS = 1_000;

    private Closing() {}

    /** Returns when the work given so far is done; interrupts what takes longer than the patience. */
    static void stop(ExecutorService executor, Duration patience) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
                executor.awaitTermination(FORCED_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
