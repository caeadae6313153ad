package solutions.itms.scs.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.api.gate.GateDirectory;
import solutions.itms.scs.ssh.logs.ListedCommand;
import solutions.itms.scs.ssh.logs.Outputs;

/** Runs what the site has listed for its gates, by name, and nothing else. Thread-safe. */
final class ListedCommands {
    static final String EXEC = "gate_exec";

    private static final Logger LOG = LoggerFactory.getLogger(ListedCommands.class);
    private static final int MAX_NAME = 64;
    private static final int MAX_ARGUMENTS = 10;
    private static final int MAX_ARGUMENT = 540;
    /** What goes into a result; an ordinary answer is far shorter. */
    private static final int MAX_OUTPUT = 32 * 1024;

    private static final Duration RESERVE = Duration.ofSeconds(1);

    private final GateProbes probes;
    private final GateDirectory directory;

    ListedCommands(GateProbes probes, GateDirectory directory) {
        this.probes = probes;
        this.directory = directory;
    }

    /** Runs a listed command at a gate. */
    CommandResult exec(CommandParameters parameters, CommandContext context) throws CommandException {
        String id = GateArgument.read(parameters);
        String name = parameters.text("command", MAX_NAME).orElse("");
        if (!parameters.has("command")) {
            parameters.problem("command", "must be given");
        }
        Map<String, String> arguments = arguments(parameters);
        parameters.check();
        GateAddress gate = probes.gate(id)
                .orElseThrow(() -> new CommandException(FailureCode.NOT_FOUND, "there is no gate " + id));
        ListedCommand command = probes.logs()
                .catalogues()
                .forGate(id)
                .command(name)
                .orElseThrow(() -> new CommandException(
                        FailureCode.NOT_ALLOWED, name + " is not listed in the catalogue of " + id));
        List<String> problems = command.problems(arguments);
        if (!problems.isEmpty()) {
            throw new CommandException(FailureCode.INVALID_PARAMETERS, "arguments: " + String.join("; ", problems));
        }
        return run(gate, command, arguments, context);
    }

    private CommandResult run(
            GateAddress gate, ListedCommand command, Map<String, String> arguments, CommandContext context)
            throws CommandException {
        String who = command.name() + ", asked for by " + context.requestedBy() + " (" + context.id() + ")";
        directory.log(gate.id(), "runs " + who);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        boolean[] truncated = {false};
        try (GateConnection connection =
                probes.connections().open(gate, context.timeLeft().minus(RESERVE))) {
            connection.connect();
            connection.login();
            context.progress(50, "running " + command.name());
            int status = connection.run(command.line(arguments), command.timeout(), (bytes, length) -> {
                if (context.isCancelled()) {
                    throw new IOException("cancelled");
                }
                int room = MAX_OUTPUT - printed.size();
                printed.write(bytes, 0, Math.min(room, length));
                truncated[0] |= room < length;
            });
            directory.log(gate.id(), "ended with status " + status + ": " + who);
            LOG.info("{} ended with status {} at {}", who, status, gate.id());
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("gate", gate.id());
            values.put("command", command.name());
            values.put("exitCode", (long) status);
            values.put("output", new String(Outputs.masked(printed.toByteArray()), StandardCharsets.UTF_8));
            values.put("truncated", truncated[0]);
            return new CommandResult(new LinkedHashMap<>(values));
        } catch (GateFailure e) {
            directory.log(gate.id(), "failed: " + who + ": " + e.reason());
            FailureCode code = context.isCancelled() ? FailureCode.CANCELLED : FailureCode.UNAVAILABLE;
            throw new CommandException(code, gate.id() + " " + e.reason());
        }
    }

    private static Map<String, String> arguments(CommandParameters parameters) {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (String text : parameters.texts("arguments", MAX_ARGUMENTS, MAX_ARGUMENT)) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                parameters.problem("arguments", "must be of the form name=value");
            } else if (arguments.put(text.substring(0, equals), text.substring(equals + 1)) != null) {
                parameters.problem("arguments", "must name " + text.substring(0, equals) + " once");
            }
        }
        return arguments;
    }
}
