package solutions.itms.scs.testkit.nvr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import solutions.itms.scs.testkit.camera.SimulatedCamera;
import solutions.itms.scs.testkit.rtsp.Recording;

/** The search service of a simulated recorder. A session that nobody ended stays open, for tests to see. */
public final class NvrSearch {
    private static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(10);
    private static final String TRACK_STATE = "tns1:RecordingHistory/Track/State";

    private final SimulatedNvr nvr;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final List<Happening> happenings = new CopyOnWriteArrayList<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final AtomicInteger begun = new AtomicInteger();

    private static final class Session {
        final List<String> left = new ArrayList<>();
        int pages;
    }

    /** Something that happened, beside the begin and the end of data. */
    private record Happening(String recording, Instant time, String topic, String data) {}

    private record Result(Instant time, String xml) {}

    NvrSearch(SimulatedNvr nvr) {
        this.nvr = nvr;
    }

    /** Remembers an event. @param topic with prefixes, such as tns1:VideoSource/MotionAlarm */
    public void happened(String recording, Instant time, String topic, String item, String value) {
        happenings.add(new Happening(recording, time, topic, item + "=" + value));
    }

    /** Sessions that are neither complete nor ended. */
    public int open() {
        return sessions.size();
    }

    /** Sessions so far. */
    public int begun() {
        return begun.get();
    }

    SimulatedCamera.@Nullable Reply answer(String name, Element operation) {
        return switch (name) {
            case "tse:GetRecordingSummary" -> summary(name);
            case "tse:GetRecordingInformation" -> nvr.about(name, operation, this::information);
            case "tse:GetMediaAttributes" -> attributes(name, operation);
            case "tse:FindRecordings" -> findRecordings(name, operation);
            case "tse:FindEvents" -> findEvents(name, operation);
            case "tse:GetRecordingSearchResults", "tse:GetEventSearchResults" -> results(name, operation);
            case "tse:EndSearch" -> {
                String token = NvrXml.text(operation, "SearchToken");
                if (sessions.remove(token) == null) {
                    checkNotOver(token);
                    yield SimulatedNvr.fault("ter:InvalidToken", "no such search");
                }
                yield SimulatedNvr.ok(name, "<tse:Endpoint>" + nvr.now() + "</tse:Endpoint>");
            }
            default -> null;
        };
    }

    /** Who was told that a search is complete must not ask for it again. */
    private void checkNotOver(String token) {
        if (told.contains(token)) {
            nvr.device().problem("a search that is complete was asked for: " + token);
        }
    }

    private String information(Recording recording) {
        return NvrXml.information(recording, nvr.does(NvrFault.BEGINS_IN_1970), nvr.idle());
    }

    private SimulatedCamera.Reply attributes(String name, Element operation) {
        Recording recording = nvr.find(NvrXml.text(operation, "RecordingTokens"));
        Instant.parse(NvrXml.text(operation, "Time"));
        return recording == null
                ? SimulatedNvr.fault("ter:NoRecording", "no such recording")
                : SimulatedNvr.ok(name, NvrXml.attributes(recording));
    }

    private SimulatedCamera.Reply summary(String name) {
        Instant from = nvr.recordings().stream()
                .map(NvrXml::earliest)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Instant until = nvr.recordings().stream()
                .map(NvrXml::latest)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return SimulatedNvr.ok(
                name,
                "<tse:Summary><tt:DataFrom>" + (nvr.does(NvrFault.BEGINS_IN_1970) ? "1970-01-01T00:03:15Z" : from)
                        + "</tt:DataFrom><tt:DataUntil>" + until + "</tt:DataUntil><tt:NumberRecordings>"
                        + nvr.recordings().size() + "</tt:NumberRecordings></tse:Summary>");
    }

    private void checkKeepAlive(Element operation) {
        Duration keepAlive = Duration.parse(NvrXml.text(operation, "KeepAliveTime"));
        if (keepAlive.compareTo(LONGEST_KEEP_ALIVE) > 0) {
            nvr.device().problem("KeepAliveTime above 10 s: " + keepAlive);
        }
    }

    private SimulatedCamera.Reply findRecordings(String name, Element operation) {
        checkKeepAlive(operation);
        Session session = new Session();
        nvr.recordings().forEach(recording -> session.left.add(information(recording)));
        return begin(name, session);
    }

    private SimulatedCamera.Reply begin(String name, Session session) {
        String token = "search-" + begun.incrementAndGet();
        if (nvr.does(NvrFault.SEARCHES_FOR_EVER)) {
            session.left.clear();
        }
        sessions.put(token, session);
        return SimulatedNvr.ok(name, "<tse:SearchToken>" + token + "</tse:SearchToken>");
    }

