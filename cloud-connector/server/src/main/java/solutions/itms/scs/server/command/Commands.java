package solutions.itms.scs.server.command;

import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.server.audit.Audit;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.auth.Access;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.auth.Person;
import solutions.itms.scs.server.auth.Reauth;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.http.Problem;

/** What people do with commands. What is refused is told to the audit as well. Thread-safe. */
public final class Commands {
    private static final Logger LOGGER = LoggerFactory.getLogger(Commands.class);
    private static final int MAX_REASON = 500;

    private final Database database;
    private final CommandTable table;
    private final Turns turns;
    private final Checks checks;
    private final Consumer<Changes> changed;
    private final Clock clock;

    Commands(
            Database database, CommandTable table, Turns turns, Checks checks, Consumer<Changes> changed, Clock clock) {
        this.database = database;
        this.table = table;
        this.turns = turns;
        this.checks = checks;
        this.changed = changed;
        this.clock = clock;
    }

    /** Who asks, and in which request. */
    public record Asker(Person person, String requestId) {}

    /** The command's id, and whether it is new. */
    public record Created(String id, boolean isNew) {}

    /** Asks for a command. @throws Problem if it can't be */
    public Created create(Asker asker, CommandRequest request, @Nullable String reauthProof) {
        try {
            return write((transaction, changes) -> {
                Created known = known(transaction, asker, request);
                if (known != null) {
                    return known;
                }
                Cause cause = cause(asker, request.reason());
                boolean proven = reauthProof != null
                        && Reauth.use(transaction, reauthProof, asker.person().username(), cause.at());
                NewCommand command = checks.check(transaction, with(request, proven), asker.person());
                String id = command.insert(transaction, cause);
                changes.command(id);
                turns.take(transaction, request.gatewayId(), Cause.system(cause.at()), changes);
                if (command.breakGlass()) {
                    LOGGER.warn(
                            "EMERGENCY: {} sent {} to {} without an approval, command {}",
                            asker.person().username(),
                            request.type(),
                            request.target(),
                            id);
                }
                return new Created(id, true);
            });
        } catch (Problem problem) {
            auditRefusal(asker, "command.create_refused", about(request), problem);
            throw problem;
        }
    }

    /** @param paramsSha256 of what the approver has seen */
    void approve(Asker asker, String id, @Nullable String paramsSha256, @Nullable String reason) {
        decide(asker, id, "command.approve_refused", reason, (transaction, command, cause) -> {
            requireOther(asker, command);
            if (!command.paramsSha256().equals(paramsSha256)) {
                throw Problem.conflict("params_changed", "'paramsHash' is not that of the command; look at it again.");
            }
            Values values = new Values()
                    .with("approved_by", asker.person().username())
                    .with("approved_at_ms", cause.at())
                    .with("approved_sha256", command.paramsSha256());
            return table.apply(transaction, command, new CommandEvent.Approved(), cause, values);
        });
    }

    void reject(Asker asker, String id, @Nullable String reason) {
        decide(asker, id, "command.reject_refused", reason, (transaction, command, cause) -> {
            requireReason(reason);
            return table.apply(transaction, command, new CommandEvent.Refused(), cause, new Values());
        });
    }

    /** @param force whether to stop waiting for the gateway */
    void cancel(Asker asker, String id, @Nullable String reason, boolean force) {
        decide(asker, id, "command.cancel_refused", reason, (transaction, command, cause) -> {
            if (force) {
                Access.require(asker.person(), Permission.FORCE_CANCEL);
                requireReason(reason);
            } else if (!command.requestedBy().equals(asker.person().username())) {
                Access.require(asker.person(), Permission.FORCE_CANCEL);
            }
            Values values = new Values()
                    .with("cancel_by", asker.person().username())
                    .with("cancel_reason", reason)
                    .with("cancel_forced", force ? 1L : 0L);
            CommandEvent event = force ? new CommandEvent.Forced() : new CommandEvent.CancelAsked();
            return table.apply(transaction, command, event, cause, values);
        });
    }

