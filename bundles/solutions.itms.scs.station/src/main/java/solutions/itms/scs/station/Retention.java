package solutions.itms.scs.station;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.store.Statements;

/**
 * Deletes what is older than it is to be kept, in small pieces: heartbeats do not wait for it. Deletes nothing while the
 * clock may be wrong. Not thread-safe.
 */
final class Retention implements Runnable {
    /** A station with gates that come and go all the time keeps this much, whatever its age. */
    static final int MAX_TRANSITIONS = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int PIECE = 1_000;
    private static final Duration MAX_JUMP = Duration.ofDays(1);

    private final StationDatabase database;
    private final StatusSettings settings;
    private final ClockWatch clockWatch;
    private final Clock clock;
    private final Ticker ticker;
    private final Instant startedAt;
    private final long startedNanos;

    Retention(StationDatabase database, StatusSettings settings, ClockWatch clockWatch, Clock clock, Ticker ticker) {
        this.database = database;
        this.settings = settings;
        this.clockWatch = clockWatch;
        this.clock = clock;
        this.ticker = ticker;
        this.startedAt = clock.instant();
        this.startedNanos = ticker.nanos();
    }

    @Override
    public void run() {
        if (!database.isOpen() || !clockIsSane()) {
            return;
        }
        Instant now = clock.instant();
        long transitions = now.minus(Duration.ofDays(settings.transitionDays())).toEpochMilli();
        long audit = now.minus(Duration.ofDays(settings.auditDays())).toEpochMilli();
        delete(transitions, audit);
    }

    /** Whether time has passed as it should since the start, and nobody says that the clock is off. */
    private boolean clockIsSane() {
        Duration byClock = Duration.between(startedAt, clock.instant());
        Duration byTicker = Duration.ofNanos(ticker.nanos() - startedNanos);
        return byClock.minus(byTicker).abs().compareTo(MAX_JUMP) < 0
                && clockWatch.state().level() != ClockWatch.Level.DRIFT;
    }

    /** Deletes one piece, and goes on behind what waits by then until there is nothing left to delete. */
    private void delete(long transitionsBefore, long auditBefore) {
        database.write(statements -> deletePiece(statements, transitionsBefore, auditBefore))
                .whenComplete((deleted, failure) -> {
                    if (failure != null) {
                        LOG.warn("What is too old could not be deleted: {}", failure.getMessage());
                    } else if (deleted >= PIECE) {
                        delete(transitionsBefore, auditBefore);
                    }
                });
    }

    private static int deletePiece(Statements statements, long transitionsBefore, long auditBefore)
            throws SQLException {
        return run(
                        statements,
                        "DELETE FROM transition WHERE seq IN" + " (SELECT seq FROM transition WHERE at_ms < ? LIMIT "
                                + PIECE + ")",
                        transitionsBefore)
                + run(
                        statements,
                        "DELETE FROM transition WHERE seq IN (SELECT seq FROM transition"
                                + " WHERE seq <= (SELECT max(seq) FROM transition) - ? ORDER BY seq LIMIT " + PIECE
                                + ")",
                        MAX_TRANSITIONS)
                // from the oldest on and never the newest, so that the chain stays whole and goes on
                + run(
                        statements,
                        "DELETE FROM audit WHERE seq < (SELECT min(seq) FROM audit) + " + PIECE
                                + " AND seq < (SELECT min(seq) FROM (SELECT min(seq) AS seq FROM audit WHERE at_ms >= ?"
                                + " UNION ALL SELECT max(seq) FROM audit))",
                        auditBefore);
    }

    private static int run(Statements statements, String sql, long bound) throws SQLException {
        PreparedStatement delete = statements.get(sql);
        delete.setLong(1, bound);
        return delete.executeUpdate();
    }
}
