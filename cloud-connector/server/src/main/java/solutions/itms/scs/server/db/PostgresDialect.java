package solutions.itms.scs.server.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL database, which several servers may share. A commit is on its disk when it returns. */
record PostgresDialect(PostgresAddress address) implements Dialect {
    private static final int WRITERS = 4;
    private static final int READERS = 6;
    private static final int CONNECT_SECONDS = 5;
    /** A host that has gone without a word is noticed after this. */
    private static final int SOCKET_SECONDS = 60;

    private static final int CONNECTION_WAIT_MILLIS = 5_000;
    private static final int VALIDATION_MILLIS = 2_000;
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";

    /** Whatever the database's own setting is: what is acknowledged is on the disk. */
    private static final String DURABLE = "select set_config('synchronous_commit', 'on', false)"
            + " where current_setting('synchronous_commit') in ('off', 'local')";

    @Override
    public HikariDataSource writers() {
        HikariConfig config = config("db-writer", WRITERS);
        config.setConnectionInitSql(DURABLE);
        return new HikariDataSource(config);
    }

    @Override
    public HikariDataSource readers() {
        HikariConfig config = config("db-reader", READERS);
        config.setReadOnly(true);
        // so that a transaction of several queries sees one moment
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setConnectionInitSql("set statement_timeout = '30s'");
        return new HikariDataSource(config);
    }

    /** Flyway locks the schema by itself. */
    @Override
    public void migrate(HikariDataSource writers) {
        PGSimpleDataSource patient = source();
        patient.setSocketTimeout(0);
        Flyway.configure()
                .dataSource(patient)
                .locations("classpath:db/postgresql")
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }

    /** The pool may see everything: it throws connections away that are broken. */
    @Override
    public Connection forTransaction(Connection pooled) {
        return pooled;
    }

    @Override
    public String forUpdate() {
        return " for update";
    }

    @Override
    public BulkInsert bulkInsert() {
        return PostgresDialect::insert;
    }

    /** Data exceptions and broken constraints. */
    @Override
    public boolean isDataFault(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("22") || state.startsWith("23");
    }

    @Override
    public boolean isConflict(SQLException e) {
        return SERIALIZATION_FAILURE.equals(e.getSQLState()) || DEADLOCK.equals(e.getSQLState());
    }

    /** One array for each column: one statement, one plan, one round trip. */
    private static int insert(Connection connection, String table, List<BulkColumn> columns) throws SQLException {
        String names = columns.stream().map(BulkColumn::name).collect(Collectors.joining(", "));
        String marks = columns.stream()
                .map(column -> "?::" + column.kind().sqlType() + "[]")
                .collect(Collectors.joining(", "));
        List<Array> arrays = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("insert into " + table + " (" + names
                + ") select * from unnest(" + marks + ") on conflict do nothing")) {
            for (BulkColumn column : columns) {
                Array array = connection.createArrayOf(
                        column.kind().sqlType(), column.values().toArray());
                arrays.add(array);
                statement.setArray(arrays.size(), array);
            }
            return statement.executeUpdate();
        } finally {
            for (Array array : arrays) {
                array.free();
            }
        }
    }

    private HikariConfig config(String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source());
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(CONNECTION_WAIT_MILLIS);
        config.setValidationTimeout(VALIDATION_MILLIS);
        return config;
    }

    private PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.url());
        source.setUser(address.user());
        source.setPassword(address.password());
        source.setApplicationName("scs-server");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(SOCKET_SECONDS);
        source.setTcpKeepAlive(true);
        return source;
    }
}
