package solutions.itms.scs.station;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.TryExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the jobs of the HTTP server in its thread pool. One commit of the database is the answer to many requests, and
 * to wake a thread for each of them would cost more than to answer it: what arises while a thread {@linkplain #collect
 * collects} is handed over in few pieces, and the thread that answers goes on with the connections it has answered.
 * Jobs that block delay others of their piece. Thread-safe.
 */
final class GroupingExecutor implements TryExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(GroupingExecutor.class);
    private static final ThreadLocal<@Nullable Group> COLLECTING = new ThreadLocal<>();
    /** Few enough to spread a large group over several processors. */
    private static final int PIECE = 64;

    private final QueuedThreadPool threads;

    GroupingExecutor(QueuedThreadPool threads) {
        this.threads = threads;
    }

    /** Runs what lets jobs arise on this thread, then has them done. */
    static void collect(Runnable source) {
        Group group = new Group();
        COLLECTING.set(group);
        try {
            source.run();
        } finally {
            COLLECTING.remove();
            group.handOver();
        }
    }

    @Override
    public void execute(Runnable job) {
        Group group = COLLECTING.get();
        if (group == null) {
            threads.execute(job);
        } else {
            group.jobs.add(job);
            group.threads = threads;
        }
    }

    @Override
    public boolean tryExecute(Runnable job) {
        return threads.tryExecute(job);
    }

    private static final class Group {
        private final List<Runnable> jobs = new ArrayList<>();
        private @Nullable Executor threads;

        void handOver() {
            if (jobs.size() == 1 || threads == null) {
                jobs.forEach(Group::run);
                return;
            }
            for (int from = 0; from < jobs.size(); from += PIECE) {
                List<Runnable> piece = jobs.subList(from, Math.min(jobs.size(), from + PIECE));
                try {
                    threads.execute(() -> runAll(piece));
                } catch (RejectedExecutionException e) {
                    // the server stops: its connections still give back what they hold
                    runAll(piece);
                }
            }
        }

        /** What the jobs leave to be done is done by the same thread. */
        private static void runAll(List<Runnable> piece) {
            Group next = new Group();
            COLLECTING.set(next);
            try {
                piece.forEach(Group::run);
            } finally {
                COLLECTING.remove();
            }
            next.jobs.forEach(Group::run);
        }

        private static void run(Runnable job) {
            try {
                job.run();
            } catch (RuntimeException e) {
                LOG.error("A job of the HTTP server failed", e);
            }
        }
    }
}
