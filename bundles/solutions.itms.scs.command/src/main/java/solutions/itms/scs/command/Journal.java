package solutions.itms.scs.command;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Durability;
import solutions.itms.scs.store.Schema;
import solutions.itms.scs.store.Statements;
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;

/**
 * What this gateway was told to do and what came of it. Whatever a method has written when it returns survives a power
 * cut. Thread-safe.
 */
final class Journal implements AutoCloseable {
    /** Commands that were cancelled before they came; the oldest are forgotten beyond that. */
    static final int MAX_FORESTALLED = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final String COLUMNS =
            "position, id, envelope, hash, state, runs, started_at, cancelled, result, confirmed";

    private static final Schema SCHEMA = Schema.of(
            "CREATE TABLE command(position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, envelope TEXT,"
                    + " hash TEXT NOT NULL, state TEXT NOT NULL, runs INTEGER NOT NULL, received_at INTEGER NOT NULL,"
                    + " expires_at INTEGER NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,"
                    + " cancelled INTEGER NOT NULL, result TEXT, confirmed INTEGER NOT NULL) STRICT",
            "CREATE INDEX command_open ON command(position) WHERE result IS NULL OR confirmed = 0",
            AuditLog.TABLE,
            "CREATE TABLE mark(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT");

    /** Commands that were to begin until then may have been forgotten, ms since 1970: none such is taken any more. */
    private static final String FORGOTTEN_UNTIL = "forgotten_until";

    /** Commands that were issued before may have been lost with a damaged journal, ms since 1970. */
    private static final String LOST_UNTIL = "lost_until";

    private final Database database;
    private final Clock clock;
    private final AuditLog audit;

    private Journal(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.audit = new AuditLog(database, clock);
    }

    static Journal open(Stores stores, Clock clock) throws StoreException {
        Journal journal = new Journal(stores.open("commands", SCHEMA, Durability.FULL), clock);
        if (journal.wasDamaged()) {
            journal.markLost();
        }
        return journal;
    }

    /** A signed result that the server may not have. */
    record Unconfirmed(long position, String id, String result) {}

    /** Whether a damaged journal was set aside since this one was opened. */
    boolean wasDamaged() {
        return !database.setAside().isEmpty();
    }

    /** Called when a damaged journal was replaced while in use. Commands that were issued until now are not taken again. */
    void onReset(Runnable callback) {
        database.onReset(() -> {
            // on the writer's thread: nothing may be waited for
            writeLost().whenComplete((done, e) -> {
                if (e != null) {
                    LOG.error("The new journal of commands can't be written", e);
                }
            });
            callback.run();
        });
    }

    /** Writes a new command down. */
    long insert(Envelope envelope, String hash) throws StoreException {
        return database.call(statements -> insert(
                statements,
                envelope.id(),
                envelope,
                hash,
                GatewayState.QUEUED,
                envelope.expiresAt().toEpochMilli()));
    }

    /** Writes a command down that was refused: it is known from now on. */
    void insertRefused(Envelope envelope, String hash, String result) throws StoreException {
        database.call(statements -> {
            long expiresAt = envelope.expiresAt().toEpochMilli();
            insert(statements, envelope.id(), envelope, hash, GatewayState.REJECTED, expiresAt);
            return end(statements, envelope.id(), GatewayState.REJECTED, result);
        });
    }

    /** Remembers that a command is not wanted that has not come yet. */
    void forestall(String id) throws StoreException {
        database.call(statements -> {
            long expiresAt = clock.instant().plus(Admission.MAX_LIFE).toEpochMilli();
            insert(statements, id, null, "", GatewayState.CANCELLED, expiresAt);
            PreparedStatement confirm = statements.get("UPDATE command SET confirmed = 1 WHERE id = ?");
            confirm.setString(1, id);
            confirm.executeUpdate();
            PreparedStatement delete = statements.get("DELETE FROM command WHERE hash = '' AND position <= (SELECT"
                    + " position FROM command WHERE hash = '' ORDER BY position DESC LIMIT 1 OFFSET ?)");
            delete.setInt(1, MAX_FORESTALLED);
            return delete.executeUpdate();
        });
    }

    /** A command that was cancelled before it came has come: its result is to be sent. */
    void forestalled(Envelope envelope, String hash, String result) throws StoreException {
        database.call(statements -> {
            PreparedStatement update = statements.get(
                    "UPDATE command SET envelope = ?, hash = ?, expires_at = ?, result = ?, confirmed = 0 WHERE id = ?");
            update.setString(1, text(envelope));
            update.setString(2, hash);
            update.setLong(3, envelope.expiresAt().toEpochMilli());
            update.setString(4, result);
            update.setString(5, envelope.id());
            return update.executeUpdate();
        });
    }

