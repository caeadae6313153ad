package solutions.itms.scs.ssh;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.artifact.ArtifactException;
import solutions.itms.scs.api.artifact.ArtifactReference;
import solutions.itms.scs.api.artifact.ArtifactUploader;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.ssh.logs.Catalogue;

/** Collects logs of gates because somebody asks for them. Thread-safe. */
final class LogCommands {
    static final String COLLECT = "gate_collect_logs";

    private static final int MAX_HOURS = 168;
    private static final int DEFAULT_HOURS = 24;
    private static final Duration RESERVE = Duration.ofSeconds(10);
    private static final Duration LEAST = Duration.ofSeconds(2);

    private final GateProbes probes;
    private final Supplier<Optional<ArtifactUploader>> uploader;
    private final Clock clock;

    LogCommands(GateProbes probes, Supplier<Optional<ArtifactUploader>> uploader, Clock clock) {
        this.probes = probes;
        this.uploader = uploader;
        this.clock = clock;
    }

    /** Fetches what is new, and makes a file for each gate; one that fails does not spoil the others. */
    CommandResult collect(CommandParameters parameters, CommandContext context) throws CommandException {
        List<String> ids = GateArgument.several(parameters);
        int hours = parameters.number("hours", 1, MAX_HOURS).orElse(DEFAULT_HOURS);
        boolean outputs = !parameters.has("outputs") || parameters.flag("outputs");
        parameters.check();
        List<GateAddress> gates = new ArrayList<>();
        for (String id : ids) {
            gates.add(probes.gate(id)
                    .orElseThrow(() -> new CommandException(FailureCode.NOT_FOUND, "there is no gate " + id)));
        }
        ArtifactUploader files = uploader.get()
                .orElseThrow(() -> new CommandException(
                        FailureCode.UNAVAILABLE, "files can't be brought to the cloud: their bundle does not run"));
        List<ArtifactReference> artifacts = new ArrayList<>();
        List<@Nullable Object> results = new ArrayList<>();
        int well = 0;
        for (GateAddress gate : gates) {
            if (context.isCancelled()) {
                throw new CommandException(FailureCode.CANCELLED, "stopped after " + results.size() + " gates");
            }
            Job job = new Job(gate, hours, outputs, 100 * results.size() / gates.size());
            Map<String, @Nullable Object> result = job.run(context, files, artifacts);
            well += Boolean.TRUE.equals(result.get("ok")) ? 1 : 0;
            results.add(result);
        }
        if (well == 0) {
            throw new CommandException(FailureCode.UNAVAILABLE, reasons(results));
        }
        return new CommandResult(Map.of("gates", results), artifacts);
    }

    private static String reasons(List<@Nullable Object> results) {
        List<String> reasons = new ArrayList<>();
        for (Object result : results) {
            if (result instanceof Map<?, ?> map) {
                reasons.add(map.get("gate") + " " + map.get("reason"));
            }
        }
        String text = String.join("; ", reasons);
        return text.length() > 500 ? text.substring(0, 500) + "…" : text;
    }

    /** The part of one gate. */
    private final class Job {
        private final GateAddress gate;
        private final int hours;
        private final boolean outputs;
        private final int percent;

        Job(GateAddress gate, int hours, boolean outputs, int percent) {
            this.gate = gate;
            this.hours = hours;
            this.outputs = outputs;
            this.percent = percent;
        }

        Map<String, @Nullable Object> run(
                CommandContext context, ArtifactUploader files, List<ArtifactReference> artifacts)
                throws CommandException {
            Map<String, @Nullable Object> result = new LinkedHashMap<>();
            result.put("gate", gate.id());
            try {
                Catalogue catalogue = probes.logs().catalogues().forGate(gate.id());
                if (catalogue.logs().isEmpty() && catalogue.outputs().isEmpty()) {
                    throw new IOException("has no logs in any catalogue of deviceCommunicationPath");
                }
                Duration left = context.timeLeft().minus(RESERVE);
                if (left.compareTo(LEAST) < 0) {
                    throw new IOException("was not asked: no time was left");
                }
                GateLogs.Fetched fetched = probes.logs().fetch(gate, catalogue, wish(context, left));
                probes.refused(gate.id(), fetched.collected().refused());
                context.progress(percent, "packing the logs of " + gate.id());
                long since = clock.millis() - Duration.ofHours(hours).toMillis();
                ArtifactReference artifact = probes.logs().bundle(gate.id(), since, fetched, context.id(), files);
                artifacts.add(artifact);
                result.put("ok", true);
                result.put("files", fetched.collected().files());
                result.put("bytes", fetched.collected().bytes());
                result.put("whole", fetched.collected().whole());
                result.put("notes", fetched.collected().notes());
                result.put("refused", fetched.collected().refused());
                result.put("artifact", artifact.id());
            } catch (ArtifactException e) {
                throw e.toCommandException();
            } catch (IOException e) {
                result.put("ok", false);
                result.put("reason", String.valueOf(e.getMessage()));
            }
            return result;
        }

        private GateLogs.Wish wish(CommandContext context, Duration left) {
            return new GateLogs.Wish(Duration.ofHours(hours).toSeconds(), left, outputs, () -> {
                context.progress(percent, "fetching from " + gate.id());
                return context.isCancelled();
            });
        }
    }
}
