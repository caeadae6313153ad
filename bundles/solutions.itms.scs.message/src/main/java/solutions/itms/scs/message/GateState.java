package solutions.itms.scs.message;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a station says of one of its gates, on topic {@code gate/<id>/state}; the id is a metric too, because a topic
 * level can't hold every id.
 *
 * @param id the gate's id, unique in its station
 * @param status effective status: {@code online}, {@code maintenance}, {@code fault}, {@code offline} or
 *     {@code unknown}
 * @param reportedStatus what the gate itself said last; null when it never did
 * @param lastHeartbeat time of the last heartbeat by the gate's clock
 * @param receivedAt time of the last heartbeat by the station's clock
 * @param ip address that the gate reports
 * @param gateId gate group or lane
 * @param side {@code north} or {@code south}
 * @param type free label of the device's role
 * @param message free text of the last heartbeat
 */
public record GateState(
        String id,
        String status,
        @Nullable String reportedStatus,
        @Nullable Instant lastHeartbeat,
        @Nullable Instant receivedAt,
        @Nullable String ip,
        @Nullable String gateId,
        @Nullable String side,
        @Nullable String type,
        @Nullable String message) {

    /** The subject of the message behind the application id. */
    public String subject() {
        return "gate/" + Topics.encodeLevel(id) + "/state";
    }

    /** The message to send. */
    public Payload toPayload(Instant now) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("id", id);
        metrics.put("status", status);
        putIfPresent(metrics, "reported_status", reportedStatus);
        putIfPresent(metrics, "last_heartbeat", lastHeartbeat == null ? null : lastHeartbeat.toEpochMilli());
        putIfPresent(metrics, "received_at", receivedAt == null ? null : receivedAt.toEpochMilli());
        putIfPresent(metrics, "ip", ip);
        putIfPresent(metrics, "gate_id", gateId);
        putIfPresent(metrics, "side", side);
        putIfPresent(metrics, "type", type);
        putIfPresent(metrics, "message", message);
        return Payload.of(now, metrics);
    }

    /** Reads the message. */
    public static GateState from(Payload payload) throws MalformedPayloadException {
        String id = payload.text("id");
        String status = payload.text("status");
        if (id == null || id.isEmpty() || status == null || status.isEmpty()) {
            throw new MalformedPayloadException("a gate's state needs 'id' and 'status'");
        }
        return new GateState(
                id,
                status,
                payload.text("reported_status"),
                instant(payload.number("last_heartbeat")),
                instant(payload.number("received_at")),
                payload.text("ip"),
                payload.text("gate_id"),
                payload.text("side"),
                payload.text("type"),
                payload.text("message"));
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static void putIfPresent(Map<String, Object> metrics, String name, @Nullable Object value) {
        if (value != null) {
            metrics.put(name, value);
        }
    }
}
