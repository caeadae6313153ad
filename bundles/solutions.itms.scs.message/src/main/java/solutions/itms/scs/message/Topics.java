package solutions.itms.scs.message;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a Kura topic: {@code <account>/<client-id>/<app-id>/<path…>} for data, the same behind
 * {@code $EDC/} for control messages.
 *
 * @param control whether the topic has the control prefix
 * @param account the account (tenant)
 * @param clientId the client id of the gateway or, in replies, of the requester
 * @param appId the application, {@link #SCS_V1} for our data
 * @param path the levels behind the application id, may be empty
 */
public record Topics(boolean control, String account, String clientId, String appId, List<String> path) {
    /** Kura's prefix of control topics. */
    public static final String CONTROL_PREFIX = "$EDC";

    /** The application id of this product's data messages. */
    public static final String SCS_V1 = "SCS-V1";

    /** The application id of Kura's life-cycle messages: BIRTH, APPS, DC and LWT. */
    public static final String MQTT = "MQTT";

    public Topics {
        path = List.copyOf(path);
    }

    /** The parts of a topic name; empty when it is none of Kura's form. */
    public static Optional<Topics> parse(String topic) {
        List<String> levels = Arrays.asList(topic.split("/", -1));
        boolean control = levels.get(0).equals(CONTROL_PREFIX);
        List<String> rest = control ? levels.subList(1, levels.size()) : levels;
        if (rest.size() < 3 || rest.subList(0, 3).stream().anyMatch(String::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(new Topics(control, rest.get(0), rest.get(1), rest.get(2), rest.subList(3, rest.size())));
    }

    /** The levels behind the application id, joined again. */
    public String subject() {
        return String.join("/", path);
    }

    /**
     * Whether this may be one level of a topic: not empty, at most 255 characters, none of {@code / + #} and no
     * control character.
     */
    public static boolean isLevel(String level) {
        return !level.isEmpty()
                && level.length() <= 255
                && level.chars().noneMatch(c -> c == '/' || c == '+' || c == '#' || Character.isISOControl(c));
    }

    /** The text that {@link #encodeLevel} made this level of; what it never makes stays as it is. */
    public static String decodeLevel(String level) {
        StringBuilder out = new StringBuilder(level.length());
        for (int i = 0; i < level.length(); i++) {
            char c = level.charAt(i);
            boolean code = c == '%'
                    && i + 2 < level.length()
                    && Character.digit(level.charAt(i + 1), 16) >= 0
                    && Character.digit(level.charAt(i + 2), 16) >= 0;
            if (code) {
                out.append((char) Integer.parseInt(level.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /**
     * The text as one topic level: the characters that a level can't hold are percent-encoded, and the colon, because two
     * of them name a queue in some brokers. Unique per text.
     */
    public static String encodeLevel(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("%/+#:".indexOf(c) >= 0 || Character.isISOControl(c)) {
                out.append('%').append(String.format(java.util.Locale.ROOT, "%02X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
