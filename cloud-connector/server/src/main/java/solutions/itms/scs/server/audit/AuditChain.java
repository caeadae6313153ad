package solutions.itms.scs.server.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.db.Database;

/** Checks the audit: each row against its own hash and against the row before. Stateless. */
public final class AuditChain {
    private static final int PAGE = 1_000;

    private AuditChain() {}

    /** Where the chain begins: the last row that was deleted because of its age; number 0 when none was. */
    record Anchor(long seq, String sha256) {}

    /** A row as it is stored. */
    record Stored(long seq, Map<String, @Nullable Object> columns, String sha256) {
        boolean follows(long before, String hash) {
            return seq == before + 1
                    && hash.equals(columns.get("previous_sha256"))
                    && Audit.hash(columns).equals(sha256);
        }
    }

    /** The first row that does not fit to the one before or to its own hash; empty when the chain is whole. */
    public static Optional<Long> firstBroken(Database database) {
        return database.reading().inTransaction(AuditChain::firstBroken);
    }

    private static Optional<Long> firstBroken(Handle handle) {
        Anchor anchor = anchor(handle);
        if (anchor.seq() > 0 && !isTold(handle, anchor)) {
            return Optional.of(anchor.seq() + 1);
        }
        String previous = anchor.sha256();
        long seq = anchor.seq();
        while (true) {
            List<Stored> rows = page(handle, seq, PAGE);
            for (Stored row : rows) {
                if (!row.follows(seq, previous)) {
                    return Optional.of(seq + 1);
                }
                seq = row.seq();
                previous = row.sha256();
            }
            if (rows.isEmpty()) {
                return isHead(handle, seq, previous) ? Optional.empty() : Optional.of(seq + 1);
            }
        }
    }

    static Anchor anchor(Handle handle) {
        return handle.createQuery("select seq, sha256 from audit_anchor where id = 1")
                .map((row, unused) -> new Anchor(row.getLong(1), row.getString(2)))
                .one();
    }

    /** The rows behind this one, the oldest first. */
    static List<Stored> page(Handle handle, long behind, int limit) {
        return handle.createQuery("select * from audit where seq > ? order by seq limit ?")
                .bind(0, behind)
                .bind(1, limit)
                .map((row, unused) -> stored(row))
                .list();
    }

    /** The chain itself says where it was cut: who moves the beginning alone is found. */
    private static boolean isTold(Handle handle, Anchor anchor) {
        String told = handle.createQuery("select metadata from audit where action = ? order by seq desc limit 1")
                .bind(0, AuditRetention.ACTION)
                .mapTo(String.class)
                .findOne()
                .orElse("");
        return told.equals(new String(
                JsonText.canonical(AuditRetention.metadata(anchor.seq(), anchor.sha256())),
                java.nio.charset.StandardCharsets.UTF_8));
    }

    private static boolean isHead(Handle handle, long seq, String sha256) {
        return handle.createQuery("select sha256 from audit_head where seq = ?")
                .bind(0, seq)
                .mapTo(String.class)
                .findOne()
                .orElse("")
                .equals(sha256);
    }

    private static Stored stored(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("seq", row.getLong("seq"));
        columns.put("at_ms", row.getLong("at_ms"));
        for (String name : new String[] {
            "action",
            "actor",
            "request_id",
            "command_id",
            "gateway_id",
            "target",
            "command_type",
            "object_path",
            "operation",
            "params_sha256",
            "previous_state",
            "new_state",
            "reason",
            "metadata",
            "previous_sha256"
        }) {
            columns.put(name, row.getString(name));
        }
        return new Stored(row.getLong("seq"), columns, row.getString("sha256"));
    }
}
