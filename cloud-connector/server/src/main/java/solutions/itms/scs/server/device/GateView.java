package solutions.itms.scs.server.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gate as the API shows it.
 *
 * @param id the gate's own id, unique in its gateway
 * @param status the station's verdict, or {@code unknown} while the gateway is not online
 * @param reportedStatus what the gate itself said last
 * @param lastSeen last heartbeat by the station's clock
 * @param lastHeartbeat last heartbeat by the gate's clock
 * @param gateId gate group or lane
 */
public record GateView(
        String id,
        String gatewayId,
        String status,
        @Nullable String reportedStatus,
        @Nullable Instant lastSeen,
        @Nullable Instant lastHeartbeat,
        @Nullable String ip,
        @Nullable String gateId,
        @Nullable String side,
        @Nullable String type,
        @Nullable String message) {}
