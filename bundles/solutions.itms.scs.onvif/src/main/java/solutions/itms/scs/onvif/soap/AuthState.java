package solutions.itms.scs.onvif.soap;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with a device's trust in us.
 *
 * @param mode what it accepts; empty as long as nothing was accepted
 * @param reason why nothing is sent any more; null when all is well
 * @param until when it is tried once more; null when all is well
 * @param attemptsLeft before the device locks the user, as it says; -1 when it does not
 */
public record AuthState(
        String mode, @Nullable String reason, @Nullable Instant until, int attemptsLeft) {
    /** After a refusal nothing is sent for so long: many devices lock a user after five attempts, for half an hour. */
    static final Duration PAUSE = Duration.ofMinutes(31);

    /** Whether calls that need a user are held back at this time. */
    public boolean isBlocked(Instant now) {
        return until != null && now.isBefore(until);
    }
}
