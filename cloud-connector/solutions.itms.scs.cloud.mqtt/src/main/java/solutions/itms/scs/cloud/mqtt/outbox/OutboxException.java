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

    private OutboxException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Why not. */
    public Kind kind() {
        return kind;
    }

    static OutboxException full() {
        return new OutboxException(
                Kind.FULL, "the queue is full, and nothing in it is less important than this message");
    }

    static OutboxException tooLarge(long bytes, long maxBytes) {
        return new OutboxException(Kind.FULL, "the message takes " + bytes + " bytes, the whole queue has " + maxBytes);
    }

    static OutboxException busy(Exception cause) {
        return new OutboxException(Kind.BUSY, String.valueOf(cause.getMessage()));
    }

    static OutboxException closed() {
        return new OutboxException(Kind.CLOSED, "the queue is closed");
    }
}
