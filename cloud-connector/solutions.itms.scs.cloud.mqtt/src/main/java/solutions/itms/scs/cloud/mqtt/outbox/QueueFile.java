package solutions.itms.scs.cloud.mqtt.outbox;

import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.store.Schema;
import solutions.itms.scs.store.Statements;

/** The SQL of the queue. Stateless. */
final class QueueFile {
    static final Schema SCHEMA = Schema.of(
            "CREATE TABLE message (key INTEGER PRIMARY KEY, at INTEGER NOT NULL, flags INTEGER NOT NULL,"
                    + " app TEXT NOT NULL, topic TEXT NOT NULL, addressee TEXT, source TEXT, epoch TEXT, seq INTEGER,"
                    + " payload BLOB NOT NULL)",
            "CREATE TABLE queue (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), prefix TEXT NOT NULL,"
                    + " starts INTEGER NOT NULL, dropped INTEGER NOT NULL)");

    private static final String COLUMNS = "key, flags, app, topic, addressee, source, epoch, seq, payload";
    private static final int RETAIN = 2;
    private static final int CONTROL = 4;

    private QueueFile() {}

    /**
     * What a file holds when it is opened.
     *
     * @param prefix of the ids of its messages
     * @param starts how often it was opened, this time included
     * @param dropped messages dropped since it was made
     * @param counts messages by priority
     * @param bytes what they take, by priority
     * @param lastKeys the highest key by priority
     * @param lastAt when the newest was accepted
     */
    record Start(String prefix, long starts, long dropped, long[] counts, long[] bytes, long[] lastKeys, long lastAt) {}

    /** A message that could be dropped. */
    record Victim(long key, long bytes, long at) {}

    /** @param starts how often the file was opened; at least one more than it says itself */
    static Start start(Statements statements, long starts) throws SQLException {
        String prefix = null;
        long before = 0;
        long dropped = 0;
        try (ResultSet row =
                statements.get("SELECT prefix, starts, dropped FROM queue").executeQuery()) {
            if (row.next()) {
                prefix = row.getString(1);
                before = row.getLong(2);
                dropped = row.getLong(3);
            }
        }
        long next = Math.max(before + 1, starts);
        if (prefix == null) {
            byte[] random = new byte[4];
            new SecureRandom().nextBytes(random);
            prefix = HexFormat.of().formatHex(random);
        }
        PreparedStatement save =
                statements.get("INSERT OR REPLACE INTO queue (only_row, prefix, starts, dropped) VALUES (1, ?, ?, ?)");
        save.setString(1, prefix);
        save.setLong(2, next);
        save.setLong(3, dropped);
        save.executeUpdate();
        return totals(statements, prefix, next, dropped);
    }

    private static Start totals(Statements statements, String prefix, long starts, long dropped) throws SQLException {
        Start start = new Start(
                prefix,
                starts,
                dropped,
                new long[Keys.PRIORITIES],
                new long[Keys.PRIORITIES],
                new long[Keys.PRIORITIES],
                0);
        long lastAt = 0;
        PreparedStatement select = statements.get("SELECT key >> 56, count(*), sum(length(payload)), max(key), max(at)"
                + " FROM message GROUP BY key >> 56");
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                int priority = rows.getInt(1);
                start.counts[priority] = rows.getLong(2);
                start.bytes[priority] = rows.getLong(3) + rows.getLong(2) * Message.OVERHEAD_BYTES;
                start.lastKeys[priority] = rows.getLong(4);
                lastAt = Math.max(lastAt, rows.getLong(5));
            }
        }
        return new Start(prefix, starts, dropped, start.counts, start.bytes, start.lastKeys, lastAt);
    }

    static void insert(Statements statements, long key, long at, Message message) throws SQLException {
        PreparedStatement insert = statements.get("INSERT INTO message (key, at, flags, app, topic, addressee, source,"
                + " epoch, seq, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insert.setLong(1, key);
        insert.setLong(2, at);
        insert.setInt(3, message.qos() | (message.retain() ? RETAIN : 0) | (message.control() ? CONTROL : 0));
        insert.setString(4, message.appId());
        insert.setString(5, message.appTopic());
        if (message.addressee() != null) {
            insert.setString(6, message.addressee());
        }
        if (!message.source().isEmpty()) {
            insert.setString(7, message.source());
        }
        Sequence number = message.number();
        if (number == null) {
            insert.setNull(9, Types.INTEGER);
        } else {
            insert.setString(8, number.epoch());
            insert.setLong(9, number.seq());
        }
        insert.setBytes(10, message.payload());
        insert.executeUpdate();
    }

    /** Messages with keys between the two, lowest first: as many as asked for, and not many more bytes than asked for. */
    static List<Stored> page(Statements statements, long after, long before, int messages, long bytes)
            throws SQLException {
        PreparedStatement select =
                statements.get("SELECT " + COLUMNS + " FROM message WHERE key > ? AND key < ? ORDER BY key LIMIT ?");
        select.setLong(1, after);
        select.setLong(2, before);
        select.setInt(3, messages);
        List<Stored> page = new ArrayList<>();
        long room = bytes;
        try (ResultSet rows = select.executeQuery()) {
            while (room > 0 && rows.next()) {
                Stored stored = stored(rows);
                page.add(stored);
                room -= stored.message().size();
            }
        }
        return page;
    }

    private static Stored stored(ResultSet row) throws SQLException {
        long key = row.getLong(1);
        int flags = row.getInt(2);
        String source = row.getString(6);
        String epoch = row.getString(7);
        Message message = new Message(
                (flags & CONTROL) != 0,
                row.getString(5),
                row.getString(3),
                row.getString(4),
                row.getBytes(9),
                flags & 1,
                (flags & RETAIN) != 0,
                Keys.priorityOf(key),
                epoch == null ? null : new Sequence(epoch, row.getLong(8)),
                source == null ? "" : source);
        return new Stored(key, message);
    }

    /** The oldest message with a key between the two. */
    static @Nullable Victim oldest(Statements statements, long after, long before) throws SQLException {
        PreparedStatement select = statements.get(
                "SELECT key, length(payload), at FROM message WHERE key > ? AND key < ? ORDER BY key LIMIT 1");
        select.setLong(1, after);
        select.setLong(2, before);
        try (ResultSet rows = select.executeQuery()) {
            return rows.next()
                    ? new Victim(rows.getLong(1), rows.getLong(2) + Message.OVERHEAD_BYTES, rows.getLong(3))
                    : null;
        }
    }

    /** Deletes all messages from one key to another; how many there were. */
    static int delete(Statements statements, long first, long last) throws SQLException {
        PreparedStatement delete = statements.get("DELETE FROM message WHERE key BETWEEN ? AND ?");
        delete.setLong(1, first);
        delete.setLong(2, last);
        return delete.executeUpdate();
    }

    /** Writes at least something, so that it also shows whether anything can be written; how many files there are: 1. */
    static int countDropped(Statements statements, long more) throws SQLException {
        PreparedStatement update = statements.get("UPDATE queue SET dropped = dropped + ?");
        update.setLong(1, more);
        return update.executeUpdate();
    }
}
