package org.eclipse.kura;

/** An expected failure of a Kura service: a code, and arguments that say what it was about. */
public class KuraException extends Exception {
    private static final long serialVersionUID = 1L;

    private final KuraErrorCode code;

    public KuraException(KuraErrorCode code, Throwable cause, Object... arguments) {
        super(ErrorText.of(code, arguments), cause);
        this.code = code;
    }

    public KuraException(KuraErrorCode code, Object... arguments) {
        super(ErrorText.of(code, arguments));
        this.code = code;
    }

    public KuraException(KuraErrorCode code) {
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

    /** An {@link KuraErrorCode#INTERNAL_ERROR} with this text. */
    public static KuraException internalError(String message) {
        return new KuraException(KuraErrorCode.INTERNAL_ERROR, message);
    }

    /** An {@link KuraErrorCode#INTERNAL_ERROR} with this cause. */
    public static KuraException internalError(Throwable cause) {
        return internalError(cause, cause.getMessage());
    }

    /** An {@link KuraErrorCode#INTERNAL_ERROR} with this cause and text. */
    public static KuraException internalError(Throwable cause, String message) {
        return new KuraException(KuraErrorCode.INTERNAL_ERROR, cause, message);
    }
}
