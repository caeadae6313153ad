package solutions.itms.scs.onvif;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.soap.OnvifException.Kind;
import solutions.itms.scs.onvif.soap.Service;
import solutions.itms.scs.onvif.xml.XmlNode;

/**
 * Search in recordings. A search is a session at the device, of which there are few: each is ended, whatever happens. What
 * the device was asked to filter is filtered here once more, for many don't. Thread-safe.
 */
public final class RecordingSearch {
    /** A search that takes longer is ended with what was found. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final OnvifDevice device;
    private final Set<SearchSession<?>> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean settled;

    RecordingSearch(OnvifDevice device) {
        this.device = device;
    }

    /** All that was recorded, in one. */
    public CompletableFuture<RecordingSummary> summary() {
        return device.call(device.read(Service.SEARCH, "GetRecordingSummary").withContent())
                .thenApply(node -> {
                    XmlNode summary = node.child("Summary").orElse(node);
                    int count = Math.max(0, summary.whole("NumberRecordings").orElse(0));
                    return count == 0
                            ? new RecordingSummary(null, null, 0)
                            : new RecordingSummary(
                                    RecordingReader.time(summary, "DataFrom"),
                                    RecordingReader.time(summary, "DataUntil"),
                                    count);
                });
    }

    /** What a recording holds. */
    public CompletableFuture<RecordingInformation> information(String recording) {
        return device.call(device.read(Service.SEARCH, "GetRecordingInformation")
                        .with("<tse:RecordingToken>" + XmlNode.escape(recording) + "</tse:RecordingToken>")
                        .withContent())
                .thenApply(node -> RecordingReader.information(
                        node.child("RecordingInformation").orElse(node)));
    }

    /** How recordings were encoded at a time of the device's clock. */
    public CompletableFuture<List<MediaAttributes>> attributes(List<String> recordings, Instant time) {
        StringBuilder parameters = new StringBuilder();
        recordings.forEach(token -> parameters
                .append("<tse:RecordingTokens>")
                .append(XmlNode.escape(token))
                .append("</tse:RecordingTokens>"));
        parameters.append("<tse:Time>").append(time(time)).append("</tse:Time>");
        return device.call(device.read(Service.SEARCH, "GetMediaAttributes").with(parameters.toString()))
                .thenApply(node -> Management.items(node, "MediaAttributes").stream()
                        .map(RecordingReader::attributes)
                        .toList());
    }

    /** The recordings, with what they hold. @param limit how many at most */
    public CompletableFuture<Found<RecordingInformation>> recordings(int limit) {
        SearchSession.Plan<RecordingInformation> plan = new SearchSession.Plan<>(
                "FindRecordings",
                "<tse:Scope/><tse:KeepAliveTime>" + SearchSession.KEEP_ALIVE + "</tse:KeepAliveTime>",
                "GetRecordingSearchResults",
                list -> list.all("RecordingInformation").stream()
                        .map(RecordingReader::information)
                        .filter(found -> !found.token().isEmpty())
                        .toList(),
                limit);
        return run(plan);
    }

    /** Events of recordings. A device that can't filter by topic is asked for all of them. */
    public CompletableFuture<Found<RecordedEvent>> events(EventQuery query) {
        CompletableFuture<Found<RecordedEvent>> filtered = run(plan(query, query));
        return query.topic().isEmpty()
                ? filtered
                : filtered.exceptionallyCompose(
                        failure -> switch (OnvifException.of(failure).kind()) {
                            case FAULT, UNSUPPORTED, MALFORMED, NO_ANSWER -> run(plan(query.withoutTopic(), query));
                            default -> CompletableFuture.failedFuture(failure);
                        });
    }

    private static SearchSession.Plan<RecordedEvent> plan(EventQuery asked, EventQuery wanted) {
        StringBuilder parameters = new StringBuilder();
        parameters.append("<tse:StartPoint>").append(time(asked.from())).append("</tse:StartPoint>");
        parameters.append("<tse:EndPoint>").append(time(asked.to())).append("</tse:EndPoint><tse:Scope>");
        asked.recordings()
                .forEach(token -> parameters
                        .append("<tt:IncludedRecordings>")
                        .append(XmlNode.escape(token))
                        .append("</tt:IncludedRecordings>"));
        parameters.append("</tse:Scope>").append(filter(asked.topic()));
        parameters
                .append("<tse:IncludeStartState>")
                .append(asked.startState())
                .append("</tse:IncludeStartState><tse:KeepAliveTime>")
                .append(SearchSession.KEEP_ALIVE)
                .append("</tse:KeepAliveTime>");
        return new SearchSession.Plan<>(
                "FindEvents",
                parameters.toString(),
                "GetEventSearchResults",
                list -> list.all("Result").stream()
                        .flatMap(result -> RecordingReader.event(result).stream())
                        .filter(wanted::takes)
                        .toList(),
                wanted.limit());
    }

    private static String filter(String topic) {
        if (topic.isEmpty()) {
            return "<tse:SearchFilter/>";
        }
        StringBuilder path = new StringBuilder();
        for (String part : topic.split("/")) {
            path.append(path.length() == 0 ? "tns1:" : "/").append(XmlNode.escape(part));
        }
        return "<tse:SearchFilter><wsnt:TopicExpression"
                + " Dialect=\"http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet\">" + path
                + "</wsnt:TopicExpression></tse:SearchFilter>";
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private <T> CompletableFuture<Found<T>> run(SearchSession.Plan<T> plan) {
        return attempt(plan).exceptionallyCompose(failure -> {
            // a session may end between two pages; what is found anew is the same
            Kind kind = OnvifException.of(failure).kind();
            boolean again = kind == Kind.FAULT || kind == Kind.NO_ANSWER;
            return again ? attempt(plan) : CompletableFuture.failedFuture(failure);
        });
    }

    private <T> CompletableFuture<Found<T>> attempt(SearchSession.Plan<T> plan) {
        SearchSession<T> session = new SearchSession<>(device, plan, LONGEST);
        sessions.add(session);
        if (settled) {
            sessions.remove(session);
            return CompletableFuture.failedFuture(new OnvifException(Kind.STOPPED, "the device is not used any more"));
        }
        return session.run().whenComplete((found, failure) -> sessions.remove(session));
    }

    /** Ends all searches, and begins none any more. @return done when the device was told, or did not answer to it */
    public CompletableFuture<Void> settle() {
        settled = true;
        return CompletableFuture.allOf(
                sessions.stream().map(SearchSession::stop).toArray(CompletableFuture<?>[]::new));
    }

    /** How many searches go on now. */
    public int active() {
        return sessions.size();
    }
}
