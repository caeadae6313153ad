package solutions.itms.scs.server.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction on a connection that writes, with its prepared statements. It is rolled back by {@link #close} unless
 * it was committed. For one thread.
 *
 * <p>Arguments are {@link String}, {@link Long}, {@link Instant} (stored as milliseconds), {@code byte[]} or null.
 */
public final class Transaction implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Transaction.class);

    private static final int MAX_KEYS = 512;

    private final Connection pooled;
    private final Dialect dialect;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private boolean finished;

    /** Begins. */
    Transaction(Connection pooled, Dialect dialect) throws SQLException {
        this.pooled = pooled;
        this.dialect = dialect;
        this.connection = dialect.forTransaction(pooled);
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            // the driver believes now that it has begun, and would not begin the next time
            undo();
            throw e;
        }
    }

    /** Makes one value of the current row. */
    @FunctionalInterface
    public interface RowReader<T> {
        /** Reads columns only; does not move to another row. */
        T read(ResultSet row) throws SQLException;
    }

    /** Runs a change and says how many rows it changed. */
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        return prepare(sql, arguments).executeUpdate();
    }

    /** Runs a change once for each row of arguments, in as few round trips as the database allows. */
    public void updateEach(String sql, List<@Nullable Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        PreparedStatement statement = statement(sql);
        for (@Nullable Object[] row : rows) {
            bind(statement, row);
            statement.addBatch();
        }
        statement.executeBatch();
    }

    /** Adds many rows; those whose key is there already are left out. Returns how many were added. */
    public int insertAll(String table, List<BulkColumn> columns) throws SQLException {
        return dialect.bulkInsert().run(connection, table, columns);
    }

    /** All rows of a query. */
    public <T> List<T> all(String sql, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        List<T> all = new ArrayList<>();
        try (ResultSet rows = prepare(sql, arguments).executeQuery()) {
            while (rows.next()) {
                all.add(reader.read(rows));
            }
        }
        return all;
    }

    /**
     * All rows of a query with {@code in (?)} in it, for however many keys.
     *
     * @param sql as for one key
     */
    public <T> List<T> allIn(String sql, List<?> keys, RowReader<T> reader) throws SQLException {
        List<T> all = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += MAX_KEYS) {
            List<?> some = keys.subList(from, Math.min(keys.size(), from + MAX_KEYS));
            // few different lengths, so that few different statements are prepared
            @Nullable Object[] padded = new @Nullable Object[Integer.highestOneBit(2 * some.size() - 1)];
            for (int i = 0; i < padded.length; i++) {
                padded[i] = some.get(Math.min(i, some.size() - 1));
            }
            all.addAll(all(sql.replace("in (?)", "in (?" + ", ?".repeat(padded.length - 1) + ")"), reader, padded));
        }
        return all;
    }

    /** The first row of a query; null when it has none. */
    public <T> @Nullable T first(String sql, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = prepare(sql, arguments).executeQuery()) {
            return rows.next() ? reader.read(rows) : null;
        }
    }

    /** The number in the only row and column of a query, such as a count. */
    public long number(String sql, @Nullable Object... arguments) throws SQLException {
        Long number = first(sql, row -> row.getLong(1), arguments);
        return number == null ? 0 : number;
    }

    /** Changes from here on can be undone alone. */
    public Savepoint savepoint() throws SQLException {
        return connection.setSavepoint();
    }

    /** Keeps the changes since the point, as part of the transaction. */
    public void release(Savepoint savepoint) throws SQLException {
        connection.releaseSavepoint(savepoint);
    }

    /** Undoes the changes since the point. */
    public void rollback(Savepoint savepoint) throws SQLException {
        connection.rollback(savepoint);
    }

    /** All changes are on the disk when this returns. */
    public void commit() throws SQLException {
        // SQLite's driver would begin the next transaction at once in its own commit
        connection.setAutoCommit(true);
        finished = true;
    }

    /** Whether the statement's values are at fault rather than the database: trying again can't help. */
    public boolean isDataFault(SQLException e) {
        return dialect.isDataFault(e);
    }

    /** To be put behind a query of rows that are changed later on. */
    public String forUpdate() {
        return dialect.forUpdate();
    }

    @Override
    public void close() throws SQLException {
        statements.values().forEach(Transaction::close);
        if (!finished) {
            undo();
        }
        pooled.close();
    }

    private static void close(PreparedStatement statement) {
        try {
            statement.close();
        } catch (SQLException e) {
            LOGGER.debug("a statement that failed tells so again", e);
        }
    }

    /** The database may have rolled back by itself, as SQLite does on a full disk; then there is nothing left to end. */
    private void undo() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("rollback");
        } catch (SQLException e) {
            LOGGER.debug("nothing to roll back", e);
        }
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOGGER.debug("no transaction to end", e);
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = statement(sql);
        bind(statement, arguments);
        return statement;
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            statement.setObject(i + 1, argument instanceof Instant at ? at.toEpochMilli() : argument);
        }
    }
}
