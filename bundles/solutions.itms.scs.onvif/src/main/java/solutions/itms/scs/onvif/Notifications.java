package solutions.itms.scs.onvif;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.soap.DeviceClock;
import solutions.itms.scs.onvif.soap.DeviceTimes;
import solutions.itms.scs.onvif.xml.XmlNode;

/** Events out of answers and notifications. Stateless. */
final class Notifications {
    private static final int MAX_EVENTS = 1_000;
    private static final int MAX_ITEMS = 16;

    private Notifications() {}

    static List<DeviceEvent> read(XmlNode node, DeviceClock clock) {
        return node.walk()
                .filter(n -> n.name().equals("NotificationMessage"))
                .limit(MAX_EVENTS)
                .map(n -> event(n, clock))
                .filter(event -> !event.topic().isEmpty())
                .toList();
    }

    private static DeviceEvent event(XmlNode notification, DeviceClock clock) {
        String topic = topic(notification.text("Topic").orElse(""));
        // wsnt:Message holds tt:Message
        XmlNode outer = notification.child("Message").orElse(notification);
        XmlNode message = outer.child("Message").orElse(outer);
        Optional<Instant> at = message.attribute("UtcTime").flatMap(DeviceTimes::parse);
        Map<String, String> data = items(message.child("Data").orElse(null));
        data.putAll(items(message.child("Key").orElse(null)));
        return new DeviceEvent(
                at.map(time -> corrected(time, clock)).orElse(null),
                topic,
                message.attribute("PropertyOperation").orElse(""),
                items(message.child("Source").orElse(null)),
                data);
    }

    /** What happened, of an event that was recorded; its time stands elsewhere. */
    static DeviceEvent event(XmlNode notification) {
        XmlNode outer = notification.child("Message").orElse(notification);
        XmlNode message = outer.child("Message").orElse(outer);
        return new DeviceEvent(
                null,
                topic(notification.text("Topic").orElse("")),
                message.attribute("PropertyOperation").orElse(""),
                items(message.child("Source").orElse(null)),
                items(message.child("Data").orElse(null)));
    }

    private static Instant corrected(Instant time, DeviceClock clock) {
        Duration ahead = clock.ahead();
        return ahead == null ? time : time.minus(ahead);
    }

    /** Without prefixes, and without what some devices append. */
    static String topic(String text) {
        StringBuilder out = new StringBuilder();
        for (String part : text.strip().split("/")) {
            String name = part.substring(part.lastIndexOf(':') + 1).strip();
            if (!name.isEmpty() && !name.equals(".")) {
                out.append(out.length() == 0 ? "" : "/").append(name);
            }
        }
        return Management.line(out.toString());
    }

    private static Map<String, String> items(@Nullable XmlNode parent) {
        Map<String, String> items = new LinkedHashMap<>();
        if (parent != null) {
            parent.walk()
                    .filter(node -> node.name().equalsIgnoreCase("SimpleItem"))
                    .limit(MAX_ITEMS)
                    .forEach(node -> node.attribute("Name")
                            .ifPresent(name -> items.put(
                                    Management.line(name),
                                    Management.line(node.attribute("Value").orElse("")))));
        }
        return items;
    }

    /** The topics of a topic set, as paths. */
    static List<String> topics(XmlNode response) {
        return response.find("TopicSet").map(set -> paths(set, "")).orElse(List.of());
    }

    private static List<String> paths(XmlNode node, String path) {
        return node.children().stream()
                .filter(child -> !child.name().equals("MessageDescription")
                        && !child.name().equals("documentation"))
                .flatMap(child -> {
                    String here = path.isEmpty() ? child.name() : path + "/" + child.name();
                    boolean leaf = child.attribute("topic").orElse("").equalsIgnoreCase("true")
                            || child.child("MessageDescription").isPresent();
                    List<String> below = paths(child, here);
                    return leaf && below.isEmpty() ? List.of(here).stream() : below.stream();
                })
                .limit(MAX_EVENTS)
                .toList();
    }
}
