package solutions.itms.scs.cloud.mqtt.outbox;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.message.Topics;

/**
 * A message on its way to the cloud. Account and client id come in when it is sent, so that it still fits after those
 * were changed.
 *
 * @param control whether it goes to the control topics
 * @param addressee whose topic it goes to instead of our own, as replies do; null = our own
 * @param appId application id, one topic level
 * @param appTopic levels behind the application id, may be empty
 * @param payload encoded payload; nobody may change it
 * @param qos 0 or 1
 * @param retain whether the broker shall keep it
 * @param priority 0 is the most urgent; above {@link Keys#LEAST_URGENT} it counts as that
 * @param number by which the server takes it once and sends a receipt; null when it has none
 * @param source who sent it, for the id; empty when nobody wants to know
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied for nobody
public record Message(
        boolean control,
        @Nullable String addressee,
        String appId,
        String appTopic,
        byte[] payload,
        int qos,
        boolean retain,
        int priority,
        @Nullable Sequence number,
        String source) {
    /** What it counts for beside its payload: topic, number and the database's own, roughly. */
    static final int OVERHEAD_BYTES = 128;

    private static final int MAX_TOPIC_BYTES = 8192;

    /** @throws IllegalArgumentException if the topic can't be one, or qos or priority is out of range */
    public Message {
        if (!Topics.isLevel(appId)) {
            throw new IllegalArgumentException("appId '" + appId + "' can't be one level of a topic");
        }
        if (addressee != null && !Topics.isLevel(addressee)) {
            throw new IllegalArgumentException("'" + addressee + "' can't be one level of a topic");
        }
        if (appTopic.getBytes(StandardCharsets.UTF_8).length > MAX_TOPIC_BYTES
                || appTopic.chars().anyMatch(c -> c == '+' || c == '#' || Character.isISOControl(c))) {
            throw new IllegalArgumentException("'" + appTopic + "' can't be part of a topic");
        }
        if (qos < 0 || qos > 1) {
            throw new IllegalArgumentException("qos must be 0 or 1, not " + qos);
        }
        if (priority < 0) {
            throw new IllegalArgumentException("priority must be 0 or more, not " + priority);
        }
    }

    /** The topic in this account, for this client. */
    public String topic(String account, String clientId) {
        return topic(control, account, addressee == null ? clientId : addressee, appId, appTopic);
    }

    /** A topic of Kura's form. */
    public static String topic(boolean control, String account, String clientId, String appId, String appTopic) {
        String head = (control ? Topics.CONTROL_PREFIX + "/" : "") + account + "/" + clientId + "/" + appId;
        return appTopic.isEmpty() ? head : head + "/" + appTopic;
    }

    /** Bytes that it takes in the queue. */
    long size() {
        return payload.length + (long) OVERHEAD_BYTES;
    }
}
