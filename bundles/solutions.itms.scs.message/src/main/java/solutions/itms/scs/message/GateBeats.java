package solutions.itms.scs.message;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When the gates of a station were last heard, on topic {@code gate/beats}: one message for many unchanged heartbeats.
 * Of a gate with id x the metric {@code at.x} is the time by the station's clock, {@code ts.x} that by the gate's.
 *
 * @param beats the last heartbeat by gate id
 */
public record GateBeats(Map<String, Beat> beats) {
    /** The subject of the message behind the application id. */
    public static final String SUBJECT = "gate/beats";

    private static final String RECEIVED_AT = "at.";
    private static final String LAST_HEARTBEAT = "ts.";

    /**
     * One heartbeat.
     *
     * @param receivedAt time by the station's clock
     * @param lastHeartbeat time by the gate's clock
     */
    public record Beat(Instant receivedAt, Instant lastHeartbeat) {}

    public GateBeats {
        beats = Map.copyOf(beats);
    }

    /** The message to send. */
    public Payload toPayload(Instant now) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        beats.forEach((id, beat) -> {
            metrics.put(RECEIVED_AT + id, beat.receivedAt.toEpochMilli());
            metrics.put(LAST_HEARTBEAT + id, beat.lastHeartbeat.toEpochMilli());
        });
        return Payload.of(now, metrics);
    }

    /** Reads the message. */
    public static GateBeats from(Payload payload) throws MalformedPayloadException {
        Map<String, Beat> beats = new LinkedHashMap<>();
        for (String name : payload.metrics().keySet()) {
            if (name.startsWith(RECEIVED_AT)) {
                String id = name.substring(RECEIVED_AT.length());
                Instant receivedAt = instant(payload, name);
                beats.put(id, new Beat(receivedAt, instant(payload, LAST_HEARTBEAT + id)));
            }
        }
        return new GateBeats(beats);
    }

    private static Instant instant(Payload payload, String name) throws MalformedPayloadException {
        Long millis = payload.number(name);
        if (millis == null) {
            throw new MalformedPayloadException("the beats lack '" + name + "'");
        }
        return Instant.ofEpochMilli(millis);
    }
}
