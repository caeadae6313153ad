package solutions.itms.scs.onvif.http;

import java.io.IOException;

/** There was no answer, or none that can be used. Carries no stack: it is an answer, not a fault. */
public final class HttpFailure extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why there is no answer. */
    public enum Kind {
        /** Nobody listens, or there is no way to there. */
        UNREACHABLE,
        /** The time was over. */
        TIMEOUT,
        /** The connection ended before the first byte of an answer. */
        NO_ANSWER,
        /** The connection ended, or an answer was, in the middle. */
        BROKEN,
        /** More was sent than is taken. */
        TOO_LARGE,
        /** TLS could not be agreed on, or the certificate is not the one expected. */
        TLS,
        /** It was called off here. */
        CLOSED
    }

    private final Kind kind;

    /** @param text for people; no secret */
    public HttpFailure(Kind kind, String text) {
        super(text);
        this.kind = kind;
    }

    /** Which kind of failure it is. */
    public Kind kind() {
        return kind;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
