package solutions.itms.scs.api.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What a handler may know of the command it carries out, and tell about it. Thread-safe. */
@ProviderType
public interface CommandContext {
    /** Identifies the command everywhere; 1 to 64 printable ASCII characters. */
    String id();

    /** The device that it is for: 1 to 255 printable characters; the gateway's own id for a command to the gateway. */
    String target();

    /** Who asked for it, for the audit: 1 to 128 printable characters. */
    String requestedBy();

    /** Who agreed to it; null when nobody had to. */
    default @Nullable String approvedBy() {
        return null;
    }

    /** Time until the deadline, by a clock that never jumps; zero when it is over. */
    Duration timeLeft();

    /**
     * Whether somebody wants it to stop. A handler that can still stop without leaving things half done throws a
     * {@link CommandException} with {@link FailureCode#CANCELLED}; one for which it is too late goes on to its end.
     */
    boolean isCancelled();

    /**
     * Tells how far it has come; may be called as often as one likes, what is too much is left out.
     *
     * @param percent 0 to 100
     * @param text what is being done, for people; at most 256 characters
     */
    void progress(int percent, String text);
}
