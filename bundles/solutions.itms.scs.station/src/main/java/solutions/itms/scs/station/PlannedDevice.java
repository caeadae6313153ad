package solutions.itms.scs.station;

import org.jspecify.annotations.Nullable;
import solutions.itms.scs.station.config.DeviceSeed;

/**
 * A device that the station is to have.
 *
 * @param ip its planned address, in canonical form
 */
record PlannedDevice(
        String id,
        String ip,
        @Nullable String gateId,
        @Nullable String side,
        @Nullable String type) {

    static PlannedDevice of(DeviceSeed seed) {
        return new PlannedDevice(seed.id(), seed.ip(), seed.gateId(), seed.side(), seed.type());
    }
}
