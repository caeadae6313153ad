package solutions.itms.scs.server.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Adds many rows in one go; rows whose key is there already are left out. Stateless. */
interface BulkInsert {
    /**
     * Adds the rows.
     *
     * @param table name of the table
     * @param columns of which each has a value for every row
     * @return how many rows were added
     */
    int run(Connection connection, String table, List<BulkColumn> columns) throws SQLException;
}
