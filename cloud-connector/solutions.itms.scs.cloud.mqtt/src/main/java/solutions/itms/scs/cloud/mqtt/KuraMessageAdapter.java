package solutions.itms.scs.cloud.mqtt;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraStoreCapacityReachedException;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.cloud.mqtt.outbox.Message;
import solutions.itms.scs.cloud.mqtt.outbox.OutboxException;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.Sequence;
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

    /** Set by our publishers: who is to hear of the confirmation. */
    static final String PUBLISHER = "scs.publisher";

    /** Kura's own default: after life-cycle messages, replies and alerts. */
    static final int DEFAULT_PRIORITY = 7;

    static final int DEFAULT_QOS = 1;

    private KuraMessageAdapter() {}

    /** @throws KuraException INVALID_PARAMETER when it can't be sent as it is; the text says why */
    static Message outgoing(KuraMessage kura) throws KuraException {
        Options options = new Options(properties(kura));
        boolean control = options.flag(CONTROL, false);
        String appId = options.text(APP_ID, "");
        String appTopic = options.text(APP_TOPIC, "");
        int qos = options.number(QOS, 0, 1, DEFAULT_QOS);
        boolean retain = options.flag(RETAIN, false);
        int priority = options.number(PRIORITY, 0, Integer.MAX_VALUE, DEFAULT_PRIORITY);
        KuraPayload payload = kura.getPayload();
        if (payload == null) {
            options.problem("the message has no payload");
        }
        if (!options.problems().isEmpty()) {
            throw invalid(String.join("; ", options.problems()));
        }
        try {
            Payload content = KuraPayloadAdapter.fromKura(payload);
            return new Message(
                    control,
                    null,
                    appId,
                    appTopic,
                    KuraPayloadAdapter.encode(content),
                    qos,
                    retain,
                    priority,
                    control || !appId.equals(Topics.SCS_V1) ? null : number(content),
                    options.text(PUBLISHER, ""));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    /** What only looks like a number is none: the message is then kept until the broker has it. */
    private static @Nullable Sequence number(Payload payload) {
        try {
            return Sequence.of(payload);
        } catch (MalformedPayloadException e) {
            return null;
        }
    }

    /** @throws IllegalArgumentException if the properties name nothing that can be subscribed to */
    static Subscription subscription(Map<String, Object> properties) {
        Options options = new Options(properties);
        Subscription subscription = new Subscription(
                options.flag(CONTROL, false),
                options.text(APP_ID, ""),
                options.text(APP_TOPIC, ""),
                options.number(QOS, 0, 1, DEFAULT_QOS));
        if (!options.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", options.problems()));
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

    /** Why a message was not accepted, as Kura says it. */
    static KuraException refused(OutboxException e) {
        return switch (e.kind()) {
            case FULL -> new KuraStoreCapacityReachedException(e.getMessage());
            case BUSY, CLOSED -> new KuraStoreException(e.getMessage());
        };
    }

    static KuraException invalid(String why) {
        return new KuraException(KuraErrorCode.INVALID_PARAMETER, why);
    }
}
