package solutions.itms.scs.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The prepared statements of one connection, each prepared once. Use from the thread that was handed it, only there. */
public final class Statements {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private Object unbroken = new Object();

    Statements(Connection connection) {
        this.connection = connection;
    }

    /** The statement for this SQL, with no parameter set. Not to be closed. */
    public PreparedStatement get(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        } else {
            statement.clearParameters();
        }
        return statement;
    }

    /**
     * The same object as long as nothing that was written over this connection has been rolled back: what is remembered
     * of rows together with it holds as long as it does.
     */
    public Object unbroken() {
        return unbroken;
    }

    /** Closes all of them, to be prepared again: the driver closes some that failed, and says so at their next use only. */
    void forget() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                // it is given up anyway
            }
        }
        prepared.clear();
        unbroken = new Object();
    }

    Connection connection() {
        return connection;
    }
}
