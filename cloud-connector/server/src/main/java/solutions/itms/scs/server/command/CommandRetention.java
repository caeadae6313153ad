package solutions.itms.scs.server.command;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import solutions.itms.scs.server.db.Database;

/**
 * Deletes commands, with their history, that ended longer ago than they are to be kept. What the audit says of them
 * stays. Thread-safe.
 */
public final class CommandRetention {
    private static final int ROWS_AT_ONCE = 500;

    private final Database database;
    private final Clock clock;
    private final Duration keep;
    private final AtomicLong deleted = new AtomicLong();

    public CommandRetention(Database database, Clock clock, Duration keep) {
        this.database = database;
        this.clock = clock;
        this.keep = keep;
    }

    /** How many commands were deleted since the start. */
    public long deleted() {
        return deleted.get();
    }

    /** Deletes what is too old now, in transactions that are short. */
    public void sweep() throws SQLException, InterruptedException {
        long limit = clock.instant().minus(keep).toEpochMilli();
        while (delete(limit) == ROWS_AT_ONCE) {
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped");
            }
        }
        database.inTransaction(transaction -> transaction.update("""
                delete from fleet_command where created_at_ms < ?
                  and state in ('STOPPED', 'CANCELLED', 'REJECTED', 'EXPIRED', 'DONE')
                  and not exists (select 1 from command c where c.fleet_id = fleet_command.id)""", limit));
    }

    private int delete(long limit) throws SQLException {
        int count = database.inTransaction(transaction -> transaction.update("""
                delete from command where number in (
                  select number from command where deadline_ms is null and ended_at_ms < ?
                  order by ended_at_ms limit ?)""", limit, (long) ROWS_AT_ONCE));
        deleted.addAndGet(count);
        return count;
    }
}
