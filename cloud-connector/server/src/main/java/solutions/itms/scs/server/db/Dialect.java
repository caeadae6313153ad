package solutions.itms.scs.server.db;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** What one kind of database does in its own way. Thread-safe. */
interface Dialect {
    /** A pool for transactions that write. */
    HikariDataSource writers();

    /** A pool for queries. */
    HikariDataSource readers();

    /** Brings the schema up to date; two processes that start at once do it one after the other. */
    void migrate(HikariDataSource writers) throws IOException;

    /** The connection that a transaction talks to. */
    Connection forTransaction(Connection pooled) throws SQLException;

    /** Ends a query that reads rows which the transaction is going to change, so that nobody else changes them. */
    String forUpdate();

    /** Many rows at once. */
    BulkInsert bulkInsert();

    /** Whether the values are at fault rather than the database: trying again can't help. */
    boolean isDataFault(SQLException e);

    /** Whether somebody else came first: trying the whole transaction again helps. */
    boolean isConflict(SQLException e);
}
