package solutions.itms.scs.command;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Statements;
import solutions.itms.scs.store.StoreException;

/** What happened to commands, and which were refused; the oldest events go. Thread-safe. */
final class AuditLog {
    static final String TABLE =
            "CREATE TABLE audit(number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, id TEXT NOT NULL,"
                    + " event TEXT NOT NULL, who TEXT NOT NULL, text TEXT NOT NULL) STRICT";

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int MAX_EVENTS = 20_000;

    private final Database database;
    private final Clock clock;

    AuditLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Notes what happened; late by some milliseconds, and without a word when the disk does not take it. */
    void note(String id, String event, String who, String text) {
        long at = clock.instant().toEpochMilli();
        database.write(statements -> {
                    PreparedStatement insert =
                            statements.get("INSERT INTO audit(at, id, event, who, text) VALUES(?, ?, ?, ?, ?)");
                    insert.setLong(1, at);
                    insert.setString(2, id);
                    insert.setString(3, event);
                    insert.setString(4, who);
                    insert.setString(5, text);
                    return insert.executeUpdate();
                })
                .whenComplete((done, e) -> {
                    if (e != null) {
                        LOG.debug("The audit was not written", e);
                    }
                });
    }

    /** The latest events, oldest first: event, id and text with blanks between them. */
    List<String> trail(int limit) throws StoreException {
        return database.call(statements -> {
            PreparedStatement query = statements.get("SELECT event, id, text FROM (SELECT * FROM audit ORDER BY number"
                    + " DESC LIMIT ?) ORDER BY number");
            query.setInt(1, limit);
            List<String> trail = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    trail.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3));
                }
            }
            return trail;
        });
    }

    /** Removes what is too much. */
    static void forget(Statements statements) throws SQLException {
        statements
                .get("DELETE FROM audit WHERE number <= (SELECT MAX(number) FROM audit) - " + MAX_EVENTS)
                .executeUpdate();
    }
}
