package solutions.itms.scs.onvif;

import org.jspecify.annotations.Nullable;

/**
 * Where a camera looks; null where it does not say.
 *
 * @param pan -1 to 1, or in the device's own space
 * @param moving null when it does not tell
 */
public record PtzStatus(
        @Nullable Double pan,
        @Nullable Double tilt,
        @Nullable Double zoom,
        @Nullable Boolean moving) {}
