package solutions.itms.scs.nvr;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.soap.DeviceTimes;
import solutions.itms.scs.onvif.watch.DeviceCalls;
import solutions.itms.scs.onvif.watch.Fleet;

/** What commands for recorders have in common: whom they are for, and waiting no longer than there is time. Thread-safe. */
final class Calls {
    static final int MAX_TOKEN = 64;

    private final Fleet<NvrSettings, Recorder> fleet;
    private final Site site;

    Calls(Fleet<NvrSettings, Recorder> fleet, Site site) {
        this.fleet = fleet;
        this.site = site;
    }

    Site site() {
        return site;
    }

    /** The recorder that a command is for. */
    Recorder recorder(CommandContext context) throws CommandException {
        return fleet.find(context.target())
                .orElseThrow(
                        () -> new CommandException(FailureCode.NOT_FOUND, "there is no recorder " + context.target()));
    }

    OnvifDevice device(CommandContext context) throws CommandException {
        Recorder recorder = recorder(context);
        OnvifDevice device = recorder.device();
        if (device == null) {
            throw new CommandException(
                    FailureCode.UNAVAILABLE,
                    recorder.settings().usable()
                            ? "the recorder is connected anew just now"
                            : "the recorder is switched off here, or has no address");
        }
        return device;
    }

    /** What comes of a call. */
    <T> T await(CompletableFuture<T> call, CommandContext context) throws CommandException, InterruptedException {
        return DeviceCalls.await(call, context, "recorder");
    }

    /** The channels of a recorder; looks for them when it was never looked at. */
    List<Channel> channels(CommandContext context) throws CommandException, InterruptedException {
        Recorder recorder = recorder(context);
        if (recorder.settings().template() != null) {
            return Look.configured(recorder.settings());
        }
        List<Channel> known = recorder.health().channels();
        if (!known.isEmpty()) {
            return known;
        }
        device(context);
        Health health = await(recorder.look(), context);
        if (!health.reachable()) {
            throw new CommandException(FailureCode.UNAVAILABLE, "the recorder does not answer: " + health.reason());
        }
        return health.channels();
    }

    /** The channel that a command names by its number or its recording; one of them must be given. */
    Channel channel(Optional<String> channel, Optional<String> recording, CommandContext context)
            throws CommandException, InterruptedException {
        List<Channel> all = channels(context);
        for (Channel each : all) {
            if ((channel.isEmpty() || channel.get().equals(each.channel()))
                    && (recording.isEmpty() || recording.get().equals(each.recording()))) {
                return each;
            }
        }
        String wanted = channel.map(number -> "channel " + number).orElse("recording " + recording.orElse(""));
        String there = all.isEmpty()
                ? "; the recorder tells no channels: "
                        + recorder(context).health().reason()
                : "; there are channels " + all.stream().map(Channel::channel).collect(Collectors.joining(", "));
        throw new CommandException(FailureCode.NOT_FOUND, "there is no " + wanted + there);
    }

    /** A time with a zone; notes a problem when it is none. */
    static Instant time(CommandParameters parameters, String name) {
        Optional<String> text = parameters.text(name, 40);
        if (text.isEmpty()) {
            if (!parameters.has(name)) {
                parameters.problem(name, "must be given");
            }
            return Instant.EPOCH;
        }
        boolean zoned = text.get().matches(".*(Z|[+-]\\d{2}:?\\d{2})");
        Optional<Instant> time = zoned ? DeviceTimes.parse(text.get()) : Optional.empty();
        if (time.isEmpty()) {
            parameters.problem(name, "must be a time with a zone, such as 2026-01-31T08:00:00Z");
        }
        return time.orElse(Instant.EPOCH);
    }
}
