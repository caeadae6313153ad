package solutions.itms.scs.server.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gateway as the API shows it. Times are the server's.
 *
 * @param lastSeen when its latest message was received
 * @param connectedSince when its session began; null unless it is online
 * @param gates how many gates it has told of
 * @param received messages taken
 * @param duplicates messages that had been taken before
 * @param gaps numbers that never arrived
 */
public record GatewayView(
        String id,
        String account,
        GatewayStatus status,
        @Nullable Instant lastSeen,
        @Nullable Instant connectedSince,
        long gates,
        long received,
        long duplicates,
        long gaps) {}
