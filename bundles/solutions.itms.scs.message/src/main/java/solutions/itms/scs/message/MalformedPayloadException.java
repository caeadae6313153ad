package solutions.itms.scs.message;

/** Bytes that are not a payload, or a payload that is not the message it should be. The text says what and where. */
public final class MalformedPayloadException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedPayloadException(String message) {
        super(message);
    }

    public MalformedPayloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
