package solutions.itms.scs.cloud.mqtt.outbox;

/** A message was not accepted. */
public final class OutboxException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Kind {
        /** There is no room, and nothing less important to drop. */
        FULL,
        /** Too much is being accepted at once; later it may work. */
        BUSY,
        /** The outbox has been closed. */
        CLOSED
    }

    private final Kind kind;

    OutboxException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Why not. */
    public Kind kind() {
        return kind;
    }
}
