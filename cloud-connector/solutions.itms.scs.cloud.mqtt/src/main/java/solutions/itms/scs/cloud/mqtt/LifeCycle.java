package solutions.itms.scs.cloud.mqtt;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import solutions.itms.scs.cloud.mqtt.outbox.Message;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Topics;

/**
 * The messages about the connection itself: birth, list of applications, goodbye and will. Beside Kura's metrics, each
 * has {@code session.id}, random per connection, by which a server can tell an old connection's will from a new one's.
 */
final class LifeCycle {
    static final String BIRTH = "BIRTH";
    static final String APPS = "APPS";
    static final String DISCONNECT = "DC";
    static final String WILL = "LWT";
    static final String SESSION_ID = "session.id";

    private final Supplier<Map<String, String>> profile;
    private final Clock clock;

    /** @param profile what is known about this gateway, by Kura's metric names */
    LifeCycle(Supplier<Map<String, String>> profile, Clock clock) {
        this.profile = profile;
        this.clock = clock;
    }

    /**
     * The first message of a connection, or one about changed applications.
     *
     * @param kind {@link #BIRTH} or {@link #APPS}
     * @param applications ids, comma-separated
     */
    MqttLink.Words hello(String kind, Settings settings, String sessionId, String applications) {
        Map<String, Object> metrics = new LinkedHashMap<>(profile.get());
        metrics.put("uptime", uptime());
        metrics.put("accept_encoding", "gzip");
        metrics.put("payload_encoding", "kura-protobuf");
        metrics.put("application_ids", applications);
        return words(kind, settings, sessionId, metrics);
    }

    MqttLink.Words goodbye(Settings settings, String sessionId) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("uptime", uptime());
        String displayName = profile.get().get("display_name");
        if (displayName != null) {
            metrics.put("display_name", displayName);
        }
        return words(DISCONNECT, settings, sessionId, metrics);
    }

    MqttLink.Words will(Settings settings, String sessionId) {
        return words(WILL, settings, sessionId, Map.of());
    }

    private MqttLink.Words words(String kind, Settings settings, String sessionId, Map<String, Object> metrics) {
        String topic = Message.topic(true, settings.account(), settings.clientId(), Topics.MQTT, kind);
        Payload payload = Payload.of(clock.instant(), metrics).with(SESSION_ID, sessionId);
        return new MqttLink.Words(topic, PayloadCodec.encode(payload));
    }

    /** Milliseconds that this process has run. */
    private static String uptime() {
        return Long.toString(ManagementFactory.getRuntimeMXBean().getUptime());
    }
}
