package solutions.itms.scs.station;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.TryExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the jobs of the HTTP server in its thread pool. One commit of the database is the answer to many requests, and
 * to wake a thread for each of them would cost more than to answer it: what arises while a thread {@linkplain #collect
 * collects} is handed over in few pieces, and the thread that answers goes on with the connections it has answered: it
 * reads what they send next, commits it and answers again.
 * Jobs that block delay others of their piece. Thread-safe.
 */
final class GroupingExecutor implements TryExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(GroupingExecutor.class);
    private static final ThreadLocal<@Nullable Group> COLLECTING = new ThreadLocal<>();
    /** What a commit lets arise on a thread that goes on with it itself. */
    private static final ThreadLocal<@Nullable Group> ANSWERED = new ThreadLocal<>();
    /** Few enough to spread a large group over several processors. */
    private static final int PIECE = 64;

    private final QueuedThreadPool threads;

    GroupingExecutor(QueuedThreadPool threads) {
        this.threads = threads;
    }

    /**
     * Runs what lets jobs arise on this thread, then has them done.
     *
     * @param together runs what the jobs leave to be done, and commits what that has offered to the database
     */
    static void collect(Runnable source, Consumer<Runnable> together) {
        Group answered = ANSWERED.get();
        if (answered != null) {
            answered.gather(source);
            return;
        }
        Group group = new Group(together);
        try {
            group.gather(source);
        } finally {
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
        private final Consumer<Runnable> together;
        private final List<Runnable> jobs = new ArrayList<>();
        private @Nullable Executor threads;

        Group(Consumer<Runnable> together) {
            this.together = together;
        }

        void gather(Runnable source) {
            COLLECTING.set(this);
            try {
                source.run();
            } finally {
                COLLECTING.remove();
            }
        }

        void handOver() {
            if (jobs.size() == 1) {
                jobs.forEach(Group::run);
            } else {
                handOver(0);
            }
        }

        private void handOver(int first) {
            Executor pool = threads;
            if (pool == null) {
                return;
            }
            for (int from = first; from < jobs.size(); from += PIECE) {
                List<Runnable> piece = jobs.subList(from, Math.min(jobs.size(), from + PIECE));
                Runnable goOn = () -> goOn(piece);
                try {
                    pool.execute(goOn);
                } catch (RejectedExecutionException e) {
                    // the server stops: its connections still give back what they hold
                    goOn.run();
                }
            }
        }

        /**
         * Answers, reads what comes next on the connections that were answered, commits that, and so on: while requests
         * keep coming, no other thread has to be woken.
         */
        private void goOn(List<Runnable> piece) {
            List<Runnable> answers = piece;
            while (!answers.isEmpty()) {
                List<Runnable> now = answers;
                Group reading = new Group(together);
                reading.gather(() -> now.forEach(Group::run));
                Group answered = new Group(together);
                ANSWERED.set(answered);
                try {
                    together.accept(() -> reading.jobs.forEach(Group::run));
                } finally {
                    ANSWERED.remove();
                }
                answered.handOver(PIECE);
                answers = answered.jobs.subList(0, Math.min(PIECE, answered.jobs.size()));
            }
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
