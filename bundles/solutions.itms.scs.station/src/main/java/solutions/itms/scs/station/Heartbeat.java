package solutions.itms.scs.station;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One heartbeat as the gate sent it, checked.
 *
 * @param id unique device id, 1 to 64 characters
 * @param ip address as the gate states it, in canonical form
 * @param status what the gate says of itself
 * @param ts time by the gate's clock; null when it sent none
 * @param message free text, at most 1 KiB, without control characters
 * @param extra fields that this software does not know, as a JSON object; null = none are kept
 */
record Heartbeat(
        String id,
        String ip,
        Status status,
        @Nullable Instant ts,
        @Nullable String message,
        @Nullable String type,
        @Nullable String side,
        @Nullable String gateId,
        @Nullable String stationId,
        @Nullable String extra) {}
