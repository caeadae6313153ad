package solutions.itms.scs.server.device;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any device as the API shows it: gateways, gates, and what gateways have told of others. Times are the server's.
 *
 * @param id unique within the gateway; the gateway's own for the gateway
 * @param type such as {@code EDGE_CONTROLLER}, {@code GATE} or {@code CAMERA}
 * @param parentSensorId the device that it hangs on; null for a gateway
 * @param address without credentials
 * @param profiles names of what it offers
 * @param status {@code unknown} while its gateway is not online
 * @param revision of the gateway's list in which something of it changed last; null for gateways and gates
 * @param firstSeen null for gates
 */
public record DeviceView(
        String id,
        String gatewayId,
        String type,
        @Nullable String parentSensorId,
        @Nullable String name,
        @Nullable String manufacturer,
        @Nullable String model,
        @Nullable String firmware,
        @Nullable String serial,
        @Nullable String address,
        List<?> profiles,
        String status,
        @Nullable Long revision,
        @Nullable Instant firstSeen,
        @Nullable Instant lastSeen) {}
