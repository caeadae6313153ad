package solutions.itms.scs.api.artifact;

import java.io.IOException;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.FailureCode;

/** A file can't be taken: no room in the quota or on the disk, or it is too large. Carries a sentence for people. */
public final class ArtifactException extends IOException {
    private static final long serialVersionUID = 1L;

    private final FailureCode code;

    /** @param text what is wrong, in words for people; no secret, no path */
    public ArtifactException(FailureCode code, String text) {
        super(text);
        this.code = code;
    }

    public ArtifactException(FailureCode code, String text, Throwable cause) {
        super(text, cause);
        this.code = code;
    }

    /** Which kind of failure it is. */
    public FailureCode code() {
        return code;
    }

    /** The same as the answer to a command. */
    public CommandException toCommandException() {
        return new CommandException(code, String.valueOf(getMessage()));
    }
}
