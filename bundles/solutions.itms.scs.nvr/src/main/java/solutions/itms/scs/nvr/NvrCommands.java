package solutions.itms.scs.nvr;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.onvif.Addresses;
import solutions.itms.scs.onvif.DeviceInformation;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.RecordingJob;
import solutions.itms.scs.onvif.RecordingJobState;

/** What the cloud may ask of a recorder, but for clips. Stateless; thread-safe. */
final class NvrCommands {
    private static final int MAX_JOBS = 64;

    private final Calls calls;

    NvrCommands(Calls calls) {
        this.calls = calls;
    }

    /** All of them by name. */
    Map<String, CommandHandler> handlers() {
        SearchCommand search = new SearchCommand(calls);
        Map<String, CommandHandler> all = new LinkedHashMap<>();
        all.put("nvr_probe", this::probe);
        all.put("get_recording_jobs", this::jobs);
        all.put("get_replay_uri", this::replayUri);
        all.put("search_recordings", search::search);
        return all;
    }

    private CommandResult probe(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        parameters.check();
        Recorder recorder = calls.recorder(context);
        Health health = calls.await(recorder.look(), context);
        DeviceInformation information = health.information();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("reachable", health.reachable());
        values.put("millis", health.latencyMillis());
        values.put("manufacturer", information == null ? null : information.manufacturer());
        values.put("model", information == null ? null : information.model());
        values.put("firmware", information == null ? null : information.firmware());
        values.put("serial", information == null ? null : information.serial());
        values.put("storageTotalBytes", Disk.total(health.capacity()));
        values.put("storageUsedBytes", Disk.used(health.capacity()));
        values.put("disks", health.disks());
        values.put("capacity", health.capacity().stream().map(Disk::toJson).toList());
        values.put("clipSeconds", recorder.settings().longest().toSeconds());
        values.put("clipBytes", recorder.settings().largest());
        values.put("clockAheadMillis", health.clockAheadMillis());
        values.put("profileG", health.profileG());
        values.put("channels", health.channels().stream().map(Channel::toJson).toList());
        values.put("authenticated", health.authenticated());
        values.put("authentication", health.authentication());
        values.put("alarms", recorder.alarms());
        values.put("reason", health.reason().isEmpty() ? null : health.reason());
        Instant seen = recorder.lastSeen();
        values.put("lastSeen", seen == null ? null : seen.toString());
        return new CommandResult(values);
    }

    private CommandResult jobs(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        parameters.check();
        OnvifDevice device = calls.device(context);
        List<RecordingJob> jobs = calls.await(device.recordings().jobs(), context);
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (RecordingJob job : jobs.subList(0, Math.min(MAX_JOBS, jobs.size()))) {
            RecordingJobState state =
                    calls.await(device.recordings().jobState(job.token()).exceptionally(failure -> null), context);
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("token", job.token());
            values.put("recording", job.recording());
            values.put("mode", job.mode());
            values.put("state", state == null ? null : state.state());
            values.put("priority", job.priority());
            values.put("sources", job.sources());
            values.put("errors", state == null ? List.of() : state.errors());
            list.add(values);
        }
        return new CommandResult(Map.of("jobs", list));
    }

    private CommandResult replayUri(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        String recording = parameters.text("recording", Calls.MAX_TOKEN).orElse("");
        if (recording.isEmpty() && !parameters.has("recording")) {
            parameters.problem("recording", "must be given");
        }
        parameters.check();
        OnvifDevice device = calls.device(context);
        ReplayTemplate template = calls.recorder(context).settings().template();
        if (template == null) {
            String uri = calls.await(device.replay().uri(recording), context);
            return new CommandResult(Map.of("uri", Addresses.redacted(uri)));
        }
        if (!calls.recorder(context).settings().channels().containsKey(recording)) {
            throw new CommandException(FailureCode.NOT_FOUND, "there is no channel " + recording);
        }
        return new CommandResult(Map.of("uri", template.shown(recording, device.endpoint())));
    }
}
