package solutions.itms.scs.server.command;

import java.time.Duration;
import java.time.Instant;

/**
 * What the life cycle has to know of one command.
 *
 * @param attempts how often it was given to the dispatcher; 0 = the gateway can't have it
 * @param acknowledged whether the gateway said that it has it
 * @param expiresAt the gateway does not begin after this
 * @param timeout how long the gateway may work on it
 * @param deadline when something happens by itself; null when the state is final
 */
record Stand(
        CommandState state,
        int attempts,
        boolean acknowledged,
        Instant expiresAt,
        Duration timeout,
        @org.jspecify.annotations.Nullable Instant deadline) {
    boolean mayBeAtGateway() {
        return attempts > 0;
    }
}
