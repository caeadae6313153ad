package solutions.itms.scs.message;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When the gates of a station were last heard, on topic {@code gate/beats}: one message for many unchanged heartbeats.
 * Each metric but epoch and seq has {@code at.} and the gate's id as its name.
 *
 * @param receivedAt time of the last heartbeat by the station's clock, by gate id
 */
public record GateBeats(Map<String, Instant> receivedAt) {
    /** The subject of the message behind the application id. */
    public static final String SUBJECT = "gate/beats";

    private static final String PREFIX = "at.";

    public GateBeats {
        receivedAt = Map.copyOf(receivedAt);
    }

    /** The message to send. */
    public Payload toPayload(Instant now) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        receivedAt.forEach((id, at) -> metrics.put(PREFIX + id, at.toEpochMilli()));
        return Payload.of(now, metrics);
    }

    /** Reads the message. */
    public static GateBeats from(Payload payload) throws MalformedPayloadException {
        Map<String, Instant> beats = new LinkedHashMap<>();
        for (String name : payload.metrics().keySet()) {
            Long millis = name.startsWith(PREFIX) ? payload.number(name) : null;
            if (millis != null) {
                beats.put(name.substring(PREFIX.length()), Instant.ofEpochMilli(millis));
            }
        }
        return new GateBeats(beats);
    }
}
