package solutions.itms.scs.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.PostgresAddress;
import solutions.itms.scs.server.history.LatestValues;

/** A new database of the kind that this run of the tests is about: SQLite, or PostgreSQL when the property says so. */
public final class TestDatabase {
    private static final boolean POSTGRES = "postgresql".equals(System.getProperty("scs.test.database"));

    private TestDatabase() {}

    public static Database open(Path directory) throws Exception {
        PostgresAddress postgres = freshPostgres();
        return postgres == null ? Database.open(directory.resolve("scs.db")) : Database.open(postgres);
    }

    /** What is latest there, of the last 30 days. */
    public static LatestValues latest(Database database, Clock clock) {
        return new LatestValues(database, clock, Duration.ofDays(30));
    }

    /** Null when this run is about SQLite. */
    public static @Nullable PostgresAddress freshPostgres() {
        return POSTGRES ? TestPostgres.freshDatabase() : null;
    }

    public static boolean isPostgres() {
        return POSTGRES;
    }

    /** The options of a command that opens the database. */
    public static String[] options(@Nullable PostgresAddress postgres, Path directory) {
        if (postgres == null) {
            return new String[0];
        }
        Path password = directory.resolveSibling("database-password");
        try {
            Files.writeString(password, postgres.password() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String[] {
            "--database-url", postgres.url(),
            "--database-user", postgres.user(),
            "--database-password-file", password.toString()
        };
    }
}
