package solutions.itms.scs.server.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.audit.AuditEntry.About;
import solutions.itms.scs.server.db.Transaction;

/**
 * Adds rows to the audit as part of the transaction of what they tell. Each row holds the hash of the one before, so
 * that a row that was changed or taken out later is found. Stateless.
 */
public final class Audit {
    private Audit() {}

    /** Adds a row and returns its number, which is higher than that of every row before. */
    public static long append(Transaction transaction, AuditEntry entry) throws SQLException {
        // takes the lock on the end of the chain where the database has more than one writer
        transaction.update("update audit_head set seq = seq + 1 where id = 1");
        Head head = transaction.first(
                "select seq, sha256 from audit_head where id = 1", row -> new Head(row.getLong(1), row.getString(2)));
        if (head == null) {
            throw new IllegalStateException("the audit has no end");
        }
        Map<String, @Nullable Object> columns = columns(head.seq(), entry);
        columns.put("previous_sha256", head.sha256());
        String hash = hash(columns);
        transaction.update("""
                insert into audit (seq, at_ms, action, actor, request_id, command_id, gateway_id, target, command_type,
                    object_path, operation, params_sha256, previous_state, new_state, reason, metadata,
                    previous_sha256, sha256)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", arguments(columns, hash));
        transaction.update("update audit_head set sha256 = ? where id = 1", hash);
        return head.seq();
    }

    private record Head(long seq, String sha256) {}

    /** In the order of the insert. */
    private static Map<String, @Nullable Object> columns(long seq, AuditEntry entry) {
        About about = entry.about();
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("seq", seq);
        columns.put("at_ms", entry.at().toEpochMilli());
        columns.put("action", entry.action());
        columns.put("actor", entry.actor());
        columns.put("request_id", entry.requestId());
        columns.put("command_id", about == null ? null : about.commandId());
        columns.put("gateway_id", about == null ? null : about.gatewayId());
        columns.put("target", about == null ? null : about.target());
        columns.put("command_type", about == null ? null : about.type());
        columns.put("object_path", about == null ? null : about.objectPath());
        columns.put("operation", about == null ? null : about.operation());
        columns.put("params_sha256", about == null ? null : about.paramsSha256());
        columns.put("previous_state", entry.previousState());
        columns.put("new_state", entry.newState());
        columns.put("reason", entry.reason());
        columns.put("metadata", new String(JsonText.canonical(entry.metadata()), StandardCharsets.UTF_8));
        return columns;
    }

    private static @Nullable Object[] arguments(Map<String, @Nullable Object> columns, String hash) {
        @Nullable Object[] arguments = new @Nullable Object[columns.size() + 1];
        columns.values().toArray(arguments);
        arguments[columns.size()] = hash;
        return arguments;
    }

    /** Over all columns but itself. */
    static String hash(Map<String, @Nullable Object> columns) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(JsonText.canonical(columns));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