    void started(String id, Instant at) throws StoreException {
        database.call(statements -> {
            PreparedStatement update = statements.get(
                    "UPDATE command SET state = 'RUNNING', runs = runs + 1, started_at = ? WHERE id = ?");
            update.setLong(1, at.toEpochMilli());
            update.setString(2, id);
            return update.executeUpdate();
        });
    }

    void cancelling(String id) throws StoreException {
        database.call(statements -> {
            PreparedStatement update =
                    statements.get("UPDATE command SET cancelled = 1 WHERE id = ? AND result IS NULL");
            update.setString(1, id);
            return update.executeUpdate();
        });
    }

    /** Writes the result of a command down; the first one counts. */
    void ended(String id, GatewayState state, String result) throws StoreException {
        database.call(statements -> end(statements, id, state, result));
    }

    /** The server has these results. */
    void confirmed(List<String> ids) throws StoreException {
        database.call(statements -> {
            PreparedStatement update =
                    statements.get("UPDATE command SET confirmed = 1 WHERE id = ? AND result IS NOT NULL");
            for (String id : ids) {
                update.setString(1, id);
                update.executeUpdate();
            }
            return ids.size();
        });
    }

    Optional<Entry> find(String id) throws StoreException {
        return database.call(statements -> {
            PreparedStatement query = statements.get("SELECT " + COLUMNS + " FROM command WHERE id = ?");
            query.setString(1, id);
            return entries(query).stream().findFirst();
        });
    }

    /** The commands that have not come to their end, in the order of acceptance. */
    List<Entry> unfinished() throws StoreException {
        return database.call(statements -> entries(statements.get(
                "SELECT " + COLUMNS + " FROM command WHERE result IS NULL AND confirmed = 0" + " ORDER BY position")));
    }

