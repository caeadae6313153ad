package solutions.itms.scs.server.command;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.Failure;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.audit.Audit;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.device.GatewayIdentity;

/**
 * What gateways say of commands, over MQTT or HTTPS, as part of the transaction that takes the message. A gateway can
 * speak only of its own commands, and a result counts only with the gateway's own signature. Thread-safe.
 */
public final class CommandReports {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final CommandTable table;
    private final Turns turns;
    private final GatewayKeys keys;

    CommandReports(CommandTable table, Turns turns, GatewayKeys keys) {
        this.table = table;
        this.turns = turns;
        this.keys = keys;
    }

    /** Which report it is; the last level of its topic and of its address. */
    public enum Kind {
        ACK,
        PROGRESS,
        RESULT
    }

    /**
     * Takes a report.
     *
     * @param id of the command, as the topic or the address names it
     * @param body of the payload
     * @throws CommandRefusedException if it is not accepted; nothing but the audit was changed then, and the transaction
     *     has to be committed
     */
    public void take(
            Transaction transaction,
            GatewayIdentity gateway,
            String id,
            Kind kind,
            byte[] body,
            Instant at,
            Changes changes)
            throws SQLException, CommandRefusedException {
        String gatewayId = gateway.id();
        Cause cause = Cause.gateway(gatewayId, at);
        Command command = CommandTable.find(transaction, id);
        if (command == null || !command.gatewayId().equals(gatewayId)) {
            if (kind == Kind.RESULT && ID.matcher(id).matches()) {
                // else it would be sent for ever
                changes.confirm(gateway, id);
            }
            refused(transaction, gatewayId, id, kind, ErrorCode.NOT_FOUND, "there is no such command of it", cause);
            throw new CommandRefusedException(ErrorCode.NOT_FOUND, "there is no such command of this gateway");
        }
        try {
            switch (kind) {
                case ACK -> ack(transaction, command, same(CommandReport.Ack.read(body), id), cause);
                case PROGRESS -> progress(transaction, command, same(CommandReport.Progress.read(body), id), cause);
                case RESULT -> {
                    result(transaction, command, body, cause);
                    changes.confirm(gateway, id);
                }
            }
        } catch (CommandRefusedException e) {
            refused(transaction, gatewayId, id, kind, e.code(), String.valueOf(e.getMessage()), cause);
            throw e;
        }
        changes.command(id);
        turns.take(transaction, gatewayId, cause, changes);
    }

    /** The gateway connected: it gets again what it should have and has not, and then what waits. */
    public void pull(Transaction transaction, String gatewayId, byte[] body, Instant at, Changes changes)
            throws SQLException, CommandRefusedException {
        CommandReport.Pull pull = CommandReport.Pull.read(body);
        Cause cause = Cause.gateway(gatewayId, at);
        transaction.update(
                """
                insert into gateway_ability (gateway_id, registry, available, told_at_ms) values (?, ?, ?, ?)
                on conflict (gateway_id) do update set registry = excluded.registry, available = excluded.available,
                    told_at_ms = excluded.told_at_ms""",
                gatewayId,
                pull.registry(),
                new String(JsonText.write(pull.available()), StandardCharsets.UTF_8),
                at);
        came(transaction, gatewayId, pull.commands(), cause, changes);
    }

    /** As {@link #pull} of a gateway that does not tell what it has. */
    public void connected(Transaction transaction, String gatewayId, Instant at, Changes changes) throws SQLException {
        turns.take(transaction, gatewayId, Cause.gateway(gatewayId, at), changes);
    }

    private void came(
            Transaction transaction, String gatewayId, Map<String, GatewayState> known, Cause cause, Changes changes)
            throws SQLException {
        List<Command> sent = transaction.all(
                "select " + Command.COLUMNS + " from command where gateway_id = ?"
                        + " and state in ('PENDING', 'DISPATCHED', 'RUNNING', 'CANCELLING')"
                        + " and deadline_ms is not null and attempts > 0 order by queue_seq",
                Command::read,
                gatewayId);
        for (Command command : sent) {
            GatewayState state = known.get(command.id());
            Command now = command;
            if (state != null && !state.isFinal()) {
                // a final state comes with its signed result, which the gateway keeps until it was taken
                reported(transaction, command, state, cause);
                now = CommandTable.find(transaction, command.id());
            }
            if (now != null) {
                boolean has = state != null;
                Outcome outcome = table.apply(transaction, now, new CommandEvent.GatewayCame(has), cause, new Values());
                if (outcome.send() != Outcome.Send.NOTHING) {
                    changes.outgoing(gatewayId);
                }
                changes.command(command.id());
            }
        }
        turns.take(transaction, gatewayId, cause, changes);
    }

    private void ack(Transaction transaction, Command command, CommandReport.Ack ack, Cause cause)
            throws SQLException, CommandRefusedException {
        if (ack.state().isFinal()) {
            throw new CommandRefusedException(ErrorCode.MALFORMED, "an end is told by a signed result");
        }
        Outcome outcome = reported(transaction, command, ack.state(), cause);
        if (outcome.kind() == Outcome.Kind.REFUSED) {
            throw new CommandRefusedException(ErrorCode.CONFLICT, "the command was not sent yet");
        }
    }