    /** The commands of a fleet command that have not ended. */
    List<String> openOf(String fleetId) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(
                                "select id from command where fleet_id = ? and deadline_ms is not null order by number")
                        .bind(0, fleetId)
                        .mapTo(String.class)
                        .list());
    }

    /** Something done in a transaction of its own; what it changed is told after the commit. */
    interface Step<T> {
        T run(Transaction transaction, Changes changes) throws SQLException;
    }

    <T> T write(Step<T> step) {
        Changes changes = new Changes();
        T result = database.write(transaction -> step.run(transaction, changes));
        changed.accept(changes);
        return result;
    }

    /** One event of one command. */
    private interface Decision {
        Outcome make(Transaction transaction, Command command, Cause cause) throws SQLException;
    }

    private void decide(Asker asker, String id, String refusal, @Nullable String reason, Decision decision) {
        AuditEntry.About[] about = {new AuditEntry.About(Checks.clip(id), null, null, null, null, null, null)};
        try {
            write((transaction, changes) -> {
                Command command = CommandTable.find(transaction, id);
                if (command == null) {
                    throw Problem.notFound("There is no such command.");
                }
                about[0] = command.about();
                if (reason != null && reason.length() > MAX_REASON) {
                    throw Problem.badRequest("'reason' may have " + MAX_REASON + " characters.");
                }
                Outcome outcome = decision.make(transaction, command, cause(asker, reason));
                if (outcome.kind() == Outcome.Kind.REFUSED) {
                    throw Problem.conflict(
                                    "wrong_state", "This can't be done with a command that is " + command.state() + ".")
                            .with("state", command.state().name());
                }
                if (outcome.send() != Outcome.Send.NOTHING) {
                    changes.outgoing(command.gatewayId());
                }
                changes.command(id);
                turns.take(transaction, command.gatewayId(), Cause.system(clock.instant()), changes);
                return outcome;
            });
        } catch (Problem problem) {
            auditRefusal(asker, refusal, about[0], problem);
            throw problem;
        }
    }

    private static @Nullable Created known(Transaction transaction, Asker asker, CommandRequest request)
            throws SQLException {
        String key = request.idempotencyKey();
        if (key == null) {
            return null;
        }
        Command known = transaction.first(
                "select " + Command.COLUMNS + " from command where requested_by = ? and idempotency_key = ?",
                Command::read,
                asker.person().username(),
                key);
        if (known == null) {
            return null;
        }
        boolean same = known.gatewayId().equals(request.gatewayId())
                && known.target().equals(request.target())
                && known.type().equals(request.type());
        if (!same) {
            throw Problem.conflict("idempotency_conflict", "This 'idempotencyKey' was used for another command.");
        }
        return new Created(known.id(), false);
    }

    private static void requireOther(Asker asker, Command command) {
        if (Objects.equals(command.requestedBy(), asker.person().username())) {
            throw new Problem(403, "own_request", "Not allowed", "Nobody can approve what they asked for themselves.");
        }
    }

    private static void requireReason(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            throw new Problem(422, "reason_required", "Reason needed", "This needs a 'reason'.");
        }
    }

    private static CommandRequest with(CommandRequest request, boolean reauthenticated) {
        return new CommandRequest(
                request.gatewayId(),
                request.target(),
                request.type(),
                request.params(),
                request.expiresIn(),
                request.reason(),
                request.idempotencyKey(),
                reauthenticated,
                request.fleetId(),
                request.approvedBy());
    }

    private Cause cause(Asker asker, @Nullable String reason) {
        return new Cause(asker.person().username(), asker.requestId(), reason, clock.instant());
    }

    private static AuditEntry.About about(CommandRequest request) {
        return new AuditEntry.About(
                null,
                Checks.clip(request.gatewayId()),
                Checks.clip(request.target()),
                Checks.clip(request.type()),
                null,
                null,
                null);
    }

    private void auditRefusal(Asker asker, String action, AuditEntry.About about, Problem problem) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("code", problem.code());
        database.write(transaction -> Audit.append(
                transaction,
                new AuditEntry(
                        clock.instant(),
                        action,
                        asker.person().username(),
                        asker.requestId(),
                        about,
                        null,
                        null,
                        problem.getMessage(),
                        metadata)));
    }
}
