package solutions.itms.scs.server.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an event does to a command.
 *
 * @param kind whether it does anything
 * @param to the state afterwards
 * @param deadline afterwards; null when {@code to} is final
 * @param send what goes to the gateway
 * @param code why, where the server itself decided
 */
record Outcome(
        Kind kind,
        CommandState to,
        @Nullable Instant deadline,
        Send send,
        @Nullable EndCode code) {
    enum Kind {
        /** Another state. */
        MOVED,
        /** The same state; what is sent or the deadline may be new. */
        KEPT,
        /** It came after the end: worth keeping, but it changes nothing. */
        LATE,
        /** Known already, or without meaning now. */
        IGNORED,
        /** Not possible in this state; whoever asked is told. */
        REFUSED
    }

    enum Send {
        NOTHING,
        COMMAND,
        CANCEL
    }

    Outcome {
        if (to.isFinal() != (deadline == null)) {
            throw new IllegalArgumentException("a state has a deadline exactly when it is not final: " + to);
        }
    }

    static Outcome of(Kind kind, Stand now) {
        return new Outcome(kind, now.state(), now.deadline(), Send.NOTHING, null);
    }
}
