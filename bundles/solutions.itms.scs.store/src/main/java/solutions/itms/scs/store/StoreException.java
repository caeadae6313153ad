package solutions.itms.scs.store;

import java.io.IOException;
import java.sql.SQLException;

/** A database could not be opened, read or written; the kind says what may help. */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why it failed. */
    public enum Kind {
        /** No room left, on the disk or in the quota; goes on by itself when there is room again. */
        DISK_FULL,
        /** The directory or file can't be written. */
        READ_ONLY,
        /** The file is damaged and could not be replaced. */
        CORRUPT,
        /** More transactions are waiting than may wait. */
        BUSY,
        /** The database has been closed. */
        CLOSED,
        /** The file is from a newer version of this software. */
        TOO_NEW,
        /** Anything else: the transaction itself is wrong, or the disk reports an error. */
        FAILED
    }

    private final Kind kind;

    StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Why it failed. */
    public Kind kind() {
        return kind;
    }

    static StoreException from(SQLException e) {
        return new StoreException(kindOf(e), String.valueOf(e.getMessage()), e);
    }

    private static Kind kindOf(SQLException e) {
        // the low byte is SQLite's primary result code
        return switch (e.getErrorCode() & 0xFF) {
            case 13 -> Kind.DISK_FULL;
            case 8, 14, 3 -> Kind.READ_ONLY;
            case 11, 26 -> Kind.CORRUPT;
            default -> Kind.FAILED;
        };
    }
}
