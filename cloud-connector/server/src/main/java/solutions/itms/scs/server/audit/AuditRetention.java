package solutions.itms.scs.server.audit;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.ops.ScarceLog;

/**
 * Deletes rows of the audit that are older than they are to be kept. What is left can still be checked: the hash of the
 * last row that was deleted is kept, and told by a row of its own. A part of the chain that is broken is not deleted.
 * Thread-safe.
 */
public final class AuditRetention {
    /** Of the row that tells where the audit begins now. */
    static final String ACTION = "audit.trim";

    private static final Logger LOGGER = LoggerFactory.getLogger(AuditRetention.class);
    private static final int ROWS_AT_ONCE = 2_000;

    private final Database database;
    private final Clock clock;
    private final Duration keep;
    private final ScarceLog log;
    private final AtomicLong deleted = new AtomicLong();

    public AuditRetention(Database database, Clock clock, Duration keep) {
        this.database = database;
        this.clock = clock;
        this.keep = keep;
        this.log = new ScarceLog(LOGGER, clock);
    }

    /** How many rows were deleted since the start. */
    public long deleted() {
        return deleted.get();
    }

    /** Deletes what is too old now, in transactions that are short. */
    public void sweep() throws SQLException, InterruptedException {
        while (trim()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped");
            }
        }
    }

    static Map<String, @Nullable Object> metadata(long upTo, String sha256) {
        return Map.of("upTo", upTo, "sha256", sha256);
    }

    /** @return whether there may be more */
    private boolean trim() throws SQLException {
        long limit = clock.instant().minus(keep).toEpochMilli();
        AuditChain.Anchor from = database.reading().withHandle(AuditChain::anchor);
        List<AuditChain.Stored> rows =
                database.reading().withHandle(handle -> AuditChain.page(handle, from.seq(), ROWS_AT_ONCE));
        AuditChain.Stored last = null;
        long seq = from.seq();
        String hash = from.sha256();
        for (AuditChain.Stored row : rows) {
            if (!(row.columns().get("at_ms") instanceof Long at) || at >= limit) {
                break;
            }
            if (!row.follows(seq, hash)) {
                log.warn("audit", "row " + row.seq() + " does not fit to the one before; nothing is deleted");
                return false;
            }
            last = row;
            seq = row.seq();
            hash = row.sha256();
        }
        if (last == null) {
            return false;
        }
        AuditChain.Stored upTo = last;
        int count = database.inTransaction(transaction -> cut(transaction, from, upTo));
        deleted.addAndGet(count);
        return upTo.seq() - from.seq() == ROWS_AT_ONCE;
    }

    private int cut(Transaction transaction, AuditChain.Anchor from, AuditChain.Stored upTo) throws SQLException {
        int moved = transaction.update(
                "update audit_anchor set seq = ?, sha256 = ? where id = 1 and seq = ?",
                upTo.seq(),
                upTo.sha256(),
                from.seq());
        if (moved == 0) {
            // another server was quicker
            return 0;
        }
        int count = transaction.update("delete from audit where seq <= ?", upTo.seq());
        Instant now = clock.instant();
        Audit.append(
                transaction,
                AuditEntry.of(now, ACTION, AuditEntry.SYSTEM, null, null, metadata(upTo.seq(), upTo.sha256())));
        return count;
    }
}
