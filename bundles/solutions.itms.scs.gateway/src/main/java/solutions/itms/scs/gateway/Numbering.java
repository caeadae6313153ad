package solutions.itms.scs.gateway;

import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Schema;
import solutions.itms.scs.store.Statements;

/**
 * Gives out the numbers of messages. A number is on the disk before it is used, so that none is used twice; a new
 * database is a new epoch.
 */
final class Numbering {
    static final Schema SCHEMA = Schema.of("CREATE TABLE numbering (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), "
            + "epoch TEXT NOT NULL, last_seq INTEGER NOT NULL)");

    private final Database database;

    Numbering(Database database) {
        this.database = database;
    }

    /** Takes the next numbers; completes with the first of them. */
    CompletableFuture<Sequence> take(int count) {
        return database.write(statements -> {
            Sequence first = next(statements);
            PreparedStatement update = statements.get("UPDATE numbering SET last_seq = ?");
            update.setLong(1, first.seq() + count - 1);
            update.executeUpdate();
            return first;
        });
    }

    private static Sequence next(Statements statements) throws SQLException {
        try (ResultSet row =
                statements.get("SELECT epoch, last_seq FROM numbering").executeQuery()) {
            if (row.next()) {
                return new Sequence(row.getString(1), row.getLong(2) + 1);
            }
        }
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        String epoch = HexFormat.of().formatHex(random);
        PreparedStatement insert = statements.get("INSERT INTO numbering (only_row, epoch, last_seq) VALUES (1, ?, 0)");
        insert.setString(1, epoch);
        insert.executeUpdate();
        return new Sequence(epoch, 1);
    }
}
