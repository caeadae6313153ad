package solutions.itms.scs.onvif;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device's clock.
 *
 * @param time what it showed
 * @param source Manual or NTP; empty when it does not say
 * @param zone its time zone as it writes it; empty when it does not say
 * @param aheadMillis of ours; null when its time can't be read
 */
public record DeviceTime(
        @Nullable Instant time,
        String source,
        String zone,
        @Nullable Long aheadMillis) {}
