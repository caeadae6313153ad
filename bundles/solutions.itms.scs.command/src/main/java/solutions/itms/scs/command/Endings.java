package solutions.itms.scs.command;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.Failure;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.message.command.SigningKey;
import solutions.itms.scs.store.StoreException;

/** How commands end: signed, written to the journal, and only then sent. Not thread-safe: used under one lock. */
final class Endings {
    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private final Journal journal;
    private final Reports reports;
    private final Clock clock;
    private final Supplier<Settings> settings;
    private final Map<String, CommandReport.Result> unsaved = new LinkedHashMap<>();
    private boolean stuck;

    Endings(Journal journal, Reports reports, Clock clock, Supplier<Settings> settings) {
        this.journal = journal;
        this.reports = reports;
        this.clock = clock;
        this.settings = settings;
    }

    /** Ends a command that is in the journal. */
    void end(Envelope envelope, @Nullable Instant startedAt, Outcome outcome) {
        CommandReport.Result result = result(envelope.id(), startedAt, outcome);
        Failure failure = result.error();
        journal.audit(
                envelope.id(),
                "ended",
                envelope.requestedBy(),
                result.status() + (failure == null ? "" : " " + failure.code().text() + ": " + failure.message()));
        unsaved.put(envelope.id(), result);
        save();
    }

    /** Signs, writes and sends results, oldest first; what the disk does not take now is tried again. */
    void save() {
        SigningKey key = settings.get().key();
        while (key != null && !unsaved.isEmpty()) {
            CommandReport.Result result = unsaved.values().iterator().next();
            String signed = result.sign(key);
            try {
                journal.ended(result.id(), result.status(), signed);
            } catch (StoreException e) {
                if (!stuck) {
                    LOG.warn("Results wait until they can be written to the journal: {}", e.getMessage());
                }
                stuck = true;
                return;
            }
            stuck = false;
            unsaved.remove(result.id());
            reports.result(result.id(), signed);
        }
    }

    /** Writes down and tells that a command was refused, which is known to be the server's. */
    void refuse(SigningKey key, Envelope envelope, String hash, Failure failure) throws StoreException {
        Outcome outcome = new Outcome(GatewayState.REJECTED, null, failure);
        String signed = result(envelope.id(), null, outcome).sign(key);
        journal.insertRefused(envelope, hash, signed);
        reports.result(envelope.id(), signed);
    }

    /** A command has come that had been cancelled before; its signed result. */
    String forestalled(SigningKey key, Envelope envelope, String hash) throws StoreException {
        Outcome outcome =
                Outcome.failed(GatewayState.CANCELLED, ErrorCode.CANCELLED, "cancelled before it came", Failure.ACCEPT);
        String signed = result(envelope.id(), null, outcome).sign(key);
        journal.forestalled(envelope, hash, signed);
        reports.result(envelope.id(), signed);
        return signed;
    }

    /** The state of a command, which may be further than its journal. */
    GatewayState state(Entry entry) {
        CommandReport.Result result = unsaved.get(entry.id());
        if (result != null) {
            return result.status();
        }
        return entry.state() == GatewayState.RUNNING && entry.cancelled() ? GatewayState.CANCELLING : entry.state();
    }

    private CommandReport.Result result(String id, @Nullable Instant startedAt, Outcome outcome) {
        return new CommandReport.Result(
                id,
                outcome.state(),
                startedAt,
                clock.instant(),
                outcome.values(),
                outcome.failure(),
                outcome.artifacts());
    }
}
