package solutions.itms.scs.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.Failure;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.store.StoreException;

/** Runs the jobs of the queue, and ends those whose time is over. Its methods are called under the lock. */
final class Runner {
    /** How long a handler may go on after its time is over before its command is reported without it. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long a command that was there before a restart waits for the bundle that carries it out. */
    static final Duration HANDLER_PATIENCE = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

    private final RunQueue queue;
    private final Admission admission;
    private final Handlers handlers;
    private final Journal journal;
    private final Reports reports;
    private final Endings endings;
    private final Executor threads;
    private final Clock clock;
    private final ReentrantLock lock;
    private final Condition oneEnded;
    private final Supplier<Settings> settings;
    private boolean closed;

    Runner(
            RunQueue queue,
            Admission admission,
            Handlers handlers,
            Journal journal,
            Reports reports,
            Endings endings,
            Executor threads,
            Clock clock,
            ReentrantLock lock,
            Supplier<Settings> settings) {
        this.queue = queue;
        this.admission = admission;
        this.handlers = handlers;
        this.journal = journal;
        this.reports = reports;
        this.endings = endings;
        this.threads = threads;
        this.clock = clock;
        this.lock = lock;
        this.oneEnded = lock.newCondition();
        this.settings = settings;
    }

    /** Begins what can begin. */
    void begin() {
        if (closed) {
            return;
        }
        for (Job job : queue.next(
                settings.get().parallel(),
                job -> handlers.find(job.type().name()).isPresent())) {
            CommandHandler handler = handlers.find(job.type().name()).orElse(null);
            if (handler != null && !begin(job, handler)) {
                return;
            }
        }
    }

    private boolean begin(Job job, CommandHandler handler) {
        Instant now = clock.instant();
        try {
            journal.started(job.id(), now);
        } catch (StoreException e) {
            // it stays in the queue, and is tried again with the next tick
            LOG.debug("A command waits because the journal can't be written", e);
            return false;
        }
        job.begin(now);
        reports.state(job.id(), GatewayState.RUNNING);
        journal.audit(job.id(), "begun", job.requestedBy(), "");
        try {
            threads.execute(() -> run(job, handler));
            return true;
        } catch (RejectedExecutionException e) {
            job.unbegin();
            return false;
        }
    }

    /** Tells of progress, and ends what is late. */
    void look() {
        for (Job job : queue.all()) {
            CommandReport.Progress progress = job.dueProgress(clock.instant());
            if (progress != null) {
                reports.progress(progress);
            }
            look(job);
        }
    }

    private void look(Job job) {
        Outcome overdue = job.overdue();
        if (overdue != null && overdue.failure() != null && job.isStuck(PATIENCE)) {
            finish(
                    job,
                    Outcome.failed(
                            GatewayState.TIMEOUT,
                            ErrorCode.TIMEOUT,
                            overdue.failure().message() + "; it did not stop and may still be going on",
                            Failure.RUN));
        }
        if (job.isRunning() || job.isEnded()) {
            return;
        }
        try {
            admission.checkExpiry(settings.get(), job.envelope(), clock.instant());
        } catch (CommandRefusedException e) {
            end(
                    job,
                    Outcome.failed(
                            GatewayState.REJECTED, e.code(), "its time was over before its turn came", Failure.QUEUE));
            return;
        }
        if (job.waited().compareTo(HANDLER_PATIENCE) >= 0
                && handlers.find(job.type().name()).isEmpty()) {
            end(
                    job,
                    Outcome.failed(
                            GatewayState.REJECTED,
                            ErrorCode.NOT_AVAILABLE_ON_GATEWAY,
                            "nothing here carries it out",
                            Failure.QUEUE));
        }
    }

    /** Ends a job that does not run. */
    void end(Job job, Outcome outcome) {
        finish(job, outcome);
        queue.remove(job);
    }

    /** Begins nothing more. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** Waits, giving the lock away, until nothing runs or the patience is over. */
    void awaitRunning(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        while (left > 0 && queue.all().stream().anyMatch(job -> job.isRunning() && !job.isEnded())) {
            left = oneEnded.awaitNanos(left);
        }
    }

    /** On a thread of its own, without the lock. */
    private void run(Job job, CommandHandler handler) {
        Outcome late = job.overdue();
        if (late != null) {
            // no thread was free in time: what was reported as over must not begin now
            ended(job, late);
            return;
        }
        Outcome outcome = null;
        try {
            job.runsOn(Thread.currentThread());
            outcome = Outcome.of(
                    job.type(),
                    handler.execute(new CommandParameters(job.envelope().params()), job));
        } catch (CommandException e) {
            outcome = Outcome.of(e, job.isCancelled());
        } catch (InterruptedException e) {
            // because its time was over, or the gateway stops
        } catch (Throwable e) {
            LOG.error(
                    "The command {} ({}) failed by a fault",
                    job.id(),
                    job.type().name(),
                    e);
            outcome = Outcome.failed(
                    GatewayState.FAILED, ErrorCode.INTERNAL, "a fault of the gateway; its log tells more", Failure.RUN);
        } finally {
            job.runsOn(null);
            // a late interrupt must not hit what this thread does next
            Thread.interrupted();
        }
        ended(job, outcome);
    }

    /** @param outcome null when its thread was interrupted */
    private void ended(Job job, @Nullable Outcome outcome) {
        lock.lock();
        try {
            Outcome overdue = job.overdue();
            boolean failed = outcome == null || outcome.state() != GatewayState.SUCCESS;
            Outcome end = failed && overdue != null ? overdue : outcome;
            if (end == null && !closed) {
                end = Outcome.failed(
                        GatewayState.FAILED, ErrorCode.INTERRUPTED, "it was interrupted in the middle", Failure.RUN);
            }
            if (end != null) {
                finish(job, end);
            } else {
                job.end();
            }
            queue.remove(job);
            oneEnded.signalAll();
            begin();
        } finally {
            lock.unlock();
        }
    }

    /** What a cancelled command has made is not wanted. */
    private void forget(String command) {
        try {
            threads.execute(() -> handlers.cancelled(command));
        } catch (RejectedExecutionException e) {
            LOG.debug("The files of a cancelled command stay until they are too old", e);
        }
    }

    /** Reports the end of a job; its place in the queue stays taken until its thread is back. */
    private void finish(Job job, Outcome outcome) {
        if (job.end()) {
            endings.end(job.envelope(), job.startedAt(), outcome);
            if (outcome.state() == GatewayState.CANCELLED && job.isRunning()) {
                forget(job.id());
            }
        } else {
            journal.audit(
                    job.id(), "late", job.requestedBy(), "ended as " + outcome.state() + " after it was reported");
        }
    }
}
