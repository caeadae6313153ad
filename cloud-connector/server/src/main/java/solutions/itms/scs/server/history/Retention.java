package solutions.itms.scs.server.history;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import solutions.itms.scs.server.db.Database;

/**
 * Deletes samples that are older than they are to be kept, in many short transactions, so that ingest never waits for
 * long. Thread-safe.
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

    /** Deletes what is too old now. */
    public void sweep() throws SQLException, InterruptedException {
        long limit = clock.instant().minus(keep).toEpochMilli();
        long last = 0;
        while (true) {
            List<Long> series = seriesBehind(last);
            if (series.isEmpty()) {
                return;
            }
            while (deleteSome(series, limit) > 0) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("stopped");
                }
            }
            last = series.get(series.size() - 1);
        }
    }

    private List<Long> seriesBehind(long last) {
        return database.reading()
                .withHandle(handle -> handle.createQuery("select id from series where id > ? order by id limit ?")
                        .bind(0, last)
                        .bind(1, SERIES_AT_ONCE)
                        .mapTo(Long.class)
                        .list());
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
