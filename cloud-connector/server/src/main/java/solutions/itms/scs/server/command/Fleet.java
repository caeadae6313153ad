package solutions.itms.scs.server.command;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.db.Transaction;

/**
 * A fleet command's row.
 *
 * @param nextAt when the next command may be begun; while it waits for approval, when that is over
 */
record Fleet(
        String id,
        String type,
        String params,
        String paramsSha256,
        State state,
        String requestedBy,
        @Nullable String approvedBy,
        @Nullable String reason,
        long ratePerMinute,
        long maxOpen,
        long stopAtFailedPercent,
        Duration expiresIn,
        Instant nextAt) {
    static final String COLUMNS = "id, type, params, params_sha256, state, requested_by, approved_by, reason,"
            + " rate_per_minute, max_open, stop_at_failed_percent, expires_in_ms, next_at_ms";

    private static final int MAX_PARAMS = 64 * 1024;

    enum State {
        PENDING_APPROVAL,
        RUNNING,
        PAUSED,
        /** Too many failed. */
        STOPPED,
        CANCELLED,
        REJECTED,
        EXPIRED,
        DONE
    }

    static Fleet read(ResultSet row) throws SQLException {
        return new Fleet(
                row.getString("id"),
                row.getString("type"),
                row.getString("params"),
                row.getString("params_sha256"),
                State.valueOf(row.getString("state")),
                row.getString("requested_by"),
                row.getString("approved_by"),
                row.getString("reason"),
                row.getLong("rate_per_minute"),
                row.getLong("max_open"),
                row.getLong("stop_at_failed_percent"),
                Duration.ofMillis(row.getLong("expires_in_ms")),
                Instant.ofEpochMilli(row.getLong("next_at_ms")));
    }

    static @Nullable Fleet find(Transaction transaction, String id) throws SQLException {
        return transaction.first(
                "select " + COLUMNS + " from fleet_command where id = ?" + transaction.forUpdate(), Fleet::read, id);
    }

    java.util.Map<String, @Nullable Object> paramValues() {
        try {
            return JsonText.readObject(params.getBytes(StandardCharsets.UTF_8), MAX_PARAMS);
        } catch (MalformedPayloadException e) {
            throw new IllegalStateException("the parameters of fleet command " + id + " are no JSON", e);
        }
    }
}
