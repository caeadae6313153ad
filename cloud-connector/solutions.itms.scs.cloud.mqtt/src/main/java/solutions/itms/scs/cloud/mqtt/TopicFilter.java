package solutions.itms.scs.cloud.mqtt;

/** MQTT's rule for which topics a subscription means. */
final class TopicFilter {
    private TopicFilter() {}

    /** Whether messages of the topic go to subscribers of the filter. */
    static boolean matches(String filter, String topic) {
        String[] wanted = filter.split("/", -1);
        String[] levels = topic.split("/", -1);
        if (topic.startsWith("$") && (wanted[0].equals("+") || wanted[0].equals("#"))) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i == levels.length || !(wanted[i].equals("+") || wanted[i].equals(levels[i]))) {
                return false;
            }
        }
        return wanted.length == levels.length;
    }

    /** Whether it may be subscribed to: wild cards only as whole levels, {@code #} only at the end. */
    static boolean isValid(String filter) {
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean last = i == levels.length - 1;
            if ((levels[i].contains("#") && !(levels[i].equals("#") && last))
                    || (levels[i].contains("+") && !levels[i].equals("+"))
                    || levels[i].chars().anyMatch(Character::isISOControl)) {
                return false;
            }
        }
        return !filter.isEmpty();
    }
}
