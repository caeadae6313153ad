package solutions.itms.scs.cloud.mqtt;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.message.Topics;

/**
 * How a publisher sends.
 *
 * @param endpointPid the endpoint to send over; empty = the only one there is
 * @param appId application id
 * @param appTopic levels behind it
 * @param qos 0 or 1
 * @param retain whether the broker keeps the last message
 * @param control whether to the control topics
 * @param priority 0 is the most urgent
 * @param problems what is wrong with the configuration, in words; what could be replaced by a default was
 */
record PublisherSettings(
        String endpointPid,
        String appId,
        TopicTemplate appTopic,
        int qos,
        boolean retain,
        boolean control,
        int priority,
        List<String> problems) {
    static final String APP_ID = Topics.SCS_V1;
    static final String APP_TOPIC = "$subject";
    static final String DATA = "data";
    static final String CONTROL = "control";
    static final int MAX_PRIORITY = 9;

    static PublisherSettings read(Map<String, ?> properties) {
        Options options = new Options(properties);
        String appId = options.text("appId", APP_ID);
        if (!Topics.isLevel(appId)) {
            options.problem("appId must be one level of a topic; using " + APP_ID);
            appId = APP_ID;
        }
        String type = options.text("message.type", DATA).toLowerCase(Locale.ROOT);
        if (!type.equals(DATA) && !type.equals(CONTROL)) {
            options.problem("message.type is neither " + DATA + " nor " + CONTROL + "; using " + DATA);
        }
        return new PublisherSettings(
                options.text("cloud.endpoint.service.pid", ""),
                appId,
                new TopicTemplate(options.text("app.topic", APP_TOPIC)),
                options.number("qos", 0, 1, KuraMessageAdapter.DEFAULT_QOS),
                options.flag("retain", false),
                type.equals(CONTROL),
                options.number("priority", 0, MAX_PRIORITY, KuraMessageAdapter.DEFAULT_PRIORITY),
                options.problems());
    }

    /**
     * The properties that tell an endpoint how to send a message.
     *
     * @param message its own properties; {@code qos} and {@code priority} among them go before ours
     * @throws IllegalArgumentException if the topic needs a property that it lacks
     */
    Map<String, Object> properties(Map<String, ?> message) {
        Object ownQos = message.get(KuraMessageAdapter.QOS);
        Object ownPriority = message.get(KuraMessageAdapter.PRIORITY);
        return Map.of(
                KuraMessageAdapter.APP_ID,
                appId,
                KuraMessageAdapter.APP_TOPIC,
                appTopic.fill(message),
                KuraMessageAdapter.QOS,
                ownQos == null ? qos : ownQos,
                KuraMessageAdapter.RETAIN,
                retain,
                KuraMessageAdapter.CONTROL,
                control,
                KuraMessageAdapter.PRIORITY,
                ownPriority == null ? priority : ownPriority);
    }
}
