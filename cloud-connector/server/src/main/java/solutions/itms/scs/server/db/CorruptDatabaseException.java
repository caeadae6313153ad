package solutions.itms.scs.server.db;

import java.nio.file.Path;

/** The database file is damaged, or is no database. */
public final class CorruptDatabaseException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;

    CorruptDatabaseException(Path file, String reason) {
        super(reason);
        this.file = file.toString();
    }

    /** The file, for a message to the operator. */
    public String file() {
        return file;
    }
}
