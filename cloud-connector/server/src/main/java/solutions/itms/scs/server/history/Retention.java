package solutions.itms.scs.server.history;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import solutions.itms.scs.server.db.Database;

/**
 * Deletes samples that are older than they are to be kept, and those of gateways that were taken out, in many short
 * transactions, so that ingest never waits for long. Thread-safe.
 */
public final class Retention {
    private static final int SERIES_AT_ONCE = 200;
    private static final int ROWS_AT_ONCE = 2_000;

    private final Database database;
    private final Clock clock;
    private final Duration keep;
    private final AtomicLong deleted = new AtomicLong();

    public Retention(Database database, Clock clock, Duration keep) {
        this.database = database;
        this.clock = clock;
        this.keep = keep;
    }

    /** How many samples were deleted since the start. */
    public long deleted() {
        return deleted.get();
    }

    /** Deletes what is too old now, and what belongs to nobody any more. */
    public void sweep() throws SQLException, InterruptedException {
        sweepRemoved();
        long limit = clock.instant().minus(keep).toEpochMilli();
        long last = 0;
        while (true) {
            List<Long> series = some("select id from series where id > ? order by id limit ?", last);
            if (series.isEmpty()) {
                return;
            }
            deleteAll(series, limit);
            last = series.get(series.size() - 1);
        }
    }

    private void sweepRemoved() throws SQLException, InterruptedException {
        while (true) {
            List<Long> removed = some("select id from removed_series where id > ? order by id limit ?", 0);
            if (removed.isEmpty()) {
                return;
            }
            deleteAll(removed, Long.MAX_VALUE);
            database.inTransaction(transaction -> {
                for (Long id : removed) {
                    transaction.update("delete from removed_series where id = ?", id);
                }
                return true;
            });
        }
    }

    private List<Long> some(String query, long behind) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(query)
                        .bind(0, behind)
                        .bind(1, SERIES_AT_ONCE)
                        .mapTo(Long.class)
                        .list());
    }

    private void deleteAll(List<Long> series, long limit) throws SQLException, InterruptedException {
        while (deleteSome(series, limit) > 0) {
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped");
            }
        }
    }

    /** One transaction; as many rows as fit. */
    private int deleteSome(List<Long> series, long limit) throws SQLException {
        int count = database.inTransaction(transaction -> {
            int rows = 0;
            for (Long id : series) {
                if (rows >= ROWS_AT_ONCE) {
                    break;
                }
                rows += transaction.update("""
                        delete from sample where series_id = ? and at_ms < ? and at_ms <= coalesce(
                            (select at_ms from sample where series_id = ? order by at_ms limit 1 offset ?), ?)""", id, limit, id, (long) ROWS_AT_ONCE, limit);
            }
            return rows;
        });
        deleted.addAndGet(count);
        return count;
    }
}
