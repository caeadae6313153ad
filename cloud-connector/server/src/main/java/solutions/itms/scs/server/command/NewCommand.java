package solutions.itms.scs.server.command;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.Approval;
import solutions.itms.scs.message.command.CommandType;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.message.command.Way;
import solutions.itms.scs.server.audit.Audit;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.recording.Recordings;

/**
 * A command that was checked and can be written.
 *
 * @param params complete, as they are signed
 */
record NewCommand(
        CommandRequest request,
        CommandType type,
        String account,
        DeviceType targetType,
        Map<String, @Nullable Object> params,
        boolean breakGlass) {
    static final Duration SHORTEST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration USUAL_CALL = Duration.ofMinutes(15);
    private static final Duration USUAL = Duration.ofHours(24);

    /** How long somebody may take to approve. */
    private static final Duration APPROVAL = Duration.ofMinutes(30);

    String paramsSha256() {
        return Envelope.hash(params);
    }

    private boolean waitsForApproval() {
        return request.approvedBy() == null && type.approval(params) == Approval.SECOND_PERSON;
    }

    /** Writes it and tells the audit. @return its id */
    String insert(Transaction transaction, Cause cause) throws SQLException {
        String id = UUID.randomUUID().toString().replace("-", "");
        Instant now = cause.at();
        Instant expiresAt = now.plus(expiresIn());
        boolean waits = waitsForApproval();
        CommandState state = waits ? CommandState.PENDING_APPROVAL : CommandState.PENDING;
        Instant approvalEnd = now.plus(APPROVAL);
        Instant deadline = waits && approvalEnd.isBefore(expiresAt) ? approvalEnd : expiresAt;
        long seq = audit(transaction, id, state, cause);
        String approvedBy = request.approvedBy();
        transaction.update(
                """
                insert into command (id, gateway_id, account, target, target_type, type, object_path, operation, safety,
                    is_job, is_urgent, params, params_sha256, reason, state, version, deadline_ms, expires_at_ms,
                    timeout_ms, created_at_ms, requested_by, idempotency_key, approval, approved_by, approved_at_ms,
                    approved_sha256, queue_seq, fleet_id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                id,
                request.gatewayId(),
                account,
                request.target(),
                targetType.name(),
                type.name(),
                type.path(),
                type.operation().letter(),
                type.safety().name(),
                type.way() == Way.JOB ? 1L : 0L,
                breakGlass ? 1L : 0L,
                new String(JsonText.canonical(params), StandardCharsets.UTF_8),
                paramsSha256(),
                request.reason(),
                state.name(),
                deadline,
                expiresAt,
                type.totalTimeout().toMillis(),
                now,
                cause.actor(),
                request.idempotencyKey(),
                approval(),
                approvedBy,
                approvedBy == null ? null : now,
                approvedBy == null ? null : paramsSha256(),
                waits ? null : seq,
                request.fleetId());
        CommandTable.history(transaction, id, 1, null, state, cause, request.reason());
        if (type.name().equals(Recordings.COMMAND)) {
            Recordings.begin(transaction, id, request.gatewayId(), request.target(), params, cause.actor(), now);
        }
        return id;
    }

    private String approval() {
        if (breakGlass) {
            return "break_glass";
        }
        return type.approval(params) == Approval.SECOND_PERSON ? "second_person" : "none";
    }

    private Duration expiresIn() {
        Duration asked = request.expiresIn();
        if (asked != null) {
            return asked;
        }
        return type.way() == Way.CALL ? USUAL_CALL : USUAL;
    }

    private long audit(Transaction transaction, String id, CommandState state, Cause cause) throws SQLException {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("approval", approval());
        if (request.fleetId() != null) {
            metadata.put("fleet", request.fleetId());
        }
        AuditEntry.About about = new AuditEntry.About(
                id,
                request.gatewayId(),
                request.target(),
                type.name(),
                type.path(),
                type.operation().letter(),
                paramsSha256());
        return Audit.append(
                transaction,
                new AuditEntry(
                        cause.at(),
                        breakGlass ? "command.break_glass" : "command.create",
                        cause.actor(),
                        cause.requestId(),
                        about,
                        null,
                        state.name(),
                        request.reason(),
                        metadata));
    }
}