    private Outcome reported(Transaction transaction, Command command, GatewayState state, Cause cause)
            throws SQLException {
        Values values = new Values();
        if (!command.stand().acknowledged()) {
            values.with("acknowledged_at_ms", cause.at());
        }
        if (state == GatewayState.QUEUED) {
            return table.apply(transaction, command, new CommandEvent.Accepted(), cause, values);
        }
        if (command.state() != CommandState.RUNNING && command.state() != CommandState.CANCELLING) {
            values.with("started_at_ms", cause.at());
        }
        return table.apply(transaction, command, new CommandEvent.Started(), cause, values);
    }

    private void progress(Transaction transaction, Command command, CommandReport.Progress progress, Cause cause)
            throws SQLException, CommandRefusedException {
        Outcome outcome = reported(transaction, command, GatewayState.RUNNING, cause);
        if (outcome.kind() == Outcome.Kind.REFUSED) {
            throw new CommandRefusedException(ErrorCode.CONFLICT, "the command was not sent yet");
        }
        Command now = CommandTable.find(transaction, command.id());
        if (now != null && !now.state().isFinal()) {
            table.write(
                    transaction,
                    now,
                    new Values()
                            .with("progress_percent", (long) progress.percent())
                            .with("progress_text", progress.text())
                            .with("progress_at_ms", progress.at()));
        }
    }

    private void result(Transaction transaction, Command command, byte[] body, Cause cause)
            throws SQLException, CommandRefusedException {
        String jws = new String(body, StandardCharsets.UTF_8);
        CommandReport.Result result =
                same(CommandReport.Result.open(keys.ring(transaction, command.gatewayId()), jws), command.id());
        String json = new String(JsonText.write(result.toJson()), StandardCharsets.UTF_8);
        CommandState to = state(result.status());
        Failure error = result.error();
        Values values = new Values()
                .with("result", json)
                .with("error_code", error == null ? null : error.code().text())
                .with("error_message", error == null ? null : error.message())
                .with("error_stage", error == null ? null : error.stage());
        if (!command.stand().acknowledged()) {
            values.with("acknowledged_at_ms", cause.at());
        }
        Outcome outcome = table.apply(transaction, command, new CommandEvent.Ended(to), cause, values);
        if (outcome.kind() == Outcome.Kind.REFUSED) {
            throw new CommandRefusedException(ErrorCode.CONFLICT, "the command was not sent yet");
        }
        if (outcome.kind() == Outcome.Kind.LATE) {
            late(transaction, command, json, to, cause);
        }
    }

    /** Kept and shown, once; the gateway sends a result until it is confirmed. */
    private void late(Transaction transaction, Command command, String json, CommandState said, Cause cause)
            throws SQLException {
        boolean known = transaction.number(
                        "select count(*) from command where number = ? and (late_result is not null or result = ?)",
                        command.number(),
                        json)
                > 0;
        if (known) {
            return;
        }
        table.write(
                transaction,
                command,
                new Values()
                        .with("late_result", json)
                        .with("late_status", said.name())
                        .with("late_at_ms", cause.at()));
        CommandTable.follow(transaction, command, cause);
        CommandTable.note(transaction, command, "command.late_result", cause, Map.of("status", said.name()));
    }

    private static CommandState state(GatewayState status) {
        return switch (status) {
            case SUCCESS -> CommandState.SUCCESS;
            case FAILED -> CommandState.FAILED;
            case REJECTED -> CommandState.REJECTED;
            case CANCELLED -> CommandState.CANCELLED;
            case TIMEOUT -> CommandState.TIMEOUT;
            case QUEUED, RUNNING, CANCELLING -> throw new IllegalArgumentException(status + " is no end");
        };
    }

    private static CommandReport.Ack same(CommandReport.Ack ack, String id) throws CommandRefusedException {
        requireSame(ack.id(), id);
        return ack;
    }

    private static CommandReport.Progress same(CommandReport.Progress progress, String id)
            throws CommandRefusedException {
        requireSame(progress.id(), id);
        return progress;
    }

    private static CommandReport.Result same(CommandReport.Result result, String id) throws CommandRefusedException {
        requireSame(result.id(), id);
        return result;
    }

    private static void requireSame(String inside, String outside) throws CommandRefusedException {
        if (!inside.equals(outside)) {
            throw new CommandRefusedException(ErrorCode.MALFORMED, "the report is about another command");
        }
    }

    private static void refused(
            Transaction transaction, String gatewayId, String id, Kind kind, ErrorCode code, String text, Cause cause)
            throws SQLException {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("report", kind.name().toLowerCase(java.util.Locale.ROOT));
        metadata.put("code", code.text());
        AuditEntry.About about = new AuditEntry.About(clip(id), gatewayId, null, null, null, null, null);
        Audit.append(
                transaction,
                new AuditEntry(
                        cause.at(), "command.report_refused", cause.actor(), null, about, null, null, text, metadata));
    }

    private static String clip(String id) {
        return id.length() <= 64 ? id : id.substring(0, 64);
    }
}
