package solutions.itms.scs.server.command;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Where a command stands. The one table of legal moves is {@link #next()}. */
public enum CommandState {
    /** Waits for somebody other than its requester. Nothing was sent. */
    PENDING_APPROVAL,
    /** May go out, and waits for its gateway or for an earlier command of the same target. */
    PENDING,
    /** Handed to the broker. Whether the gateway has it is not known, unless it acknowledged. */
    DISPATCHED,
    /** The gateway says that it works on it. */
    RUNNING,
    /** The gateway was asked to stop; it may refuse, or be too late. */
    CANCELLING,
    /** The gateway says that it was done. */
    SUCCESS,
    /** The gateway says that it was not done, or it could not be handed over. */
    FAILED,
    /** Refused: by the approver, or by the device. */
    REJECTED,
    /** No answer in time. What the gateway did is not known. */
    TIMEOUT,
    /** Stopped because somebody asked for it. */
    CANCELLED,
    /** Its time was over before anything was sent. */
    EXPIRED,
    /** Its gateway was removed. */
    REMOVED;

    /** All that can follow. A report of the gateway may come before what should precede it. */
    Set<CommandState> next() {
        return switch (this) {
            case PENDING_APPROVAL -> EnumSet.of(PENDING, REJECTED, CANCELLED, EXPIRED, REMOVED);
            case PENDING ->
                EnumSet.of(
                        DISPATCHED,
                        RUNNING,
                        CANCELLING,
                        SUCCESS,
                        FAILED,
                        REJECTED,
                        TIMEOUT,
                        CANCELLED,
                        EXPIRED,
                        REMOVED);
            case DISPATCHED -> EnumSet.of(RUNNING, CANCELLING, SUCCESS, FAILED, REJECTED, TIMEOUT, CANCELLED, REMOVED);
            case RUNNING -> EnumSet.of(CANCELLING, SUCCESS, FAILED, REJECTED, TIMEOUT, CANCELLED, REMOVED);
            case CANCELLING -> EnumSet.of(RUNNING, SUCCESS, FAILED, REJECTED, TIMEOUT, CANCELLED, REMOVED);
            case SUCCESS, FAILED, REJECTED, TIMEOUT, CANCELLED, EXPIRED, REMOVED -> EnumSet.noneOf(CommandState.class);
        };
    }

    /** Whether nothing changes it any more. */
    public boolean isFinal() {
        return next().isEmpty();
    }

    /** Those that something still changes. */
    static List<CommandState> open() {
        return Arrays.stream(values()).filter(state -> !state.isFinal()).toList();
    }
}
