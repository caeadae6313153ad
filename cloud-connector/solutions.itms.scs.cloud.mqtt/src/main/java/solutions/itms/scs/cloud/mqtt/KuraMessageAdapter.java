package solutions.itms.scs.cloud.mqtt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import solutions.itms.scs.message.Topics;

/** Kura's messages and subscriptions, whose properties say where they go, as ours, and back. */
final class KuraMessageAdapter {
    static final String APP_ID = "appId";
    static final String APP_TOPIC = "appTopic";
    static final String QOS = "qos";
    static final String RETAIN = "retain";
    static final String PRIORITY = "priority";
    static final String CONTROL = "control";
    static final String DEVICE_ID = "deviceId";

    /** Kura's own default: after life-cycle messages, replies and alerts. */
    static final int DEFAULT_PRIORITY = 7;

    static final int DEFAULT_QOS = 1;

    private KuraMessageAdapter() {}

    /** @throws KuraException INVALID_PARAMETER when it can't be sent as it is; the text says why */
    static Message outgoing(KuraMessage kura) throws KuraException {
        List<String> problems = new ArrayList<>();
        Values values = new Values(properties(kura), problems);
        boolean control = values.flag(CONTROL, false);
        String appId = values.text(APP_ID, "");
        String appTopic = values.text(APP_TOPIC, "");
        int qos = values.number(QOS, DEFAULT_QOS, 0, 1);
        boolean retain = values.flag(RETAIN, false);
        int priority = values.number(PRIORITY, DEFAULT_PRIORITY, 0, Integer.MAX_VALUE);
        KuraPayload payload = kura.getPayload();
        if (payload == null) {
            problems.add("the message has no payload");
        }
        if (!problems.isEmpty()) {
            throw invalid(String.join("; ", problems));
        }
        try {
            return new Message(control, appId, appTopic, KuraPayloadAdapter.encode(payload), qos, retain, priority);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    /** @throws IllegalArgumentException if the properties name nothing that can be subscribed to */
    static Subscription subscription(Map<String, Object> properties) {
        List<String> problems = new ArrayList<>();
        Values values = new Values(properties, problems);
        Subscription subscription = new Subscription(
                values.flag(CONTROL, false),
                values.text(APP_ID, ""),
                values.text(APP_TOPIC, ""),
                values.number(QOS, DEFAULT_QOS, 0, 1));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return subscription;
    }

    /** A message from the cloud. */
    static KuraMessage incoming(String topic, byte[] payload) {
        Map<String, Object> properties = new HashMap<>();
        Topics.parse(topic).ifPresent(parts -> {
            properties.put(DEVICE_ID, parts.clientId());
            properties.put(APP_ID, parts.appId());
            properties.put(APP_TOPIC, parts.subject());
            properties.put(CONTROL, parts.control());
        });
        return new KuraMessage(KuraPayloadAdapter.decode(payload), properties);
    }

    /** The properties of a message, which may have come without any. */
    static Map<String, Object> properties(KuraMessage kura) {
        Map<String, Object> properties = kura.getProperties();
        return properties == null ? Map.of() : properties;
    }

    static KuraException invalid(String why) {
        return new KuraException(KuraErrorCode.INVALID_PARAMETER, why);
    }
}
