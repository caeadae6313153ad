package solutions.itms.scs.server.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The server's SQLite file: one connection that writes and a few that read. Several processes may have it open.
 * Thread-safe.
 *
 * <p>A commit is on the disk when it returns (WAL, synchronous FULL).
 */
public final class Database implements AutoCloseable {
    private static final int READERS = 4;
    private static final int BUSY_MILLIS = 5_000;
    private static final int CONNECTION_WAIT_MILLIS = 10_000;

    private final HikariDataSource writer;
    private final HikariDataSource readers;
    private final Jdbi reading;

    private Database(Path file) {
        writer = pool("db-writer", file, 1, SQLiteConfig.TransactionMode.IMMEDIATE, "pragma query_only = off");
        readers = pool("db-reader", file, READERS, SQLiteConfig.TransactionMode.DEFERRED, "pragma query_only = on");
        reading = Jdbi.create(readers);
    }

    /**
     * Opens the file, makes it if there is none, and brings its schema up to date.
     *
     * @throws CorruptDatabaseException if the file is damaged or no database; nothing was changed then
     */
    public static Database open(Path file) throws CorruptDatabaseException, IOException {
        IntegrityCheck.run(file);
        Database database = new Database(file);
        try {
            database.migrate(file.resolveSibling(file.getFileName() + ".lock"));
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

    /** What is done in one transaction. */
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
        try (Transaction transaction = begin()) {
            T result = work.run(transaction);
            transaction.commit();
            return result;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** Starts a transaction on the writing connection; waits while another thread has it. */
    public Transaction begin() throws SQLException {
        Connection connection = writer.getConnection();
        try {
            return new Transaction(connection);
        } catch (SQLException e) {
            // somebody else writes for too long; the only connection must not get lost over that
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
    }

    /** Two processes that start on a new directory at once must not both create the tables. */
    @SuppressWarnings("try") // the lock is only held
    private void migrate(Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock unused = channel.lock()) {
            Flyway.configure()
                    .dataSource(writer)
                    .locations("classpath:db/sqlite")
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        }
    }

    private static HikariDataSource pool(
            String name, Path file, int size, SQLiteConfig.TransactionMode mode, String initSql) {
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
        sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        sqlite.setBusyTimeout(BUSY_MILLIS);
        sqlite.enforceForeignKeys(true);
        sqlite.setTransactionMode(mode);
        SQLiteDataSource source = new SQLiteDataSource(sqlite);
        source.setUrl("jdbc:sqlite:" + file);
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(CONNECTION_WAIT_MILLIS);
        config.setConnectionInitSql(initSql);
        config.setMaxLifetime(0);
        return new HikariDataSource(config);
    }
}
