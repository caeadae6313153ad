package solutions.itms.scs.onvif.soap;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import solutions.itms.scs.onvif.http.HttpFailure;

/** A call to a device was in vain. Carries no stack: it is an answer, not a fault; its text holds no secret. */
public final class OnvifException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why it was in vain. */
    public enum Kind {
        /** The device can't be reached. */
        UNREACHABLE,
        /** It did not answer in time. */
        TIMEOUT,
        /** It closed the connection instead of answering. */
        NO_ANSWER,
        /** User or password are wrong, missing, or may not do this; nothing is sent for a while. */
        NOT_AUTHORIZED,
        /** The device does not have this function. */
        UNSUPPORTED,
        /** It refused what was asked for, such as a token that it does not know. */
        FAULT,
        /** Its answer can't be read. */
        MALFORMED,
        /** TLS: another certificate, or nothing in common. */
        TLS,
        /** Too much is waiting for this device. */
        BUSY,
        /** The device is not used any more. */
        STOPPED
    }

    private final Kind kind;

    /** @param text for people; no secret */
    public OnvifException(Kind kind, String text) {
        super(text, null, false, false);
        this.kind = kind;
    }

    /** Which kind it is. */
    public Kind kind() {
        return kind;
    }

    /** Whatever a future failed with, as one of these. */
    public static OnvifException of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof OnvifException known) {
            return known;
        }
        if (cause instanceof HttpFailure http) {
            return new OnvifException(kind(http.kind()), String.valueOf(http.getMessage()));
        }
        return new OnvifException(
                Kind.MALFORMED, "the answer can't be used: " + cause.getClass().getSimpleName());
    }

    private static Kind kind(HttpFailure.Kind kind) {
        return switch (kind) {
            case UNREACHABLE -> Kind.UNREACHABLE;
            case TIMEOUT -> Kind.TIMEOUT;
            case NO_ANSWER -> Kind.NO_ANSWER;
            case BROKEN, TOO_LARGE -> Kind.MALFORMED;
            case TLS -> Kind.TLS;
            case CLOSED -> Kind.STOPPED;
        };
    }
}
