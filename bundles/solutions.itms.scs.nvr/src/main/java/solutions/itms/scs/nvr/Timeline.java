package solutions.itms.scs.nvr;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.RecordedEvent;
import solutions.itms.scs.onvif.RecordingInformation;
import solutions.itms.scs.onvif.RecordingTrack;

/**
 * Where a recording has data. Many recorders keep one recording for each channel, as long as the disk: what is missing in it
 * stands in the events of its tracks alone. All times here are the recorder's. Stateless.
 */
final class Timeline {
    private Timeline() {}

    /**
     * Spans with data of one recording within a span.
     *
     * @param events of this recording, in any order: states of its tracks within the span, at its begin, and before
     * @param now by the recorder's clock
     */
    static List<Segment> segments(
            RecordingInformation recording, List<RecordedEvent> events, Instant from, Instant to, Instant now) {
        Instant first =
                recording.earliest() == null || recording.earliest().isBefore(from) ? from : recording.earliest();
        Instant last = end(recording, to, now);
        if (!first.isBefore(last)) {
            return List.of();
        }
        Set<String> pictures = recording.tracks().stream()
                .filter(track -> track.kind() == RecordingTrack.Kind.VIDEO)
                .map(RecordingTrack::token)
                .collect(Collectors.toSet());
        Map<String, List<RecordedEvent>> byTrack = new LinkedHashMap<>();
        events.stream()
                .filter(RecordedEvent::isTrackState)
                .filter(event -> pictures.isEmpty()
                        || pictures.contains(event.track())
                        || event.track().isEmpty())
                .sorted(java.util.Comparator.comparing(RecordedEvent::time).thenComparing(event -> !event.startState()))
                .forEach(event -> byTrack.computeIfAbsent(event.track(), track -> new ArrayList<>())
                        .add(event));
        if (byTrack.isEmpty()) {
            return recording.earliest() == null && recording.latest() == null
                    ? List.of()
                    : List.of(new Segment(first, last));
        }
        List<Segment> spans = new ArrayList<>();
        byTrack.values().forEach(track -> spans.addAll(ofTrack(track, first, last)));
        return Segment.union(spans);
    }

    /** A recording that goes on ends now, whatever its last end was when the recorder wrote it down. */
    private static Instant end(RecordingInformation recording, Instant to, Instant now) {
        Instant latest = recording.latest();
        Instant end = recording.isRecording() || latest == null ? now : latest;
        return end.isBefore(to) ? end : to;
    }

    private static List<Segment> ofTrack(List<RecordedEvent> events, Instant first, Instant last) {
        List<Segment> spans = new ArrayList<>();
        // what begins with the end of data has had some before
        @Nullable Instant since = events.get(0).isDataPresent() ? null : first;
        for (RecordedEvent event : events) {
            if (event.isDataPresent()) {
                since = since == null ? event.time() : since;
            } else if (since != null) {
                add(spans, since, event.time(), first, last);
                since = null;
            }
        }
        if (since != null) {
            add(spans, since, last, first, last);
        }
        return spans;
    }

    private static void add(List<Segment> spans, Instant from, Instant to, Instant first, Instant last) {
        Instant begin = from.isBefore(first) ? first : from;
        Instant end = to.isAfter(last) ? last : to;
        if (begin.isBefore(end)) {
            spans.add(new Segment(begin, end));
        }
    }

    /** Recordings whose state at the begin of a span nothing tells: a search backward has to. */
    static List<String> withoutStart(List<RecordingInformation> recordings, List<RecordedEvent> events) {
        Set<String> told = events.stream()
                .filter(RecordedEvent::isTrackState)
                .map(RecordedEvent::recording)
                .collect(Collectors.toSet());
        return recordings.stream()
                .map(RecordingInformation::token)
                .filter(token -> !told.contains(token))
                .toList();
    }

    /** Of events found backward, the latest of each track. */
    static List<RecordedEvent> latest(List<RecordedEvent> backward) {
        Map<String, RecordedEvent> latest = new LinkedHashMap<>();
        backward.stream()
                .filter(RecordedEvent::isTrackState)
                .forEach(event -> latest.merge(
                        event.recording() + " " + event.track(),
                        event,
                        (a, b) -> a.time().isBefore(b.time()) ? b : a));
        return List.copyOf(latest.values());
    }

    /** Whether any part of a recording may lie in a span; one that tells no times may. */
    static boolean touches(RecordingInformation recording, Instant from, Instant to, Instant now) {
        Instant earliest = Objects.requireNonNullElse(recording.earliest(), Instant.MIN);
        return earliest.isBefore(to) && end(recording, Instant.MAX, now).isAfter(from);
    }
}
