package solutions.itms.scs.server.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * An SQLite file: one connection that writes and a few that read. Several processes may have it open. A commit is on
 * the disk when it returns (WAL, synchronous FULL).
 */
record SqliteDialect(Path file) implements Dialect {
    private static final int READERS = 4;
    private static final int BUSY_MILLIS = 5_000;
    private static final int CONNECTION_WAIT_MILLIS = 10_000;
    private static final int PRIMARY_CODE = 0xFF;

    @Override
    public HikariDataSource writers() {
        return pool("db-writer", 1, SQLiteConfig.TransactionMode.IMMEDIATE, "pragma query_only = off");
    }

    @Override
    public HikariDataSource readers() {
        return pool("db-reader", READERS, SQLiteConfig.TransactionMode.DEFERRED, "pragma query_only = on");
    }

    @Override
    @SuppressWarnings("try") // the lock is only held
    public void migrate(HikariDataSource writers) throws IOException {
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock unused = channel.lock()) {
            Flyway.configure()
                    .dataSource(writers)
                    .locations("classpath:db/sqlite")
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        }
    }

    /**
     * The pool must not see that a transaction runs: it would end it in its own way, which fails when SQLite has ended it
     * before.
     */
    @Override
    public Connection forTransaction(Connection pooled) throws SQLException {
        return pooled.unwrap(SQLiteConnection.class);
    }

    /** The one who writes is alone. */
    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public BulkInsert bulkInsert() {
        return SqliteDialect::insert;
    }

    /** A batch tells the code in its cause alone. */
    @Override
    public boolean isDataFault(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isDataFault(sql.getErrorCode() & PRIMARY_CODE)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDataFault(int code) {
        return code == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || code == SQLiteErrorCode.SQLITE_TOOBIG.code
                || code == SQLiteErrorCode.SQLITE_MISMATCH.code;
    }

    /** A transaction that writes has the file for itself from its first statement on. */
    @Override
    public boolean isConflict(SQLException e) {
        return false;
    }

    private static int insert(Connection connection, String table, List<BulkColumn> columns) throws SQLException {
        String names = columns.stream().map(BulkColumn::name).collect(Collectors.joining(", "));
        String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        int added = 0;
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into " + table + " (" + names + ") values (" + marks + ") on conflict do nothing")) {
            int rows = columns.get(0).values().size();
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < columns.size(); i++) {
                    statement.setObject(i + 1, columns.get(i).values().get(row));
                }
                added += statement.executeUpdate();
            }
        }
        return added;
    }

    private HikariDataSource pool(String name, int size, SQLiteConfig.TransactionMode mode, String initSql) {
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
