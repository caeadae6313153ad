package solutions.itms.scs.server.command;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to have done.
 *
 * @param target the device; the gateway's own id for the gateway itself
 * @param expiresIn how long it may wait for the gateway; null for what is usual
 * @param reason why, in the requester's words
 * @param idempotencyKey the same request twice makes one command
 * @param reauthenticated whether the requester has just given the password again
 * @param fleetId which fleet command it is a part of
 * @param approvedBy who approved the fleet command that it is a part of
 */
public record CommandRequest(
        String gatewayId,
        String target,
        String type,
        Map<String, @Nullable Object> params,
        @Nullable Duration expiresIn,
        @Nullable String reason,
        @Nullable String idempotencyKey,
        boolean reauthenticated,
        @Nullable String fleetId,
        @Nullable String approvedBy) {}
