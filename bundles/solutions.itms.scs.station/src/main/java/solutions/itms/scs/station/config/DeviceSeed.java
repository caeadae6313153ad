package solutions.itms.scs.station.config;

import org.jspecify.annotations.Nullable;

/**
 * A device that the station is told of before it is heard.
 *
 * @param id its id, unique in the list
 * @param ip its address according to the plan, in canonical form
 * @param gateId the gate that it belongs to
 * @param side {@code north} or {@code south}
 * @param type such as {@code entry-reader}
 */
public record DeviceSeed(
        String id,
        String ip,
        @Nullable String gateId,
        @Nullable String side,
        @Nullable String type) {}
