package solutions.itms.scs.gateway;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.history.Query;
import solutions.itms.scs.api.history.Sample;
import solutions.itms.scs.api.history.TelemetryHistory;
import solutions.itms.scs.message.GateBeats;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Durability;
import solutions.itms.scs.store.Schema;
import solutions.itms.scs.store.Statements;
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;

/**
 * Samples in a file of their own, written every few seconds in one go, and removed when they are too old or take too
 * much room. Thread-safe.
 */
final class History implements TelemetryHistory, AutoCloseable {
    static final Schema SCHEMA = Schema.of(
            "CREATE TABLE sample (number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,"
                    + " subject TEXT NOT NULL, payload BLOB NOT NULL)",
            "CREATE INDEX sample_by_subject ON sample (subject, at)",
            "CREATE INDEX sample_by_time ON sample (at)");

    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final int MAX_WAITING = 5_000;
    private static final int MAX_REMOVED_AT_ONCE = 5_000;

    /** A clock that has moved by more between two looks was set; what seems old may not be. */
    private static final Duration STEP = Duration.ofDays(2);

    private final Stores stores;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread;
    private final Deque<Sample> waiting = new ArrayDeque<>();
    private volatile Retention retention;
    private @Nullable Database database;
    private @Nullable Instant lastLook;

    /**
     * What is kept.
     *
     * @param age zero = nothing
     * @param bytes on the disk
     */
    record Retention(Duration age, long bytes) {}

    /** @param every how often samples are written */
    History(Stores stores, Clock clock, Retention retention, Duration every) {
        this.stores = stores;
        this.clock = clock;
        this.retention = retention;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "scs-history");
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.scheduleWithFixedDelay(this::keep, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    void keepFor(Retention next) {
        retention = next;
    }

    /**
     * Notes a sample; when too many wait for the disk, the oldest is forgotten. That gates live on unchanged is not
     * noted: it would fill and wear the flash more than all else, and the changes tell the same.
     */
    void record(String subject, Payload payload) {
        if (retention.age().isZero() || subject.equals(GateBeats.SUBJECT)) {
            return;
        }
        synchronized (waiting) {
            waiting.addLast(new Sample(0, clock.instant(), subject, payload));
            if (waiting.size() > MAX_WAITING) {
                waiting.removeFirst();
            }
        }
    }

    @Override
    public List<Sample> read(Query query) throws IOException {
        return database().read(statements -> select(statements, query));
    }

    private static List<Sample> select(Statements statements, Query query) throws SQLException {
        boolean all = query.subject().isEmpty();
        boolean prefix = query.subject().endsWith("/");
        PreparedStatement select = statements.get("SELECT number, at, subject, payload FROM sample"
                + " WHERE at BETWEEN ? AND ? AND number > ?"
                + (all ? "" : prefix ? " AND subject >= ? AND subject < ?" : " AND subject = ?")
                + " ORDER BY number LIMIT ?");
        select.setLong(1, query.from().toEpochMilli());
        select.setLong(2, query.to().toEpochMilli());
        select.setLong(3, query.after());
        int next = 4;
        if (!all) {
            select.setString(next++, query.subject());
        }
        if (prefix) {
            // the slash's successor ends the range of all texts that begin so
            select.setString(
                    next++, query.subject().substring(0, query.subject().length() - 1) + "0");
        }
        select.setInt(next, query.limit());
        List<Sample> samples = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                samples.add(new Sample(
                        rows.getLong(1),
                        Instant.ofEpochMilli(rows.getLong(2)),
                        rows.getString(3),
                        PayloadCodec.decode(rows.getBytes(4))));
            }
        } catch (MalformedPayloadException e) {
            throw new SQLException("a sample can't be read: " + e.getMessage(), e);
        }
        return samples;
    }

    /** Writes what waits and removes what is too old or too much. */
    void keep() {
        List<Sample> group;
        synchronized (waiting) {
            group = List.copyOf(waiting);
        }
        try {
            Database file = database();
            if (!group.isEmpty()) {
                file.call(statements -> insert(statements, group));
                synchronized (waiting) {
                    group.forEach(waiting::remove);
                }
            }
            removeOld(file);
            removeTooMuch(file);
        } catch (StoreException | RuntimeException e) {
            LOG.debug("The history waits", e);
        }
    }

    private static int insert(Statements statements, List<Sample> group) throws SQLException {
        for (Sample sample : group) {
            PreparedStatement insert = statements.get("INSERT INTO sample (at, subject, payload) VALUES (?, ?, ?)");
            insert.setLong(1, sample.at().toEpochMilli());
            insert.setString(2, sample.subject());
            insert.setBytes(3, PayloadCodec.encode(sample.payload()));
            insert.executeUpdate();
        }
        return group.size();
    }

    private void removeOld(Database file) throws StoreException {
        Instant now = clock.instant();
        Instant before = lastLook;
        lastLook = now;
        if (before == null || Duration.between(before, now).abs().compareTo(STEP) > 0) {
            return;
        }
        long oldest = now.minus(retention.age()).toEpochMilli();
        file.call(statements -> {
            PreparedStatement delete = statements.get("DELETE FROM sample WHERE number IN"
                    + " (SELECT number FROM sample WHERE at < ? ORDER BY at LIMIT " + MAX_REMOVED_AT_ONCE + ")");
            delete.setLong(1, oldest);
            return delete.executeUpdate();
        });
    }

    private void removeTooMuch(Database file) throws StoreException {
        if (file.sizeOnDisk() <= retention.bytes()) {
            return;
        }
        file.call(statements -> {
            PreparedStatement delete = statements.get("DELETE FROM sample WHERE number IN (SELECT number FROM sample"
                    + " ORDER BY number LIMIT (SELECT count(*) / 4 FROM sample))");
            return delete.executeUpdate();
        });
        file.compact();
    }

    private synchronized Database database() throws StoreException {
        if (database == null) {
            // losing the last seconds is no harm, and the flash is spared
            database = stores.open("history", SCHEMA, Durability.NORMAL);
        }
        return database;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keep();
        Database file = database;
        if (file != null) {
            file.close();
        }
    }
}
