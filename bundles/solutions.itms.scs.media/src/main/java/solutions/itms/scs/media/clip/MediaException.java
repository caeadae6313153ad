package solutions.itms.scs.media.clip;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** There is no clip, or only a part of one. The message is a sentence for people, without a secret. */
public final class MediaException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** Nobody listens, no way to there, or TLS could not be agreed on. */
        UNREACHABLE,
        /** The server does not want us: wrong user, no right. */
        REFUSED,
        /** The server has no such recording, or nothing in it at that time. */
        NOTHING_THERE,
        /** What the server has can't be put in a file: no codec that is known. */
        UNSUPPORTED,
        /** The server sends nothing any more, and does not when asked anew. */
        STALLED,
        /** The server says what nobody understands. */
        PROTOCOL,
        /** It was called off. */
        CANCELLED,
        /** The file can't be written. */
        DISK
    }

    private final Kind kind;

    @Nullable
    private final transient Clip partial;

    /**
     * @param message a sentence for people
     * @param partial what is in the file nevertheless; null when there is no file
     */
    public MediaException(Kind kind, String message, @Nullable Clip partial) {
        super(message);
        this.kind = kind;
        this.partial = partial;
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }

    /** What is in the file nevertheless: it can be played. */
    public Optional<Clip> partial() {
        return Optional.ofNullable(partial);
    }
}
