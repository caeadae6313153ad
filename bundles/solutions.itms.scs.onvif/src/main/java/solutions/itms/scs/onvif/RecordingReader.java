package solutions.itms.scs.onvif;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.soap.DeviceTimes;
import solutions.itms.scs.onvif.xml.XmlNode;

/** Recordings out of answers. Stateless. */
final class RecordingReader {
    /** No recorder is older; some begin at 1970 when they don't know better. */
    private static final Instant OLDEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Pattern DURATION = Pattern.compile(
            "P(?:(\\d{1,4})Y)?(?:(\\d{1,4})M)?(?:(\\d{1,6})D)?(?:T(?:(\\d{1,7})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9})(?:\\.\\d+)?S)?)?");
    private static final int MAX_TRACKS = 64;

    private RecordingReader() {}

    /** The time in an element; null when there is none, or one that can't be. */
    static @Nullable Instant time(XmlNode node, String name) {
        return node.text(name)
                .flatMap(DeviceTimes::parse)
                .filter(time -> !time.isBefore(OLDEST))
                .orElse(null);
    }

    /** Null for none, for zero, and for what can't be read. */
    static @Nullable Duration duration(String text) {
        Matcher m = DURATION.matcher(text.strip());
        if (!m.matches()) {
            return null;
        }
        Duration all = Duration.ofDays(number(m, 1) * 365 + number(m, 2) * 30 + number(m, 3))
                .plusHours(number(m, 4))
                .plusMinutes(number(m, 5))
                .plusSeconds(number(m, 6));
        return all.isZero() ? null : all;
    }

    private static long number(Matcher m, int group) {
        return m.group(group) == null ? 0 : Long.parseLong(m.group(group));
    }

    static String text(XmlNode node, String... path) {
        return node.text(path).map(Management::line).orElse("");
    }

    /** One manufacturer calls it otherwise. */
    private static String content(XmlNode node) {
        return node.text("Content")
                .or(() -> node.text("ContentRecording"))
                .map(Management::line)
                .orElse("");
    }

    static Recording recording(XmlNode item) {
        XmlNode configuration = item.child("Configuration").orElse(item);
        List<RecordingTrack> tracks = item.walk()
                .filter(node ->
                        node.name().equals("Track") && node.text("TrackToken").isPresent())
                .limit(MAX_TRACKS)
                .map(RecordingReader::track)
                .toList();
        return new Recording(
                text(item, "RecordingToken"),
                text(configuration, "Source", "SourceId"),
                text(configuration, "Source", "Name"),
                text(configuration, "Source", "Location"),
                content(configuration),
                configuration
                        .text("MaximumRetentionTime")
                        .map(RecordingReader::duration)
                        .orElse(null),
                tracks);
    }

    private static RecordingTrack track(XmlNode node) {
        XmlNode configuration = node.child("Configuration").orElse(node);
        return new RecordingTrack(
                text(node, "TrackToken"),
                RecordingTrack.Kind.of(text(configuration, "TrackType")),
                text(configuration, "Description"),
                time(node, "DataFrom"),
                time(node, "DataTo"));
    }

    static RecordingInformation information(XmlNode node) {
        List<RecordingTrack> tracks = node.all("Track").stream()
                .limit(MAX_TRACKS)
                .map(RecordingReader::track)
                .toList();
        Instant earliest = Optional.ofNullable(time(node, "EarliestRecording"))
                .orElseGet(() -> tracks.stream()
                        .flatMap(track -> Optional.ofNullable(track.from()).stream())
                        .min(Instant::compareTo)
                        .orElse(null));
        Instant latest = Optional.ofNullable(time(node, "LatestRecording"))
                .orElseGet(() -> tracks.stream()
                        .flatMap(track -> Optional.ofNullable(track.to()).stream())
                        .max(Instant::compareTo)
                        .orElse(null));
        String status = text(node, "RecordingStatus");
        return new RecordingInformation(
                text(node, "RecordingToken"),
                text(node, "Source", "SourceId"),
                text(node, "Source", "Name"),
                text(node, "Source", "Location"),
                content(node),
                earliest,
                latest,
                tracks,
                status.isEmpty() ? "Unknown" : status);
    }

    static Optional<RecordedEvent> event(XmlNode result) {
        XmlNode holder = result.child("Event").orElse(result);
        DeviceEvent event = Notifications.event(holder);
        Instant time = time(result, "Time");
        if (time == null || event.topic().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RecordedEvent(
                text(result, "RecordingToken"),
                text(result, "TrackToken"),
                time,
                event,
                text(result, "StartStateEvent").equalsIgnoreCase("true")
                        || text(result, "StartStateEvent").equals("1")));
    }

    static MediaAttributes attributes(XmlNode node) {
        return new MediaAttributes(
                text(node, "RecordingToken"),
                time(node, "From"),
                time(node, "Until"),
                node.all("TrackAttributes").stream()
                        .limit(MAX_TRACKS)
                        .map(RecordingReader::attributesOfTrack)
                        .toList());
    }

    private static MediaAttributes.Track attributesOfTrack(XmlNode node) {
        XmlNode information = node.child("TrackInformation").orElse(node);
        XmlNode media = node.child("VideoAttributes")
                .or(() -> node.child("AudioAttributes"))
                .orElse(node);
        return new MediaAttributes.Track(
                text(information, "TrackToken"),
                RecordingTrack.Kind.of(text(information, "TrackType")),
                text(media, "Encoding"),
                media.whole("Width").orElse(null),
                media.whole("Height").orElse(null),
                media.number("Framerate").orElse(null),
                media.whole("Bitrate").orElse(null));
    }
}
