package solutions.itms.scs.server.command;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.audit.Audit;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.command.Outcome.Send;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.recording.Recordings;

/**
 * Writes what the life cycle decides: the row (compare-and-set on its version), the history, the audit and what is to be
 * sent, all in the caller's transaction. Stateless.
 */
final class CommandTable {
    private static final String SERIALIZATION_FAILURE = "40001";

    private final LifeCycle lifeCycle;

    CommandTable(LifeCycle lifeCycle) {
        this.lifeCycle = lifeCycle;
    }

    static @Nullable Command find(Transaction transaction, String id) throws SQLException {
        return transaction.first(
                "select " + Command.COLUMNS + " from command where id = ?" + transaction.forUpdate(),
                Command::read,
                id);
    }

    /**
     * Does to the command what the event asks for.
     *
     * @param more columns that the event brings with it; written unless it is ignored or refused
     */
    Outcome apply(Transaction transaction, Command command, CommandEvent event, Cause cause, Values more)
            throws SQLException {
        Outcome outcome = lifeCycle.on(command.stand(), event, cause.at());
        switch (outcome.kind()) {
            case MOVED -> move(transaction, command, event, outcome, cause, more);
            case KEPT -> keep(transaction, command, event, outcome, cause, more);
            case LATE, IGNORED, REFUSED -> {}
        }
        return outcome;
    }

    /** Writes columns without touching the state. */
    void write(Transaction transaction, Command command, Values values) throws SQLException {
        update(transaction, command, command.state(), command.stand().deadline(), values);
    }

    /** Tells the audit of something that changed no state. */
    static void note(
            Transaction transaction,
            Command command,
            String action,
            Cause cause,
            Map<String, @Nullable Object> metadata)
            throws SQLException {
        Audit.append(
                transaction,
                new AuditEntry(
                        cause.at(),
                        action,
                        cause.actor(),
                        cause.requestId(),
                        command.about(),
                        command.state().name(),
                        command.state().name(),
                        cause.reason(),
                        metadata));
    }

    private void move(
            Transaction transaction, Command command, CommandEvent event, Outcome outcome, Cause cause, Values more)
            throws SQLException {
        Values values = new Values();
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        EndCode code = outcome.code();
        if (code != null) {
            metadata.put("code", code.code());
            values.with("error_code", code.code())
                    .with("error_message", code.message())
                    .with("error_stage", code.stage());
        }
        if (outcome.to().isFinal()) {
            values.with("ended_at_ms", cause.at());
        }
        String reason = cause.reason() == null && code != null ? code.code() : cause.reason();
        long seq = Audit.append(
                transaction,
                new AuditEntry(
                        cause.at(),
                        action(event),
                        cause.actor(),
                        cause.requestId(),
                        command.about(),
                        command.state().name(),
                        outcome.to().name(),
                        reason,
                        metadata));
        if (outcome.to() == CommandState.PENDING) {
            values.with("queue_seq", seq);
        }
        values.addAll(more);
        send(transaction, command, outcome.send(), values);
        update(transaction, command, outcome.to(), outcome.deadline(), values);
        history(transaction, command.id(), command.version() + 1, command.state(), outcome.to(), cause, reason);
        follow(transaction, command, cause);
    }

    private void keep(
            Transaction transaction, Command command, CommandEvent event, Outcome outcome, Cause cause, Values more)
            throws SQLException {
        Values values = new Values().addAll(more);
        send(transaction, command, outcome.send(), values);
        update(transaction, command, command.state(), outcome.deadline(), values);
        boolean again = outcome.send() == Send.COMMAND && command.stand().mayBeAtGateway();
        if (again || event instanceof CommandEvent.CancelAsked) {
            String action = again ? "command.send_again" : action(event);
            note(
                    transaction,
                    command,
                    action,
                    cause,
                    Map.of("attempt", command.stand().attempts() + 1L));
        }
    }

    private static void send(Transaction transaction, Command command, Send send, Values values) throws SQLException {
        if (send == Send.NOTHING) {
            return;
        }
        if (send == Send.COMMAND) {
            values.with("attempts", command.stand().attempts() + 1L);
        }
        transaction.update(
                "insert into command_outgoing (command_id, gateway_id, kind) values (?, ?, ?)",
                command.id(),
                command.gatewayId(),
                send == Send.COMMAND ? "command" : "cancel");
    }

    private static void update(
            Transaction transaction,
            Command command,
            CommandState state,
            java.time.@Nullable Instant deadline,
            Values values)
            throws SQLException {
        List<@Nullable Object> arguments = new ArrayList<>();
        arguments.add(state.name());
        arguments.add(deadline);
        arguments.addAll(values.arguments());
        arguments.add(command.number());
        arguments.add(command.version());
        int changed = transaction.update(
                "update command set version = version + 1, state = ?, deadline_ms = ?" + values.assignments()
                        + " where number = ? and version = ?",
                arguments.toArray());
        if (changed != 1) {
            // the transaction is done again
            throw new SQLException("command " + command.id() + " was changed by somebody else", SERIALIZATION_FAILURE);
        }
    }

    static void history(
            Transaction transaction,
            String id,
            long version,
            @Nullable CommandState from,
            CommandState to,
            Cause cause,
            @Nullable String reason)
            throws SQLException {
        transaction.update(
                """
                insert into command_history (command_id, version, at_ms, from_state, to_state, actor, reason)
                values (?, ?, ?, ?, ?, ?, ?)""", id, version, cause.at(), from == null ? null : from.name(), to.name(), cause.actor(), reason);
    }

    /** What a command makes goes with it. */
    static void follow(Transaction transaction, Command command, Cause cause) throws SQLException {
        if (command.type().equals(Recordings.COMMAND)) {
            Recordings.follow(transaction, command.id(), cause.at());
        }
    }

    /** What the audit calls it. */
    private static String action(CommandEvent event) {
        if (event instanceof CommandEvent.Approved) {
            return "command.approve";
        }
        if (event instanceof CommandEvent.Refused) {
            return "command.reject";
        }
        if (event instanceof CommandEvent.CancelAsked) {
            return "command.cancel";
        }
        if (event instanceof CommandEvent.Forced) {
            return "command.force_cancel";
        }
        return "command.move";
    }
}
