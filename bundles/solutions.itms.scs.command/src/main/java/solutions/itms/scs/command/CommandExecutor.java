package solutions.itms.scs.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    /** A command during which the gateway has ended so often is not begun again. */
    static final int MAX_RUNS = 3;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int MAX_FORESTALLED_PER_MINUTE = 60;

    private final CommandRegistry registry;
    private final Admission admission;
    private final Handlers handlers;
    private final Journal journal;
    private final Reports reports;
    private final Clock clock;
    private final LongSupplier ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final RunQueue queue = new RunQueue();
    private final Endings endings;
    private final Runner runner;
    private volatile Settings settings;
    private long minuteBegan;
    private int forestalledInMinute;

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
        this.clock = clock;
        this.ticker = ticker;
        this.settings = settings;
        Supplier<Settings> current = () -> this.settings;
        this.endings = new Endings(journal, reports, clock, current);
        this.runner = new Runner(queue, admission, handlers, journal, reports, endings, threads, clock, lock, current);
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
            runner.begin();
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
            endings.end(
                    envelope,
                    null,
                    Outcome.failed(
                            GatewayState.REJECTED,
                            ErrorCode.UNKNOWN_TYPE,
                            "this version does not know it any more",
                            Failure.QUEUE));
        } else if (begun && (!type.get().idempotent() || entry.cancelled() || entry.runs() >= MAX_RUNS)) {
            Instant startedAt = Instant.ofEpochMilli(entry.startedAt());
            endings.end(
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
            LOG.debug("A command was refused because the journal can't be written", e);
            return Reply.refused(
                    envelope.id(),
                    new Failure(ErrorCode.UNAVAILABLE, "the journal can't be written now", Failure.ACCEPT));
        } finally {
            lock.unlock();
        }
    }

    private Reply take(Settings now, Envelope envelope) throws CommandRefusedException, StoreException {
        if (runner.isClosed()) {
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
            Failure failure = new Failure(e.code(), String.valueOf(e.getMessage()), Failure.ACCEPT);
            endings.refuse(key(), envelope, hash, failure);
            return Reply.refused(envelope.id(), failure);
        }
        CommandType type = admitted.type();
        if (queue.waiting() >= now.queue() && !type.isBreakGlass(envelope.params())) {
            throw new CommandRefusedException(ErrorCode.BUSY, now.queue() + " commands wait already");
        }
        journal.insert(admitted.envelope(), hash);
        journal.audit(envelope.id(), "accepted", envelope.requestedBy(), type.name() + " for " + envelope.target());
        queue.add(new Job(admitted.envelope(), type, 0, ticker));
        reports.state(envelope.id(), GatewayState.QUEUED);
        runner.begin();
        return Reply.state(Reply.ACCEPTED, envelope.id(), GatewayState.QUEUED, null);
    }

    private Reply again(Envelope envelope, String hash, Entry known) throws CommandRefusedException, StoreException {
        if (known.hash().isEmpty()) {
            String signed = endings.forestalled(key(), envelope, hash);
            return Reply.state(Reply.OK, envelope.id(), GatewayState.CANCELLED, signed);
        }
        if (!known.hash().equals(hash)) {
            throw new CommandRefusedException(ErrorCode.REPLAYED, "this id was used for another command");
        }
        return Reply.state(Reply.OK, known.id(), endings.state(known), known.result());
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
                return Reply.state(
                        Reply.OK, id, endings.state(known.get()), known.get().result());
            }
            if (!mayForestall()) {
                return Reply.refused(
                        id, new Failure(ErrorCode.BUSY, "too many unknown commands are cancelled", Failure.ACCEPT));
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

    /** A cancel is not signed: what anybody can send must not wear out the disk. */
    private boolean mayForestall() {
        long now = ticker.getAsLong();
        if (forestalledInMinute == 0 || now - minuteBegan >= MINUTE) {
            minuteBegan = now;
            forestalledInMinute = 0;
        }
        return ++forestalledInMinute <= MAX_FORESTALLED_PER_MINUTE;
    }

    private Reply cancel(Job job) throws StoreException {
        journal.audit(job.id(), "cancel", "-", job.isRunning() ? "it runs" : "it waits");
        if (!job.isRunning()) {
            runner.end(
                    job,
                    Outcome.failed(
                            GatewayState.CANCELLED, ErrorCode.CANCELLED, "cancelled before it began", Failure.QUEUE));
            runner.begin();
            return Reply.state(Reply.OK, job.id(), GatewayState.CANCELLED, null);
        }
        job.cancel();
        journal.cancelling(job.id());
        reports.state(job.id(), GatewayState.CANCELLING);
        return Reply.state(Reply.OK, job.id(), GatewayState.CANCELLING, null);
    }

    /** What is known of a command. */
    Reply get(String id) {
        lock.lock();
        try {
            Optional<Entry> known = journal.find(id);
            return known.map(entry -> Reply.state(Reply.OK, id, endings.state(entry), entry.result()))
                    .orElseGet(() -> Reply.refused(
                            id, new Failure(ErrorCode.NOT_FOUND, "no such command is known here", Failure.ACCEPT)));
        } catch (StoreException e) {
            return Reply.refused(
                    id, new Failure(ErrorCode.UNAVAILABLE, "the journal can't be read now", Failure.ACCEPT));
        } finally {
            lock.unlock();
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
            LOG.debug("The server can't be told what is in the journal", e);
        }
    }

    /** To be called a few times a second: ends what is late, begins what can begin, and tells what is to be told. */
    void tick() {
        lock.lock();
        try {
            if (runner.isClosed()) {
                return;
            }
            endings.save();
            runner.look();
            runner.begin();
        } finally {
            lock.unlock();
        }
        reports.repeatDue(settings, journal);
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
            runner.close();
            runner.awaitRunning(patience);
            queue.all().forEach(Job::interrupt);
            runner.awaitRunning(patience);
        } finally {
            lock.unlock();
        }
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
}
