package solutions.itms.scs.server.broker;

import java.util.Optional;
import solutions.itms.scs.message.Topics;
import solutions.itms.scs.server.device.GatewayIdentity;

/** Which topics a gateway may use: its own, and replies to whoever asked it. Stateless. */
final class TopicRights {
    private TopicRights() {}

    /** Whether the gateway may publish to this topic name. */
    static boolean mayPublish(GatewayIdentity gateway, String topic) {
        if (isOdd(topic)) {
            return false;
        }
        return isOwn(gateway, topic) || isAnswer(gateway, topic);
    }

    /** Whether the gateway may subscribe with this filter; wildcards only behind its own prefix. */
    static boolean maySubscribe(GatewayIdentity gateway, String filter) {
        return !filter.contains("::") && isOwn(gateway, filter);
    }

    private static boolean isOwn(GatewayIdentity gateway, String topic) {
        String own = gateway.account() + "/" + gateway.id() + "/";
        return topic.startsWith(own) || topic.startsWith(Topics.CONTROL_PREFIX + "/" + own);
    }

    /** {@code $EDC/<account>/<requester>/<app>/REPLY|NOTIFY/…}; nobody may speak of another's life cycle. */
    private static boolean isAnswer(GatewayIdentity gateway, String topic) {
        Optional<Topics> parsed = Topics.parse(topic);
        return parsed.isPresent() && isAnswer(gateway, parsed.get());
    }

    private static boolean isAnswer(GatewayIdentity gateway, Topics topic) {
        if (!topic.control()
                || !topic.account().equals(gateway.account())
                || topic.appId().equals(Topics.MQTT)) {
            return false;
        }
        if (topic.path().size() < 2) {
            return false;
        }
        String kind = topic.path().get(0);
        boolean namesItself = topic.path().get(1).equals(gateway.id());
        return kind.equals("REPLY") || (kind.equals("NOTIFY") && namesItself);
    }

    /** Two colons would name a queue in Artemis; wildcards are no topic name. */
    private static boolean isOdd(String topic) {
        return topic.contains("::") || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0;
    }
}
