package solutions.itms.scs.server.db;

import java.sql.SQLException;

/** The database could not do what it was asked to, for example because the disk is full. Nothing was changed. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
