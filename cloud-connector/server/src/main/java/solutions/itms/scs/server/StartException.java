package solutions.itms.scs.server;

/** The server can't start, for a reason that the operator can mend. The message is one line for people. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Wrong command line, or a port or directory that is in use. */
    static final int USAGE = 2;

    /** The database is damaged. */
    static final int CORRUPT = 3;

    private final int exitStatus;

    StartException(int exitStatus, String message) {
        super(message);
        this.exitStatus = exitStatus;
    }

    /** What the process ends with. */
    public int exitStatus() {
        return exitStatus;
    }
}
