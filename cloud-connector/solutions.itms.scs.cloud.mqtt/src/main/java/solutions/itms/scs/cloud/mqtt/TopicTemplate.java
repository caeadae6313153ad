package solutions.itms.scs.cloud.mqtt;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic with {@code $name} in the place of properties of the message.
 *
 * @param text such as {@code $subject} or {@code A1/$assetName}
 */
record TopicTemplate(String text) {
    private static final Pattern TOKEN = Pattern.compile("\\$([\\w.-]+)");

    /**
     * The topic for a message.
     *
     * @throws IllegalArgumentException if the message lacks a property
     */
    String fill(Map<String, ?> properties) {
        Matcher token = TOKEN.matcher(text);
        StringBuilder topic = new StringBuilder();
        while (token.find()) {
            Object value = properties.get(token.group(1));
            if (value == null) {
                throw new IllegalArgumentException(
                        "the topic is '" + text + "', and the message has no property '" + token.group(1) + "'");
            }
            token.appendReplacement(topic, Matcher.quoteReplacement(value.toString()));
        }
        return token.appendTail(topic).toString();
    }
}
