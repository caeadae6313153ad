package solutions.itms.scs.message.command;

import java.util.Optional;

/** How far a command has come, by the word of the gateway. */
public enum GatewayState {
    /** It is in the gateway's journal and waits for its turn. */
    QUEUED(false),
    RUNNING(false),
    /** It runs and was asked to stop; whether it still can is not known yet. */
    CANCELLING(false),
    SUCCESS(true),
    /** It was tried and failed. */
    FAILED(true),
    /** It was refused as it is; nothing was tried. */
    REJECTED(true),
    /** It was stopped because somebody asked for that. */
    CANCELLED(true),
    /** Its time was over. */
    TIMEOUT(true);

    private final boolean end;

    GatewayState(boolean end) {
        this.end = end;
    }

    /** Whether it never changes any more. */
    public boolean isFinal() {
        return end;
    }

    /** The state of exactly this name. */
    public static Optional<GatewayState> of(String name) {
        for (GatewayState state : values()) {
            if (state.name().equals(name)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