    /** Results that the server has not confirmed, oldest first, from behind a position. */
    List<Unconfirmed> unconfirmed(long after, int limit) throws StoreException {
        return database.call(statements -> {
            PreparedStatement query = statements.get("SELECT position, id, result FROM command WHERE position > ? AND"
                    + " confirmed = 0 AND result IS NOT NULL ORDER BY position LIMIT ?");
            query.setLong(1, after);
            query.setInt(2, limit);
            List<Unconfirmed> results = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    results.add(new Unconfirmed(rows.getLong(1), rows.getString(2), rows.getString(3)));
                }
            }
            return results;
        });
    }

    /** States: of all that are open, and of the latest others. */
    Map<String, GatewayState> states(int limit) throws StoreException {
        return database.call(statements -> {
            PreparedStatement query = statements.get("SELECT id, state FROM command ORDER BY result IS NULL DESC,"
                    + " confirmed, position DESC LIMIT ?");
            query.setInt(1, limit);
            Map<String, GatewayState> states = new LinkedHashMap<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    states.put(rows.getString(1), GatewayState.valueOf(rows.getString(2)));
                }
            }
            return states;
        });
    }

    /** Whether a command like this may have been here and be forgotten: then it is not to be taken. */
    boolean mayBeForgotten(Envelope envelope) throws StoreException {
        return database.call(statements -> envelope.expiresAt().toEpochMilli() <= mark(statements, FORGOTTEN_UNTIL)
                || envelope.issuedAt().toEpochMilli() <= mark(statements, LOST_UNTIL));
    }

    /**
     * Forgets finished commands beyond the limits: never one that could still be delivered, and one whose result nobody
     * confirmed only when there are ten times as many as are to be kept.
     *
     * @return how many results are lost by that
     */
    int forget(int keepCount, Duration keepFor, Duration skew) throws StoreException {
        return database.call(statements -> {
            long now = clock.instant().toEpochMilli();
            long over = now - skew.toMillis();
            int gone = forgetSome(statements, "confirmed = 1 AND ended_at <= ?", now - keepFor.toMillis(), over);
            gone += forgetSome(statements, "confirmed = 1 AND position <= ?", position(statements, keepCount), over);
            int lost = forgetSome(statements, "position <= ?", position(statements, 10L * keepCount), over);
            AuditLog.forget(statements);
            return gone >= 0 ? lost : 0;
        });
    }

    /** How many commands are in it. */
    int count() throws StoreException {
        return database.call(statements -> {
            try (ResultSet rows = statements.get("SELECT COUNT(*) FROM command").executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        });
    }

    /** As {@link AuditLog#note}. */
    void audit(String id, String event, String who, String text) {
        audit.note(id, event, who, text);
    }

    /** As {@link AuditLog#trail}. */
    List<String> auditTrail(int limit) throws StoreException {
        return audit.trail(limit);
    }

    @Override
    public void close() {
        database.close();
    }

    private void markLost() throws StoreException {
        long now = clock.instant().toEpochMilli();
        database.call(statements -> raise(statements, LOST_UNTIL, now));
    }

    private java.util.concurrent.CompletableFuture<Integer> writeLost() {
        long now = clock.instant().toEpochMilli();
        return database.write(statements -> raise(statements, LOST_UNTIL, now));
    }

    private long insert(
            Statements statements,
            String id,
            @Nullable Envelope envelope,
            String hash,
            GatewayState state,
            long expiresAt)
            throws SQLException {
        PreparedStatement insert = statements.get("INSERT INTO command(id, envelope, hash, state, runs, received_at,"
                + " expires_at, started_at, ended_at, cancelled, result, confirmed)"
                + " VALUES(?, ?, ?, ?, 0, ?, ?, 0, 0, 0, NULL, 0) RETURNING position");
        insert.setString(1, id);
        insert.setString(2, envelope == null ? null : text(envelope));
        insert.setString(3, hash);
        insert.setString(4, state.name());
        insert.setLong(5, clock.instant().toEpochMilli());
        insert.setLong(6, expiresAt);
        try (ResultSet rows = insert.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private int end(Statements statements, String id, GatewayState state, String result) throws SQLException {
        PreparedStatement update =
                statements.get("UPDATE command SET state = ?, result = ?, ended_at = ?, confirmed = 0"
                        + " WHERE id = ? AND result IS NULL");
        update.setString(1, state.name());
        update.setString(2, result);
        update.setLong(3, clock.instant().toEpochMilli());
        update.setString(4, id);
        return update.executeUpdate();
    }

    private int forgetSome(Statements statements, String which, long bound, long over) throws SQLException {
        String where = " FROM command WHERE " + which + " AND (result IS NOT NULL OR hash = '') AND expires_at <= ?";
        PreparedStatement latest = statements.get("SELECT MAX(expires_at)" + where);
        latest.setLong(1, bound);
        latest.setLong(2, over);
        try (ResultSet rows = latest.executeQuery()) {
            if (rows.next() && rows.getLong(1) > 0) {
                raise(statements, FORGOTTEN_UNTIL, rows.getLong(1));
            }
        }
        PreparedStatement delete = statements.get("DELETE" + where);
        delete.setLong(1, bound);
        delete.setLong(2, over);
        return delete.executeUpdate();
    }

    /** The greatest position that is behind so many others. */
    private static long position(Statements statements, long count) throws SQLException {
        PreparedStatement query =
                statements.get("SELECT position FROM command ORDER BY position DESC LIMIT 1 OFFSET ?");
        query.setLong(1, count);
        try (ResultSet rows = query.executeQuery()) {
            return rows.next() ? rows.getLong(1) : -1;
        }
    }

    private static int raise(Statements statements, String name, long value) throws SQLException {
        PreparedStatement insert = statements.get("INSERT INTO mark(name, value) VALUES(?, ?) ON CONFLICT(name) DO"
                + " UPDATE SET value = MAX(value, excluded.value)");
        insert.setString(1, name);
        insert.setLong(2, value);
        return insert.executeUpdate();
    }

    private static long mark(Statements statements, String name) throws SQLException {
        PreparedStatement query = statements.get("SELECT value FROM mark WHERE name = ?");
        query.setString(1, name);
        try (ResultSet rows = query.executeQuery()) {
            return rows.next() ? rows.getLong(1) : Long.MIN_VALUE;
        }
    }

    private static List<Entry> entries(PreparedStatement query) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                entries.add(entry(rows));
            }
        }
        return entries;
    }

    private static Entry entry(ResultSet rows) throws SQLException {
        String envelope = rows.getString(3);
        try {
            return new Entry(
                    rows.getLong(1),
                    rows.getString(2),
                    envelope == null ? null : Envelope.read(envelope.getBytes(StandardCharsets.UTF_8)),
                    rows.getString(4),
                    GatewayState.valueOf(rows.getString(5)),
                    rows.getInt(6),
                    rows.getLong(7),
                    rows.getInt(8) == 1,
                    rows.getString(9),
                    rows.getInt(10) == 1);
        } catch (CommandRefusedException e) {
            throw new SQLException("command " + rows.getString(2) + " in the journal: " + e.getMessage(), e);
        }
    }

    private static String text(Envelope envelope) {
        return new String(envelope.encode(), StandardCharsets.UTF_8);
    }
}
