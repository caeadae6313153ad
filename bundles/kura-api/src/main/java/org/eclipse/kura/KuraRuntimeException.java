package org.eclipse.kura;

/** As {@link KuraException}, where callers need not expect it. */
public class KuraRuntimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final KuraErrorCode code;

    public KuraRuntimeException(KuraErrorCode code, Throwable cause, Object... arguments) {
        super(ErrorText.of(code, arguments), cause);
        this.code = code;
    }

    public KuraRuntimeException(KuraErrorCode code, Object... arguments) {
        super(ErrorText.of(code, arguments));
        this.code = code;
    }

    public KuraRuntimeException(KuraErrorCode code) {
        this(code, (Object[]) null);
    }

    /** What went wrong. */
    public KuraErrorCode getCode() {
        return code;
    }

    @Override
    public String getMessage() {
        return super.getMessage();
    }

    @Override
    public String getLocalizedMessage() {
        return getMessage();
    }
}
