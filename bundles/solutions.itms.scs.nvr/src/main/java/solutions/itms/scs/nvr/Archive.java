package solutions.itms.scs.nvr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import solutions.itms.scs.onvif.EventQuery;
import solutions.itms.scs.onvif.Found;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.RecordedEvent;
import solutions.itms.scs.onvif.RecordingInformation;
import solutions.itms.scs.onvif.soap.OnvifException;

/** What a recorder with Profile G holds, found by search. Times go in and come out as the recorder's. Thread-safe. */
final class Archive {
    static final int MAX_RECORDINGS = 256;
    private static final String TRACK_STATE = "RecordingHistory/Track/State";
    private static final int MAX_STATES = 10_000;
    private static final Duration BACK = Duration.ofDays(31);

    private final OnvifDevice device;

    Archive(OnvifDevice device) {
        this.device = device;
    }

    /**
     * What was found.
     *
     * @param segments spans with data by token
     * @param fromEvents whether the spans come from events, so that gaps are known
     * @param events what happened beside
     */
    record Contents(
            List<RecordingInformation> recordings,
            Map<String, List<Segment>> segments,
            boolean fromEvents,
            List<RecordedEvent> events,
            boolean truncated) {}

    /** All recordings with what they hold; asked for one by one where a recorder can't search. */
    CompletableFuture<List<RecordingInformation>> recordings() {
        return device.search()
                .recordings(MAX_RECORDINGS)
                .thenApply(Found::items)
                .exceptionallyCompose(failure -> switch (OnvifException.of(failure)
                        .kind()) {
                    case FAULT, UNSUPPORTED, MALFORMED ->
                        device.recordings()
                                .all()
                                .thenCompose(all -> each(
                                        all.stream()
                                                .map(recording -> recording.token())
                                                .limit(MAX_RECORDINGS)
                                                .toList(),
                                        new ArrayList<>(),
                                        failure));
                    default -> CompletableFuture.failedFuture(failure);
                });
    }

    private CompletableFuture<List<RecordingInformation>> each(
            List<String> tokens, List<RecordingInformation> got, Throwable failure) {
        if (tokens.isEmpty()) {
            return got.isEmpty() ? CompletableFuture.failedFuture(failure) : CompletableFuture.completedFuture(got);
        }
        return device.search()
                .information(tokens.get(0))
                .handle((information, none) -> {
                    if (information != null) {
                        got.add(information);
                    } else if (got.isEmpty()) {
                        return CompletableFuture.<List<RecordingInformation>>failedFuture(none);
                    }
                    return each(tokens.subList(1, tokens.size()), got, failure);
                })
                .thenCompose(next -> next);
    }

    /**
     * What lies in a span.
     *
     * @param wanted tokens; empty for all
     * @param events how many events to tell at most; 0 for none
     */
    CompletableFuture<Contents> contents(List<String> wanted, Instant from, Instant to, int events) {
        Instant now = device.clock().now();
        return recordings()
                .thenApply(all -> all.stream()
                        .filter(recording -> wanted.isEmpty() || wanted.contains(recording.token()))
                        .filter(recording -> Timeline.touches(recording, from, to, now))
                        .toList())
                .thenCompose(touched -> touched.isEmpty()
                        ? CompletableFuture.completedFuture(new Contents(touched, Map.of(), true, List.of(), false))
                        : contents(touched, wanted, from, to, now, events));
    }

    private CompletableFuture<Contents> contents(
            List<RecordingInformation> touched,
            List<String> wanted,
            Instant from,
            Instant to,
            Instant now,
            int events) {
        List<String> scope = wanted.isEmpty()
                ? List.of()
                : touched.stream().map(RecordingInformation::token).toList();
        return states(touched, scope, from, to)
                .thenCompose(states -> happenings(scope, from, to, events).thenApply(happened -> {
                    Map<String, List<Segment>> segments = new LinkedHashMap<>();
                    for (RecordingInformation recording : touched) {
                        List<RecordedEvent> own = states.items().stream()
                                .filter(event -> event.recording().equals(recording.token()))
                                .toList();
                        segments.put(recording.token(), Timeline.segments(recording, own, from, to, now));
                    }
                    return new Contents(
                            touched,
                            segments,
                            states.items().stream().anyMatch(RecordedEvent::isTrackState),
                            happened.items(),
                            states.truncated() || happened.truncated());
                }));
    }

    /** States of tracks; nothing where a recorder can't search for events. */
    private CompletableFuture<Found<RecordedEvent>> states(
            List<RecordingInformation> touched, List<String> scope, Instant from, Instant to) {
        EventQuery query = new EventQuery(from, to, scope, TRACK_STATE, true, MAX_STATES);
        return orNothing(device.search().events(query)).thenCompose(found -> {
            List<String> without = Timeline.withoutStart(touched, found.items());
            if (without.isEmpty()) {
                return CompletableFuture.completedFuture(found);
            }
            EventQuery before = new EventQuery(from, from.minus(BACK), without, TRACK_STATE, false, 4 * without.size());
            return orNothing(device.search().events(before)).thenApply(earlier -> {
                List<RecordedEvent> all = new ArrayList<>(Timeline.latest(earlier.items()));
                all.addAll(found.items());
                return new Found<>(all, found.truncated());
            });
        });
    }

    private CompletableFuture<Found<RecordedEvent>> happenings(
            List<String> scope, Instant from, Instant to, int limit) {
        if (limit == 0) {
            return CompletableFuture.completedFuture(new Found<>(List.of(), false));
        }
        return orNothing(device.search().events(new EventQuery(from, to, scope, "", false, MAX_STATES)))
                .thenApply(found -> {
                    List<RecordedEvent> kept = found.items().stream()
                            .filter(event -> !event.event().topic().startsWith("Recording"))
                            .filter(event -> !event.startState())
                            .toList();
                    return new Found<>(
                            kept.size() > limit ? kept.subList(0, limit) : kept,
                            found.truncated() || kept.size() > limit);
                });
    }

    private static CompletableFuture<Found<RecordedEvent>> orNothing(CompletableFuture<Found<RecordedEvent>> search) {
        return search.exceptionallyCompose(failure -> switch (OnvifException.of(failure)
                .kind()) {
            case FAULT, UNSUPPORTED, MALFORMED -> CompletableFuture.completedFuture(new Found<>(List.of(), false));
            default -> CompletableFuture.failedFuture(failure);
        });
    }

    /** Seconds without data of each recording in a span, by token; a recording whose gaps are not known is left out. */
    CompletableFuture<Map<String, Long>> gaps(Instant from, Instant to) {
        return contents(List.of(), from, to, 0).thenApply(contents -> {
            Map<String, Long> gaps = new LinkedHashMap<>();
            if (contents.fromEvents()) {
                for (RecordingInformation recording : contents.recordings()) {
                    Instant earliest = recording.earliest();
                    Instant begin = earliest == null || earliest.isBefore(from) ? from : earliest;
                    List<Segment> data = contents.segments().getOrDefault(recording.token(), List.of());
                    long without = Duration.between(begin, to).toSeconds()
                            - Segment.length(data).toSeconds();
                    gaps.put(recording.token(), Math.max(0, without));
                }
            }
            return gaps;
        });
    }
}
