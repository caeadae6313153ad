package solutions.itms.scs.onvif;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an event means, whoever made the device.
 *
 * @param kind which kind of thing was seen
 * @param rule what saw it, such as VehicleDetect; the last part of the topic that names it
 * @param source token of the video source or input; empty when the event does not say
 * @param active whether it is there, or is over
 */
public record Sighting(Kind kind, String rule, String source, boolean active) {
    /** Kinds of things. */
    public enum Kind {
        /** Something moves, or a detector has found somebody or something. */
        MOTION,
        /** The camera is covered, turned, blinded or out of focus. */
        TAMPER,
        /** A contact at the camera. */
        DIGITAL_INPUT,
        /** A relay of the camera. */
        RELAY,
        /** Hardware of the camera fails. */
        FAILURE
    }

    private static final List<String> TAMPERING = List.of(
            "tamper",
            "globalscenechange",
            "imagetoodark",
            "imagetoobright",
            "imagetooblurry",
            "signalloss",
            "signallost",
            "videoloss",
            "shelter",
            "defocus");
    private static final List<String> MOVING = List.of(
            "motion",
            "peopledetect",
            "vehicledetect",
            "dogcatdetect",
            "facedetect",
            "people",
            "vehicle",
            "human",
            "face",
            "intrusion",
            "linedetector",
            "linecross",
            "fielddetector",
            "objectsinside",
            "crossed",
            "package",
            "visitor",
            "tpsmartevent",
            "smartevent",
            "pet");
    private static final List<String> STATES =
            List.of("state", "logicalstate", "ismotion", "istamper", "active", "isinside", "value", "alarm");

    /** What an event means; empty when it is none of these kinds, or says nothing that is true or false. */
    public static Optional<Sighting> of(DeviceEvent event) {
        String topic = event.topic().toLowerCase(Locale.ROOT);
        Optional<Kind> kind = kind(topic);
        return kind.flatMap(known -> state(event, topic)
                .map(active -> new Sighting(
                        known, event.topic().substring(event.topic().lastIndexOf('/') + 1), source(event), active)));
    }

    private static Optional<Kind> kind(String topic) {
        if (topic.contains("trigger/digitalinput") || topic.contains("io/port") || topic.contains("alarmin")) {
            return Optional.of(Kind.DIGITAL_INPUT);
        }
        if (topic.contains("trigger/relay")) {
            return Optional.of(Kind.RELAY);
        }
        if (topic.contains("hardwarefailure")) {
            return Optional.of(Kind.FAILURE);
        }
        if (TAMPERING.stream().anyMatch(topic::contains)) {
            return Optional.of(Kind.TAMPER);
        }
        return MOVING.stream().anyMatch(topic::contains) ? Optional.of(Kind.MOTION) : Optional.empty();
    }

    private static Optional<Boolean> state(DeviceEvent event, String topic) {
        for (String name : STATES) {
            for (Map.Entry<String, String> item : event.data().entrySet()) {
                if (item.getKey().toLowerCase(Locale.ROOT).equals(name)) {
                    return truth(item.getValue());
                }
            }
        }
        List<Boolean> truths = event.data().values().stream()
                .flatMap(value -> truth(value).stream())
                .toList();
        if (truths.size() == 1) {
            return Optional.of(truths.get(0));
        }
        // a crossing is a moment: it has no state
        return topic.contains("cross") && truths.isEmpty() ? Optional.of(true) : Optional.empty();
    }

    private static Optional<Boolean> truth(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1", "active", "on", "yes" -> Optional.of(true);
            case "false", "0", "inactive", "off", "no" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static String source(DeviceEvent event) {
        for (String wanted : List.of("videosource", "source", "inputtoken", "relaytoken", "token")) {
            for (Map.Entry<String, String> item : event.source().entrySet()) {
                if (item.getKey().toLowerCase(Locale.ROOT).contains(wanted)) {
                    return item.getValue();
                }
            }
        }
        return event.source().values().stream().findFirst().orElse("");
    }
}
