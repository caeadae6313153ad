package solutions.itms.scs.station;

import org.jspecify.annotations.Nullable;

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
        @Nullable String type) {}
