package solutions.itms.scs.cloud.mqtt;

import solutions.itms.scs.cloud.mqtt.outbox.Message;

/**
 * What somebody wants to hear.
 *
 * @param control whether it is about control topics
 * @param appId application id
 * @param appTopic levels behind it, with wild cards or without; empty = everything of the application
 * @param qos 0 or 1
 */
record Subscription(boolean control, String appId, String appTopic, int qos) {
    /** @throws IllegalArgumentException if no topic filter can be made of it */
    Subscription {
        if (appId.isEmpty() || appId.indexOf('/') >= 0) {
            throw new IllegalArgumentException("appId '" + appId + "' can't be one level of a topic");
        }
        if (appTopic.length() > 8192 || !TopicFilter.isValid(appTopic.isEmpty() ? appId : appId + "/" + appTopic)) {
            throw new IllegalArgumentException("'" + appId + "/" + appTopic + "' can't be subscribed to");
        }
        if (qos < 0 || qos > 1) {
            throw new IllegalArgumentException("qos must be 0 or 1, not " + qos);
        }
    }

    /** The filter for this client in this account. */
    String filter(String account, String clientId) {
        return Message.topic(control, account, clientId, appId, appTopic.isEmpty() ? "#" : appTopic);
    }
}
