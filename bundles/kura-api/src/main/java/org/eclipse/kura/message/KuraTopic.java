package org.eclipse.kura.message;

/**
 * The parts of a topic {@code [prefix/]account/device/application[/…]}; what the topic has no level for is null.
 *
 * @deprecated applications see topics no more
 */
@Deprecated
public class KuraTopic {
    private final String fullTopic;
    private final String[] topicParts;
    private final String prefix;
    private final String accountName;
    private final String deviceId;
    private final String applicationId;
    private final String applicationTopic;

    public KuraTopic(String fullTopic) {
        this(fullTopic, "$");
    }

    /** A first level that begins with the control prefix is the topic's prefix. */
    public KuraTopic(String fullTopic, String controlPrefix) {
        this.fullTopic = fullTopic;
        this.topicParts = fullTopic.split("/");
        int first = topicParts.length > 0 && topicParts[0].startsWith(controlPrefix) ? 1 : 0;
        this.prefix = first == 1 ? topicParts[0] : null;
        this.accountName = level(first);
        this.deviceId = level(first + 1);
        this.applicationId = level(first + 2);
        String[] parts = fullTopic.split("/", first + 4);
        this.applicationTopic = parts.length == first + 4 ? parts[first + 3] : null;
    }

    private String level(int index) {
        return index < topicParts.length ? topicParts[index] : null;
    }

    public String getFullTopic() {
        return fullTopic;
    }

    public String[] getTopicParts() {
        return topicParts;
    }

    public String getPrefix() {
        return prefix;
    }

    public String getAccountName() {
        return accountName;
    }

    public String getDeviceId() {
        return deviceId;
    }

    public String getApplicationId() {
        return applicationId;
    }

    public String getApplicationTopic() {
        return applicationTopic;
    }
}
