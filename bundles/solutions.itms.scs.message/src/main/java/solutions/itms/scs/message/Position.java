package solutions.itms.scs.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a payload was taken, as in a Kura payload.
 *
 * @param latitude degrees, WGS 84
 * @param longitude degrees, WGS 84
 * @param altitude metres
 * @param precision metres
 * @param heading degrees from north
 * @param speed metres per second
 * @param timestamp time of the fix
 * @param satellites number of satellites in use
 * @param status fix status as the receiver reports it
 */
public record Position(
        double latitude,
        double longitude,
        @Nullable Double altitude,
        @Nullable Double precision,
        @Nullable Double heading,
        @Nullable Double speed,
        @Nullable Instant timestamp,
        @Nullable Integer satellites,
        @Nullable Integer status) {

    /** A position of which only the place is known. */
    public static Position of(double latitude, double longitude) {
        return new Position(latitude, longitude, null, null, null, null, null, null, null);
    }
}
