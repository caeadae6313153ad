package solutions.itms.scs.server.db;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;

/**
 * The server's database, an SQLite file or PostgreSQL. Several processes may have it open. A commit is on the disk when
 * it returns. Thread-safe.
 */
public final class Database implements AutoCloseable {
    private static final int MAX_TRIES = 10;

    private final Dialect dialect;
    private final HikariDataSource writers;
    private final HikariDataSource readers;
    private final Jdbi reading;

    private Database(Dialect dialect) {
        this.dialect = dialect;
        writers = dialect.writers();
        readers = dialect.readers();
        reading = Jdbi.create(readers);
    }

    /**
     * Opens the SQLite file, makes it if there is none, and brings its schema up to date.
     *
     * @throws CorruptDatabaseException if the file is damaged or no database; nothing was changed then
     */
    public static Database open(Path file) throws CorruptDatabaseException, IOException {
        IntegrityCheck.run(file);
        return open(new SqliteDialect(file));
    }

    /**
     * Opens the PostgreSQL database, which must be there, and brings its schema up to date.
     *
     * @throws IOException if it can't be reached or refuses; the text is for people and holds no secret
     */
    public static Database open(PostgresAddress address) throws IOException {
        try {
            return open(new PostgresDialect(address));
        } catch (HikariPool.PoolInitializationException | FlywayException e) {
            throw new IOException("cannot use the database " + address + ": " + reason(e), e);
        }
    }

    private static Database open(Dialect dialect) throws IOException {
        Database database = new Database(dialect);
        try {
            dialect.migrate(database.writers);
            return database;
        } catch (RuntimeException | IOException e) {
            database.close();
            throw e;
        }
    }

    /** For queries. */
    public Jdbi reading() {
        return reading;
    }

    /** Whether it answers now; waits some seconds at most. */
    public boolean answers() {
        try {
            return reading.withHandle(
                    handle -> handle.createQuery("select 1").mapTo(Long.class).one() == 1);
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** What is done in one transaction; it is done again when somebody else came first. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Transaction transaction) throws SQLException;
    }

    /**
     * Does the work in one transaction of its own.
     *
     * @throws DatabaseException if the database failed; nothing was changed then
     */
    public <T> T write(Work<T> work) {
        try {
            return inTransaction(work);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** As {@link #write}, for those who handle a failure themselves. */
    public <T> T inTransaction(Work<T> work) throws SQLException {
        for (int tries = 1; ; tries++) {
            try (Transaction transaction = begin()) {
                T result = work.run(transaction);
                transaction.commit();
                return result;
            } catch (SQLException e) {
                if (!dialect.isConflict(e) || tries == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Starts a transaction on a connection that writes; waits while other threads have them all. */
    public Transaction begin() throws SQLException {
        Connection connection = writers.getConnection();
        try {
            return new Transaction(connection, dialect);
        } catch (SQLException e) {
            // somebody else writes for too long; the connection must not get lost over that
            connection.close();
            throw e;
        }
    }

    /** Whether the values are at fault rather than the database: trying again can't help. */
    public boolean isDataFault(SQLException e) {
        return dialect.isDataFault(e);
    }

    /** Whether the failure is that the database can't be reached at present. */
    public static boolean isUnreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql && isConnectionState(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        readers.close();
        writers.close();
    }

    /** Connection exceptions, too many connections, and a database that shuts down or starts. */
    private static boolean isConnectionState(String state) {
        return state.startsWith("08") || state.equals("53300") || state.startsWith("57P");
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
