package solutions.itms.scs.server.command;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.audit.AuditEntry.About;

/**
 * A command's row, as far as the server decides by it.
 *
 * @param version grows with every change; a change names the one it started from
 * @param reports whether a state, a progress or a result of the gateway is expected
 */
record Command(
        long number,
        String id,
        String gatewayId,
        String account,
        String target,
        String type,
        String objectPath,
        String operation,
        String params,
        String paramsSha256,
        long version,
        Stand stand,
        Instant createdAt,
        String requestedBy,
        String approval,
        @Nullable String approvedBy,
        @Nullable String fleetId) {
    static final String COLUMNS = """
            number, id, gateway_id, account, target, type, object_path, operation, params, params_sha256, version,
            state, attempts, acknowledged_at_ms, expires_at_ms, timeout_ms, deadline_ms, created_at_ms, requested_by,
            approval, approved_by, fleet_id""";

    static Command read(ResultSet row) throws SQLException {
        row.getLong("acknowledged_at_ms");
        boolean acknowledged = !row.wasNull();
        long deadline = row.getLong("deadline_ms");
        Instant deadlineAt = row.wasNull() ? null : Instant.ofEpochMilli(deadline);
        Stand stand = new Stand(
                CommandState.valueOf(row.getString("state")),
                row.getInt("attempts"),
                acknowledged,
                Instant.ofEpochMilli(row.getLong("expires_at_ms")),
                Duration.ofMillis(row.getLong("timeout_ms")),
                deadlineAt);
        return new Command(
                row.getLong("number"),
                row.getString("id"),
                row.getString("gateway_id"),
                row.getString("account"),
                row.getString("target"),
                row.getString("type"),
                row.getString("object_path"),
                row.getString("operation"),
                row.getString("params"),
                row.getString("params_sha256"),
                row.getLong("version"),
                stand,
                Instant.ofEpochMilli(row.getLong("created_at_ms")),
                row.getString("requested_by"),
                row.getString("approval"),
                row.getString("approved_by"),
                row.getString("fleet_id"));
    }

    CommandState state() {
        return stand.state();
    }

    About about() {
        return new About(id, gatewayId, target, type, objectPath, operation, paramsSha256);
    }
}
