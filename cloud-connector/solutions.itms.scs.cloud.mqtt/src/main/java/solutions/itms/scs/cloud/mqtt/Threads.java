package solutions.itms.scs.cloud.mqtt;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes the threads of a session. Their context class loader, which Paho's own threads inherit, is that of this
 * bundle: whoever activates the bundle may have any other.
 */
final class Threads {
    private static final long IDLE_SECONDS = 30;

    private Threads() {}

    static ScheduledThreadPoolExecutor scheduler(String name) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, factory(name));
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return scheduler;
    }

    /** One thread that refuses work once {@code capacity} tasks wait for it, and ends when it has none for a while. */
    static ThreadPoolExecutor bounded(String name, int capacity) {
        return pool(name, 1, capacity);
    }

    /** So many threads that refuse work once {@code capacity} tasks wait for them. */
    static ThreadPoolExecutor pool(String name, int threads, int capacity) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(capacity),
                factory(name),
                new ThreadPoolExecutor.AbortPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory factory(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setContextClassLoader(Threads.class.getClassLoader());
            thread.setDaemon(true);
            return thread;
        };
    }
}
