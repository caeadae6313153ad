package solutions.itms.scs.onvif;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a device has recorded, by its own clock.
 *
 * @param from null when there is nothing, or the device says what can't be
 * @param until null likewise
 * @param recordings how many recordings there are
 */
public record RecordingSummary(
        @Nullable Instant from, @Nullable Instant until, int recordings) {}
