package solutions.itms.scs.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.CommandType;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.Failure;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.message.command.RequestSignature;
import solutions.itms.scs.message.command.SigningKey;
import solutions.itms.scs.store.StoreException;

/**
 * Takes commands, carries each out once, and tells what came of it. A command is in the journal before it is taken, its
 * beginning before it begins, its result before it is sent. Thread-safe.
 */
final class CommandExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(CommandExecutor.class);

    /** How long a handler may go on after its time is over before its command is reported without it. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long a command that was there before a restart waits for the bundle that carries it out. */
    static final Duration HANDLER_PATIENCE = Duration.ofSeconds(60);

    /** A command during which the gateway has ended so often is not begun again. */
    static final int MAX_RUNS = 3;

    private final CommandRegistry registry;
    private final Admission admission;
    private final Handlers handlers;
    private final Journal journal;
    private final Reports reports;
    private final Executor threads;
    private final Clock clock;
    private final LongSupplier ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition oneEnded = lock.newCondition();
    private final RunQueue queue = new RunQueue();
    private final Map<String, CommandReport.Result> unsaved = new LinkedHashMap<>();
    private volatile Settings settings;
    private boolean closed;

    /** @param threads begins what it is given on a thread of its own; how many is limited here */
    CommandExecutor(
            CommandRegistry registry,
            Admission admission,
            Handlers handlers,
            Journal journal,
            Reports reports,
            Executor threads,
            Clock clock,
            LongSupplier ticker,
            Settings settings) {
        this.registry = registry;
        this.admission = admission;
        this.handlers = handlers;
        this.journal = journal;
        this.reports = reports;
        this.threads = threads;
        this.clock = clock;
        this.ticker = ticker;
        this.settings = settings;
    }

    /** Goes by other settings from now on; what runs goes on. */
    void configure(Settings changed) {
        settings = changed;
    }

    /** Goes on with what an earlier process has left. To be called once, before anything else. */
    void resume() throws StoreException {
        lock.lock();
        try {
            for (Entry entry : journal.unfinished()) {
                resume(entry);
            }
            begin();
        } finally {
            lock.unlock();
        }
    }

    private void resume(Entry entry) {
        Envelope envelope = entry.envelope();
        if (envelope == null) {
            return;
        }
        Optional<CommandType> type = registry.find(envelope.type());
        boolean begun = entry.state() == GatewayState.RUNNING;
        if (type.isEmpty()) {
            finish(envelope, null, rejected(ErrorCode.UNKNOWN_TYPE, "this version does not know it any more"));
        } else if (begun && (!type.get().idempotent() || entry.cancelled() || entry.runs() >= MAX_RUNS)) {
            Instant startedAt = Instant.ofEpochMilli(entry.startedAt());
            finish(
                    envelope,
                    startedAt,
                    Outcome.failed(
                            GatewayState.FAILED,
                            ErrorCode.INTERRUPTED,
                            "the gateway stopped in the middle of it"
                                    + (entry.runs() > 1 ? ", " + entry.runs() + " times" : ""),
                            Failure.RUN));
        } else {
            queue.add(new Job(envelope, type.get(), entry.runs(), ticker));
        }
    }

    /** Takes a signed command. */
    Reply submit(String jws) {
        Settings now = settings;
        Envelope envelope;
        try {
            envelope = admission.open(now, jws);
        } catch (CommandRefusedException e) {
            reports.refused("-", "-", e);
            return Reply.refused(null, new Failure(e.code(), String.valueOf(e.getMessage()), Failure.ACCEPT));
        }
        lock.lock();
        try {
            return take(now, envelope);
        } catch (CommandRefusedException e) {
            reports.refused(envelope.id(), envelope.requestedBy(), e);
            return Reply.refused(envelope.id(), new Failure(e.code(), String.valueOf(e.getMessage()), Failure.ACCEPT));
        } catch (StoreException e) {
            LOG.warn("A command was refused because the journal can't be written: {}", e.getMessage());
            return Reply.refused(
                    envelope.id(),
                    new Failure(ErrorCode.UNAVAILABLE, "the journal can't be written now", Failure.ACCEPT));
        } finally {
            lock.unlock();
        }
    }

    private Reply take(Settings now, Envelope envelope) throws CommandRefusedException, StoreException {
        if (closed) {
            throw new CommandRefusedException(ErrorCode.UNAVAILABLE, "the executor stops");
        }
        String hash = RequestSignature.sha256(envelope.encode());
        Optional<Entry> known = journal.find(envelope.id());
        if (known.isPresent()) {
            return again(envelope, hash, known.get());
        }
        // neither of these is remembered: with the right time, or without so much work, it may come again
        admission.checkTime(now, envelope);
        if (journal.mayBeForgotten(envelope)) {
            throw new CommandRefusedException(
                    ErrorCode.EXPIRED, "it is older than what this gateway's journal still knows");
        }
        Admission.Admitted admitted;
        try {
            admitted = admission.admit(now, envelope);
        } catch (CommandRefusedException e) {
            reports.refused(envelope.id(), envelope.requestedBy(), e);
            return refuse(now, envelope, hash, new Failure(e.code(), String.valueOf(e.getMessage()), Failure.ACCEPT));
        }
        CommandType type = admitted.type();
        if (queue.waiting() >= now.queue() && !type.isBreakGlass(envelope.params())) {
            throw new CommandRefusedException(ErrorCode.BUSY, now.queue() + " commands wait already");
        }
        journal.insert(admitted.envelope(), hash);
        journal.audit(envelope.id(), "accepted", envelope.requestedBy(), type.name() + " for " + envelope.target());
        queue.add(new Job(admitted.envelope(), type, 0, ticker));
        reports.state(envelope.id(), GatewayState.QUEUED);
        begin();
        return Reply.state(Reply.ACCEPTED, envelope.id(), GatewayState.QUEUED, null);
    }

    private Reply again(Envelope envelope, String hash, Entry known) throws CommandRefusedException, StoreException {
        if (known.hash().isEmpty()) {
            CommandReport.Result result = result(envelope.id(), null, cancelledBefore());
            String signed = result.sign(key());
            journal.forestalled(envelope, hash, signed);
            reports.result(envelope.id(), signed);
            return Reply.state(Reply.OK, envelope.id(), GatewayState.CANCELLED, signed);
        }
        if (!known.hash().equals(hash)) {
            throw new CommandRefusedException(ErrorCode.REPLAYED, "this id was used for another command");
        }
        return Reply.state(Reply.OK, known.id(), state(known), known.result());
    }

    private Reply refuse(Settings now, Envelope envelope, String hash, Failure failure) throws StoreException {
        CommandReport.Result result = result(envelope.id(), null, new Outcome(GatewayState.REJECTED, null, failure));
        SigningKey key = now.key();
        if (key != null) {
            String signed = result.sign(key);
            journal.insertRefused(envelope, hash, signed);
            reports.result(envelope.id(), signed);
        }
        return Reply.refused(envelope.id(), failure);
    }

    /** Asks a command to stop. */
    Reply cancel(String id) {
        lock.lock();
        try {
            Job job = queue.find(id);
            if (job != null && !job.isEnded()) {
                return cancel(job);
            }
            Optional<Entry> known = journal.find(id);
            if (known.isPresent()) {
                return Reply.state(Reply.OK, id, state(known.get()), known.get().result());
            }
            journal.forestall(id);
            journal.audit(id, "cancelled", "-", "before it came");
            return Reply.state(Reply.NOT_FOUND, id, GatewayState.CANCELLED, null);
        } catch (StoreException e) {
            return Reply.refused(
                    id, new Failure(ErrorCode.UNAVAILABLE, "the journal can't be written now", Failure.ACCEPT));
        } finally {
            lock.unlock();
        }
    }

    private Reply cancel(Job job) throws StoreException {
        journal.audit(job.id(), "cancel", "-", job.isRunning() ? "it runs" : "it waits");
        if (!job.isRunning()) {
            end(
                    job,
                    Outcome.failed(
                            GatewayState.CANCELLED, ErrorCode.CANCELLED, "cancelled before it began", Failure.QUEUE));
            begin();
            return Reply.state(Reply.OK, job.id(), GatewayState.CANCELLED, null);
        }
        job.cancel();
        journal.cancelling(job.id());
        reports.state(job.id(), GatewayState.CANCELLING);
        return Reply.state(Reply.OK, job.id(), GatewayState.CANCELLING, null);
    }

    /** What is known of a command. */
    Reply get(String id) {
        try {
            Optional<Entry> known = journal.find(id);
            return known.map(entry -> Reply.state(Reply.OK, id, state(entry), entry.result()))
                    .orElseGet(() -> Reply.refused(
                            id, new Failure(ErrorCode.NOT_FOUND, "no such command is known here", Failure.ACCEPT)));
        } catch (StoreException e) {
            return Reply.refused(
                    id, new Failure(ErrorCode.UNAVAILABLE, "the journal can't be read now", Failure.ACCEPT));
        }
    }

    /** What this gateway can do. */
    Reply registry() {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("registry", registry.revision());
        body.put("available", available());
        body.put("ready", settings.isReady());
        body.put("missing", settings.missing());
        return new Reply(Reply.OK, body);
    }

    /** The server has these results. */
    Reply confirm(List<String> ids) {
        try {
            journal.confirmed(ids);
            reports.confirmed(ids);
            return new Reply(Reply.OK, Map.of("confirmed", (long) ids.size()));
        } catch (StoreException e) {
            return Reply.refused(
                    null, new Failure(ErrorCode.UNAVAILABLE, "the journal can't be written now", Failure.ACCEPT));
        }
    }

    /** Tells the server what is here, what this gateway can do, and every result that it may not have. */
    void pull() {
        try {
            Map<String, GatewayState> states = journal.states(CommandReport.Pull.MAX_COMMANDS);
            reports.pull(new CommandReport.Pull(registry.revision(), available(), states, clock.instant()));
            reports.repeatAll(settings, journal);
        } catch (StoreException e) {
            LOG.warn("The server can't be told what is in the journal: {}", e.getMessage());
        }
    }

    /** To be called a few times a second: ends what is late, begins what can begin, and tells what is to be told. */
    void tick() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            saveUnsaved();
            for (Job job : queue.all()) {
                CommandReport.Progress progress = job.dueProgress(clock.instant());
                if (progress != null) {
                    reports.progress(progress);
                }
                look(job);
            }
            begin();
        } finally {
            lock.unlock();
        }
        reports.repeatDue(settings, journal);
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
            admission.checkExpiry(settings, job.envelope(), clock.instant());
        } catch (CommandRefusedException e) {
            end(
                    job,
                    Outcome.failed(
                            GatewayState.REJECTED, e.code(), "its time was over before its turn came", Failure.QUEUE));
            return;
        }
        if (job.waited().compareTo(HANDLER_PATIENCE) >= 0
                && handlers.find(job.type().name()).isEmpty()) {
            end(job, rejected(ErrorCode.NOT_AVAILABLE_ON_GATEWAY, "nothing here carries it out"));
        }
    }

    /**
     * Takes no more, waits for what runs, and interrupts what does not end in time. What was interrupted is not
     * reported: whoever starts next decides about it.
     *
     * @param patience for what runs, before it is interrupted and after
     */
    void close(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        awaitRunning(patience);
        queue.all().forEach(Job::interrupt);
        awaitRunning(patience);
    }

    private void awaitRunning(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (left > 0 && queue.all().stream().anyMatch(job -> job.isRunning() && !job.isEnded())) {
                left = oneEnded.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        if (closed) {
            return;
        }
        for (Job job : queue.next(
                settings.parallel(), job -> handlers.find(job.type().name()).isPresent())) {
            CommandHandler handler = handlers.find(job.type().name()).orElse(null);
            if (handler == null) {
                continue;
            }
            Instant now = clock.instant();
            try {
                journal.started(job.id(), now);
            } catch (StoreException e) {
                // it stays in the queue, and is tried again with the next tick
                LOG.debug("A command waits because the journal can't be written", e);
                return;
            }
            job.begin(now);
            reports.state(job.id(), GatewayState.RUNNING);
            journal.audit(job.id(), "begun", job.requestedBy(), "");
            try {
                threads.execute(() -> run(job, handler));
            } catch (RejectedExecutionException e) {
                job.unbegin();
                return;
            }
        }
    }

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

    private void end(Job job, Outcome outcome) {
        finish(job, outcome);
        queue.remove(job);
    }

    /** Reports the end of a job; its place in the queue stays taken until its thread is back. */
    private void finish(Job job, Outcome outcome) {
        if (job.end()) {
            finish(job.envelope(), job.startedAt(), outcome);
        } else {
            journal.audit(
                    job.id(), "late", job.requestedBy(), "ended as " + outcome.state() + " after it was reported");
        }
    }

    private void finish(Envelope envelope, @Nullable Instant startedAt, Outcome outcome) {
        CommandReport.Result result = result(envelope.id(), startedAt, outcome);
        Failure failure = result.error();
        journal.audit(
                envelope.id(),
                "ended",
                envelope.requestedBy(),
                result.status() + (failure == null ? "" : " " + failure.code().text() + ": " + failure.message()));
        unsaved.put(envelope.id(), result);
        saveUnsaved();
    }

    /** Signs, writes and sends results, oldest first; what the disk does not take now is tried again. */
    private void saveUnsaved() {
        SigningKey key = settings.key();
        while (key != null && !unsaved.isEmpty()) {
            CommandReport.Result result = unsaved.values().iterator().next();
            String signed = result.sign(key);
            try {
                journal.ended(result.id(), result.status(), signed);
            } catch (StoreException e) {
                LOG.warn("A result can't be written to the journal yet: {}", e.getMessage());
                return;
            }
            unsaved.remove(result.id());
            reports.result(result.id(), signed);
        }
    }

    private GatewayState state(Entry entry) {
        CommandReport.Result result = unsaved.get(entry.id());
        if (result != null) {
            return result.status();
        }
        return entry.state() == GatewayState.RUNNING && entry.cancelled() ? GatewayState.CANCELLING : entry.state();
    }

    private List<String> available() {
        return handlers.names().stream()
                .filter(name -> registry.find(name).isPresent())
                .toList();
    }

    private SigningKey key() throws CommandRefusedException {
        SigningKey key = settings.key();
        if (key == null) {
            throw new CommandRefusedException(ErrorCode.BAD_SIGNATURE, "commands are not set up here");
        }
        return key;
    }

    private CommandReport.Result result(String id, @Nullable Instant startedAt, Outcome outcome) {
        return new CommandReport.Result(
                id, outcome.state(), startedAt, clock.instant(), outcome.values(), outcome.failure(), List.of());
    }

    private static Outcome cancelledBefore() {
        return Outcome.failed(GatewayState.CANCELLED, ErrorCode.CANCELLED, "cancelled before it came", Failure.ACCEPT);
    }

    private static Outcome rejected(ErrorCode code, String text) {
        return Outcome.failed(GatewayState.REJECTED, code, text, Failure.QUEUE);
    }
}
