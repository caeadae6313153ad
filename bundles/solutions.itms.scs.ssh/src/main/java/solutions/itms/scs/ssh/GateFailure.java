package solutions.itms.scs.ssh;

import java.io.IOException;

/** Why a gate could not be asked over SSH, and how far it came; the message is for people and holds no secret. */
final class GateFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final Level level;

    GateFailure(Level level, String reason) {
        super(reason);
        this.level = level;
    }

    /** The level that was not reached. */
    Level level() {
        return level;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
