package solutions.itms.scs.nvr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.onvif.DeviceEvent;
import solutions.itms.scs.onvif.RecordedEvent;
import solutions.itms.scs.onvif.RecordingInformation;

/** The command that searches a recorder. Stateless; thread-safe. */
final class SearchCommand {
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final int MAX_ITEMS = 500;
    private static final int DEFAULT_ITEMS = 200;
    private static final int MAX_EVENTS = 2_000;
    /** A result may have 64 KiB. */
    private static final int MAX_SIZE = 56_000;

    private final Calls calls;

    SearchCommand(Calls calls) {
        this.calls = calls;
    }

    /** What is asked for. @param skip items that were told on pages before */
    private record Ask(Instant from, Instant to, Optional<String> channel, boolean events, int limit, int skip) {}

    /** What was found, all of it; times are ours. */
    private record Answer(
            List<Map<String, @Nullable Object>> recordings,
            List<Map<String, @Nullable Object>> segments,
            List<Map<String, @Nullable Object>> events,
            String segmentsFrom,
            boolean truncated) {}

    private static Ask ask(CommandParameters parameters) throws CommandException {
        Instant from = Calls.time(parameters, "from");
        Instant to = Calls.time(parameters, "to");
        Optional<String> channel = parameters.text("channel", Calls.MAX_TOKEN);
        boolean events = !parameters.has("events") || parameters.flag("events");
        int limit = parameters.number("limit", 1, MAX_ITEMS).orElse(DEFAULT_ITEMS);
        int skip = cursor(parameters);
        parameters.check();
        if (!from.isBefore(to)) {
            parameters.problem("to", "must be later than from");
        } else if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            parameters.problem("to", "must be at most 31 days after from");
        }
        parameters.check();
        return new Ask(from, to, channel, events, limit, skip);
    }

    private static int cursor(CommandParameters parameters) {
        Optional<String> cursor = parameters.text("cursor", 64);
        if (cursor.isPresent() && !cursor.get().matches("[1-9]\\d{0,5}")) {
            parameters.problem("cursor", "must be one that a page before told");
            return 0;
        }
        return cursor.map(Integer::parseInt).orElse(0);
    }

    CommandResult search(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        Ask ask = ask(parameters);
        Recorder recorder = calls.recorder(context);
        calls.device(context);
        List<Channel> channels = ask.channel().isPresent()
                ? List.of(calls.channel(ask.channel(), Optional.empty(), context))
                : calls.channels(context);
        Skew skew = Skew.of(calls.device(context).clock());
        Answer answer = recorder.settings().template() == null
                ? found(ask, channels, skew, context)
                : assumed(ask, channels, calls.site().clock().instant());
        return page(ask, answer, skew);
    }

    /** Nothing tells what a recorder without Profile G holds: all of the span is taken for recorded. */
    private static Answer assumed(Ask ask, List<Channel> channels, Instant now) {
        Instant end = ask.to().isBefore(now) ? ask.to() : now;
        List<Map<String, @Nullable Object>> recordings = new ArrayList<>();
        List<Map<String, @Nullable Object>> segments = new ArrayList<>();
        for (Channel channel : channels) {
            recordings.add(recording(channel.recording(), channel.channel(), channel.name(), null, null, "unknown"));
            if (ask.from().isBefore(end)) {
                segments.add(segment(channel, new Segment(ask.from(), end)));
            }
        }
        return new Answer(recordings, segments, List.of(), "template", false);
    }

    private Answer found(Ask ask, List<Channel> channels, Skew skew, CommandContext context)
            throws CommandException, InterruptedException {
        List<String> wanted = ask.channel().isPresent()
                ? channels.stream().map(Channel::recording).toList()
                : List.of();
        context.progress(10, "searching");
        Archive.Contents contents = calls.await(
                new Archive(calls.device(context))
                        .contents(
                                wanted,
                                skew.toRecorder(ask.from()),
                                skew.toRecorder(ask.to()),
                                ask.events() ? MAX_EVENTS : 0),
                context);
        Map<String, Channel> byToken =
                channels.stream().collect(Collectors.toMap(Channel::recording, Function.identity(), (a, b) -> a));
        Comparator<RecordingInformation> byNumber = Comparator.comparingInt(recording ->
                Integer.parseInt(channel(byToken, recording.token()).channel()));
        List<Map<String, @Nullable Object>> recordings = new ArrayList<>();
        List<Map<String, @Nullable Object>> segments = new ArrayList<>();
        contents.recordings().stream()
                .filter(recording -> !contents.fromEvents()
                        || !contents.segments()
                                .getOrDefault(recording.token(), List.of())
                                .isEmpty()
                        || recording.earliest() != null)
                .sorted(byNumber)
                .forEach(recording -> {
                    Channel channel = channel(byToken, recording.token());
                    recordings.add(recording(
                            recording.token(),
                            channel.channel(),
                            channel.name(),
                            skew.toOursOrNull(recording.earliest()),
                            skew.toOursOrNull(recording.latest()),
                            recording.status()));
                    contents.segments()
                            .getOrDefault(recording.token(), List.of())
                            .forEach(span -> segments.add(
                                    segment(channel, new Segment(skew.toOurs(span.from()), skew.toOurs(span.to())))));
                });
        List<Map<String, @Nullable Object>> events = contents.events().stream()
                .sorted(Comparator.comparing(RecordedEvent::time))
                .map(event -> event(event, channel(byToken, event.recording()), skew))
                .toList();
        return new Answer(
                recordings, segments, events, contents.fromEvents() ? "events" : "information", contents.truncated());
    }

    /** A recording that came after the last look at the channels has no number yet. */
    private static Channel channel(Map<String, Channel> byToken, String token) {
        return byToken.getOrDefault(token, new Channel("0", token, token, Channel.UNKNOWN, null, null, null));
    }

    private static Map<String, @Nullable Object> recording(
            String token, String channel, String name, @Nullable Instant from, @Nullable Instant to, String status) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("token", token);
        values.put("channel", channel);
        values.put("name", name);
        values.put("from", from == null ? null : from.toString());
        values.put("to", to == null ? null : to.toString());
        values.put("status", status);
        return values;
    }

    private static Map<String, @Nullable Object> segment(Channel channel, Segment span) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("recording", channel.recording());
        values.put("channel", channel.channel());
        values.put("from", span.from().toString());
        values.put("to", span.to().toString());
        return values;
    }

    private static Map<String, @Nullable Object> event(RecordedEvent found, Channel channel, Skew skew) {
        DeviceEvent event = found.event();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("time", skew.toOurs(found.time()).toString());
        values.put("channel", channel.channel());
        values.put("recording", found.recording());
        values.put("topic", event.topic());
        values.put("name", event.topic().substring(event.topic().lastIndexOf('/') + 1));
        Optional<String> truth = event.data().values().stream()
                .filter(text -> text.matches("(?i)true|false"))
                .findFirst();
        values.put("active", truth.map(Boolean::parseBoolean).orElse(null));
        return values;
    }

    /** Segments come first, then events; as many as go into one result. */
    private static CommandResult page(Ask ask, Answer answer, Skew skew) {
        List<Map<String, @Nullable Object>> segments = new ArrayList<>();
        List<Map<String, @Nullable Object>> events = new ArrayList<>();
        List<Map<String, @Nullable Object>> recordings = ask.skip() == 0 ? answer.recordings() : List.of();
        int size = recordings.stream().mapToInt(SearchCommand::size).sum();
        int all = answer.segments().size() + answer.events().size();
        int at = Math.min(ask.skip(), all);
        while (at < all && segments.size() + events.size() < ask.limit()) {
            boolean segment = at < answer.segments().size();
            Map<String, @Nullable Object> item = segment
                    ? answer.segments().get(at)
                    : answer.events().get(at - answer.segments().size());
            size += size(item);
            if (size > MAX_SIZE) {
                break;
            }
            (segment ? segments : events).add(item);
            at++;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("recordings", recordings);
        values.put("segments", segments);
        values.put("events", events);
        values.put("segmentsFrom", answer.segmentsFrom());
        values.put("clockAheadMillis", skew.millis());
        values.put("notes", skew.note().isEmpty() ? List.of() : List.of(skew.note()));
        values.put("truncated", answer.truncated());
        values.put("cursor", at < all ? String.valueOf(at) : null);
        return new CommandResult(values);
    }

    /** Bytes as JSON, about; a letter may take six. */
    private static int size(Map<String, @Nullable Object> item) {
        int size = 8;
        for (Map.Entry<String, @Nullable Object> each : item.entrySet()) {
            String value = String.valueOf(each.getValue());
            size += each.getKey().length() + 6;
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                size += c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : 3;
            }
        }
        return size;
    }
}
