package solutions.itms.scs.server;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.CorruptDatabaseException;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.PostgresAddress;

/** Where the database is, from the command line and the environment. A password is never part of a command line. */
final class DatabaseOptions {
    /** Options of every command that opens the database. */
    static final Set<String> NAMES = Set.of("--database-url", "--database-user", "--database-password-file");

    private static final String PASSWORD_VARIABLE = "SCS_DATABASE_PASSWORD";

    private DatabaseOptions() {}

    /** The PostgreSQL database that is asked for; null for the SQLite file in the data directory. */
    static @Nullable PostgresAddress postgres(Options options, Map<String, String> environment) throws StartException {
        Optional<String> url = options.value("--database-url", environment, "SCS_DATABASE_URL");
        if (url.isEmpty()) {
            return null;
        }
        String user = options.value("--database-user", environment, "SCS_DATABASE_USER")
                .orElseThrow(() -> Options.usage("--database-url needs --database-user, or SCS_DATABASE_USER"));
        String password = options.secret("--database-password-file", environment, PASSWORD_VARIABLE);
        try {
            return new PostgresAddress(url.get(), user, password);
        } catch (IllegalArgumentException e) {
            throw Options.usage(e.getMessage() + " (options --database-url, --database-user, --database-password-file,"
                    + " or the variable " + PASSWORD_VARIABLE + ")");
        }
    }

    /** Opens the database for a command that adds something to it. */
    static Database open(@Nullable PostgresAddress postgres, DataDirectory data) throws StartException, IOException {
        if (postgres != null) {
            return open(postgres);
        }
        try {
            return Database.open(data.database());
        } catch (CorruptDatabaseException e) {
            throw new StartException(
                    StartException.CORRUPT, "the database " + e.file() + " is damaged (" + e.getMessage() + ")");
        }
    }

    static Database open(PostgresAddress postgres) throws StartException {
        try {
            return Database.open(postgres);
        } catch (IOException e) {
            throw new StartException(StartException.USAGE, e.getMessage() + " (option --database-url)");
        }
    }
}