    private SimulatedCamera.Reply findEvents(String name, Element operation) {
        checkKeepAlive(operation);
        String topic = NvrXml.text(operation, "TopicExpression");
        if (nvr.does(NvrFault.NO_EVENTS)) {
            return SimulatedNvr.fault("ter:ActionNotSupported", "optional action not implemented");
        }
        if (nvr.does(NvrFault.REFUSES_TOPICS) && !topic.isEmpty()) {
            return SimulatedNvr.fault("ter:InvalidFilterFault", "filter");
        }
        Instant start = Instant.parse(NvrXml.text(operation, "StartPoint"));
        Instant end = Instant.parse(NvrXml.text(operation, "EndPoint"));
        boolean all = nvr.does(NvrFault.FILTERS_NOTHING);
        List<String> scope = new ArrayList<>();
        var included = operation.getElementsByTagNameNS("*", "IncludedRecordings");
        for (int i = 0; i < included.getLength(); i++) {
            scope.add(included.item(i).getTextContent());
        }
        boolean startState =
                NvrXml.text(operation, "IncludeStartState").equals("true") && !nvr.does(NvrFault.NO_START_STATE);
        Session session = new Session();
        List<Result> results = new ArrayList<>();
        for (Recording recording : nvr.recordings()) {
            if (!all && !scope.isEmpty() && !scope.contains(recording.token())) {
                continue;
            }
            boolean states = all || topic.isEmpty() || topic.equals(TRACK_STATE);
            if (startState && states) {
                session.left.add(state(recording.token(), start, NvrXml.hasDataAt(recording, start), true));
            }
            if (states) {
                for (Recording.TimeSpan span : recording.spans()) {
                    results.add(new Result(span.from(), state(recording.token(), span.from(), true, false)));
                    results.add(new Result(span.to(), state(recording.token(), span.to(), false, false)));
                }
            }
        }
        happenings.stream()
                .filter(h -> all
                        || (topic.isEmpty() || topic.equals(h.topic()))
                                && (scope.isEmpty() || scope.contains(h.recording())))
                .forEach(h -> results.add(new Result(h.time(), happening(h))));
        Comparator<Result> order = Comparator.comparing(Result::time);
        boolean backward = end.isBefore(start);
        Instant first = backward ? end : start;
        Instant last = backward ? start : end;
        results.stream()
                .filter(r -> all || !r.time().isBefore(first) && !r.time().isAfter(last))
                .filter(r -> !r.time().isAfter(nvr.now()))
                .sorted(backward ? order.reversed() : order)
                .forEach(r -> session.left.add(r.xml()));
        return begin(name, session);
    }

    private static String state(String recording, Instant time, boolean present, boolean start) {
        return result(recording, time, TRACK_STATE, "IsDataPresent", String.valueOf(present), start);
    }

    private static String happening(Happening h) {
        String[] item = h.data().split("=", 2);
        return result(h.recording(), h.time(), h.topic(), item[0], item[1], false);
    }

    private static String result(
            String recording, Instant time, String topic, String item, String value, boolean start) {
        return "<tt:Result><tt:RecordingToken>" + recording + "</tt:RecordingToken><tt:TrackToken>VIDEO001"
                + "</tt:TrackToken><tt:Time>" + time + "</tt:Time><tt:Event><wsnt:Topic"
                + " Dialect=\"http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet\">" + topic
                + "</wsnt:Topic><wsnt:Message><tt:Message UtcTime=\"" + time + "\"><tt:Source><tt:SimpleItem"
                + " Name=\"RecordingToken\" Value=\"" + recording + "\"/></tt:Source><tt:Data><tt:SimpleItem Name=\""
                + item + "\" Value=\"" + value + "\"/></tt:Data></tt:Message></wsnt:Message></tt:Event>"
                + "<tt:StartStateEvent>" + start + "</tt:StartStateEvent></tt:Result>";
    }

    private SimulatedCamera.Reply results(String name, Element operation) {
        String token = NvrXml.text(operation, "SearchToken");
        Session session = sessions.get(token);
        if (session == null) {
            checkNotOver(token);
            return SimulatedNvr.fault("ter:InvalidToken", "no such search");
        }
        if (nvr.does(NvrFault.FORGETS_A_SESSION) && token.equals("search-1") && session.pages > 0) {
            sessions.remove(token);
            return SimulatedNvr.fault("ter:InvalidToken", "no such search");
        }
        session.pages++;
        int page = Math.min(
                session.left.size(),
                nvr.does(NvrFault.SMALL_PAGES) || nvr.does(NvrFault.FORGETS_A_SESSION)
                        ? 2
                        : Integer.parseInt(NvrXml.text(operation, "MaxResults")));
        List<String> part = List.copyOf(session.left.subList(0, page));
        session.left.subList(0, page).clear();
        boolean completed = session.left.isEmpty() && !nvr.does(NvrFault.SEARCHES_FOR_EVER);
        if (completed) {
            sessions.remove(token);
            told.add(token);
        }
        String list = String.join("", part).replace("tse:RecordingInformation>", "tt:RecordingInformation>");
        return SimulatedNvr.ok(
                name,
                "<tse:ResultList><tt:SearchState>" + (completed ? "Completed" : "Searching") + "</tt:SearchState>"
                        + list + "</tse:ResultList>");
    }
}
