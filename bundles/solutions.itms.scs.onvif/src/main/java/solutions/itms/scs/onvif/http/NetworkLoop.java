package solutions.itms.scs.onvif.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of all devices together: one that waits for the network and for timers, a few that parse and compute, two
 * that look up names. However many devices hang, there are never more. Thread-safe.
 */
public final class NetworkLoop implements AutoCloseable, Executor {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkLoop.class);
    private static final int WORKERS = 3;
    private static final int RESOLVERS = 2;
    private static final int BUFFER = 64 * 1024;

    /** What is called when a channel can go on; on the loop's thread. */
    interface Ready {
        void ready(SelectionKey key);

        /** The loop ends. */
        void abandon();
    }

    /** Something that will happen, unless it is called off. */
    public interface Timer {
        /** Calls it off; nothing happens when it is too late. */
        void cancel();
    }

    private final Selector selector;
    private final Thread thread;
    private final LongSupplier nanos;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> timers = new PriorityQueue<>();
    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor resolvers;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private volatile boolean closed;
    private long numbered;

    /** Starts the threads; all are daemons and carry the name. */
    public NetworkLoop(String name) throws IOException {
        this(name, System::nanoTime);
    }

    NetworkLoop(String name, LongSupplier nanos) throws IOException {
        this.nanos = nanos;
        selector = Selector.open();
        workers = pool(name + "-work", WORKERS, 100_000);
        resolvers = pool(name + "-names", RESOLVERS, 10_000);
        thread = new Thread(this::run, name + "-io");
        thread.setDaemon(true);
        thread.start();
    }

    private static ThreadPoolExecutor pool(String name, int size, int queue) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(queue), task -> {
                    Thread worker = new Thread(task, name);
                    worker.setDaemon(true);
                    return worker;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Runs something short on one of the workers; nothing that waits. Left out once this is closed. */
    @Override
    public void execute(Runnable task) {
        try {
            workers.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            if (!closed) {
                LOG.error("Cameras: the workers are overloaded");
            }
        }
    }

    /** Runs something on one of the workers after a time. */
    public Timer after(Duration delay, Runnable task) {
        return schedule(delay, () -> execute(task));
    }

    /** Monotonic time in nanoseconds. */
    public long nanos() {
        return nanos.getAsLong();
    }

    /** Ends every connection and thread; all have ended when this returns, but for a look-up of a name. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        workers.shutdown();
        resolvers.shutdownNow();
        try {
            if (Thread.currentThread() != thread) {
                thread.join(5_000);
                if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                    workers.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Looks a name up; waiting for it is the resolver's. */
    void resolve(Runnable task) {
        try {
            resolvers.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("No name is looked up any more");
        }
    }

    /** Runs something on the loop's thread. */
    void run(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Runs something on the loop's thread after a time. */
    Timer schedule(Duration delay, Runnable task) {
        Due due = new Due(nanos() + Math.max(0, delay.toNanos()), task);
        run(() -> {
            due.number = numbered++;
            if (!due.cancelled) {
                timers.add(due);
            }
        });
        return due;
    }

    /** On the loop's thread: watches a channel. */
    SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
        return channel.register(selector, operations, ready);
    }

    /** On the loop's thread: a buffer for the time of one call. */
    ByteBuffer buffer() {
        return buffer.clear();
    }

    private void run() {
        while (!closed) {
            try {
                selector.select(this::ready, untilNext());
                drain();
                expire();
            } catch (ClosedSelectorException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.error("Cameras: the network loop", e);
            }
        }
        for (SelectionKey key : selector.keys()) {
            guarded(((Ready) key.attachment())::abandon);
        }
        drain();
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("Closing", e);
        }
    }

    private void ready(SelectionKey key) {
        guarded(() -> {
            try {
                ((Ready) key.attachment()).ready(key);
            } catch (CancelledKeyException e) {
                // closed by what came before it
            }
        });
    }

    private void drain() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
    }

    private long untilNext() {
        while (!timers.isEmpty() && timers.peek().cancelled) {
            timers.poll();
        }
        Due next = timers.peek();
        return next == null ? 0 : Math.max(1, (next.at - nanos() + 999_999) / 1_000_000);
    }

    private void expire() {
        long now = nanos();
        for (Due due = timers.peek(); due != null && (due.cancelled || due.at - now <= 0); due = timers.peek()) {
            timers.poll();
            if (!due.cancelled) {
                guarded(due.task);
            }
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("Cameras: a step failed", e);
        }
    }

    private static final class Due implements Timer, Comparable<Due> {
        private final long at;
        private Runnable task;
        private long number;
        private volatile boolean cancelled;

        Due(long at, Runnable task) {
            this.at = at;
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
            task = () -> {}; // what it held on to is free before its time has come
        }

        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at - other.at, 0);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }
}
