package solutions.itms.scs.station;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.store.Statements;

/** The audit of every control write, in the database's own transactions. */
final class Audit {
    private static final int PAGE = 1_000;

    private Audit() {}

    /**
     * Whether the chain is whole.
     *
     * @param entries how many entries are whole, from the oldest on
     * @param head hash of the newest of them: note it elsewhere, to find out whether later ones were cut off
     * @param brokenAt seq of the first entry that does not fit; null when all do
     */
    record Verdict(long entries, String head, @Nullable Long brokenAt) {}

    /** Entries that are being written in one transaction. */
    static final class Group {
        private final Statements statements;
        private final Instant at;
        private final Origin origin;
        private final long group;
        private long next;
        private String lastHash;

        /** Begins a group behind the newest entry. */
        Group(Statements statements, Origin origin, Instant at) throws SQLException {
            this.statements = statements;
            this.origin = origin;
            this.at = at;
            try (ResultSet newest = statements
                    .get("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
                    .executeQuery()) {
                boolean any = newest.next();
                next = any ? newest.getLong(1) + 1 : 1;
                lastHash = any ? newest.getString(2) : "";
            }
            group = next;
        }

        void add(String device, String kind, @Nullable String before, @Nullable String after) throws SQLException {
            AuditEntry entry = AuditEntry.chained(
                    next, group, at, origin.who(), device, kind, before, after, origin.reason(), lastHash);
            insert(statements, entry);
            lastHash = entry.hash();
            next++;
        }
    }

    /** The newest entries with a lower seq than that, newest first. */
    static List<AuditEntry> before(Statements statements, long seq, int limit) throws SQLException {
        PreparedStatement select = statements.get("SELECT * FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?");
        select.setLong(1, seq);
        select.setInt(2, limit);
        return entries(select);
    }

    /** Follows the whole chain. The oldest entry is taken as it is: older ones may have reached their age. */
    static Verdict verify(Statements statements) throws SQLException {
        long count = 0;
        AuditEntry last = null;
        while (true) {
            PreparedStatement select = statements.get("SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT " + PAGE);
            select.setLong(1, last == null ? Long.MIN_VALUE : last.seq());
            List<AuditEntry> page = entries(select);
            for (AuditEntry entry : page) {
                if (!fits(entry, last)) {
                    return new Verdict(count, last == null ? "" : last.hash(), entry.seq());
                }
                last = entry;
                count++;
            }
            if (page.size() < PAGE) {
                return new Verdict(count, last == null ? "" : last.hash(), null);
            }
        }
    }

    private static boolean fits(AuditEntry entry, @Nullable AuditEntry last) {
        boolean follows = last == null
                ? entry.seq() > 1 || entry.previousHash().isEmpty()
                : entry.seq() == last.seq() + 1 && entry.previousHash().equals(last.hash());
        return follows && entry.hash().equals(entry.computedHash());
    }

    private static void insert(Statements statements, AuditEntry entry) throws SQLException {
        PreparedStatement insert = statements.get("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insert.setLong(1, entry.seq());
        insert.setLong(2, entry.group());
        insert.setLong(3, entry.at().toEpochMilli());
        insert.setString(4, entry.who());
        insert.setString(5, entry.device());
        insert.setString(6, entry.kind());
        insert.setString(7, entry.before());
        insert.setString(8, entry.after());
        insert.setString(9, entry.reason());
        insert.setString(10, entry.previousHash());
        insert.setString(11, entry.hash());
        insert.executeUpdate();
    }

    private static List<AuditEntry> entries(PreparedStatement select) throws SQLException {
        List<AuditEntry> entries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                entries.add(new AuditEntry(
                        row.getLong(1),
                        row.getLong(2),
                        Instant.ofEpochMilli(row.getLong(3)),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getString(10),
                        row.getString(11)));
            }
        }
        return entries;
    }
}
