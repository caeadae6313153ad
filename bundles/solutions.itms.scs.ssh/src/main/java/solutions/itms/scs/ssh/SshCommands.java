package solutions.itms.scs.ssh;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.store.StoreException;

/** What the cloud may ask about gates over SSH. Thread-safe. */
final class SshCommands {
    static final String PROBE = "gate_probe";
    static final String ACCEPT_HOST_KEY = "gate_accept_host_key";
    static final String SYNC_TIME_CHECK = "gate_sync_time_check";

    private static final Logger LOG = LoggerFactory.getLogger(SshCommands.class);
    private static final int MAX_ID = 64;
    private static final int MAX_FINGERPRINT = 50;

    /** Kept back, so that what was found out still gets to the cloud in time. */
    private static final Duration RESERVE = Duration.ofMillis(500);

    private static final Duration LEAST = Duration.ofMillis(100);

    private final GateProbes probes;
    private final Clock clock;

    SshCommands(GateProbes probes, Clock clock) {
        this.probes = probes;
        this.clock = clock;
    }

    /** Probes gates now, one after the other, as many as there is time for. */
    CommandResult probe(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        List<String> ids = GateArgument.several(parameters);
        parameters.check();
        List<GateAddress> gates = new ArrayList<>(ids.size());
        for (String id : ids) {
            gates.add(gate(id));
        }
        List<Map<String, @Nullable Object>> results = new ArrayList<>(gates.size());
        for (GateAddress gate : gates) {
            if (context.isCancelled()) {
                throw new CommandException(FailureCode.CANCELLED, "stopped after " + results.size() + " gates");
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Duration left = context.timeLeft().minus(RESERVE);
            if (left.compareTo(LEAST) < 0) {
                break;
            }
            context.progress(100 * results.size() / gates.size(), "probing " + gate.id());
            results.add(describe(probes.probeNow(gate, left)));
        }
        if (results.isEmpty()) {
            throw new CommandException(FailureCode.TIMEOUT, "no time was left to probe a gate");
        }
        return new CommandResult(Map.of("gates", results));
    }

    /** Takes the host key that a gate shows; the sender has to name it. */
    CommandResult acceptHostKey(CommandParameters parameters, CommandContext context) throws CommandException {
        Optional<String> id = parameters.text("gate", MAX_ID);
        Optional<String> fingerprint = parameters.text("fingerprint", MAX_FINGERPRINT);
        if (id.isEmpty() && !parameters.has("gate")) {
            parameters.problem("gate", "must be given");
        }
        if (fingerprint.isEmpty() && !parameters.has("fingerprint")) {
            parameters.problem("fingerprint", "must be given, as the gate's last probe tells it");
        }
        parameters.check();
        GateAddress gate = gate(id.orElseThrow());
        try {
            if (!probes.hostKeys().accept(gate.id(), fingerprint.orElseThrow())) {
                throw new CommandException(
                        FailureCode.CONFLICT, gate.id() + " has not shown this key, or its key is configured");
            }
        } catch (StoreException e) {
            throw new CommandException(FailureCode.UNAVAILABLE, "the key can't be stored: " + e.getMessage());
        }
        LOG.warn("The host key {} of {} is accepted by {}", fingerprint.get(), gate.id(), context.requestedBy());
        return new CommandResult(Map.of("gate", gate.id(), "fingerprint", fingerprint.get()));
    }

    /** Compares a gate's clock with ours. */
    CommandResult checkTime(CommandParameters parameters, CommandContext context) throws CommandException {
        GateAddress gate = gate(GateArgument.one(parameters));
        try (GateConnection connection =
                probes.connections().open(gate, context.timeLeft().minus(RESERVE))) {
            connection.connect();
            connection.login();
            TimeCheck check = TimeCheck.of(connection, clock);
            return new CommandResult(Map.of(
                    "gate", gate.id(),
                    "clockAheadMillis", check.aheadMillis(),
                    "uncertaintyMillis", check.uncertaintyMillis()));
        } catch (GateFailure e) {
            throw new CommandException(FailureCode.UNAVAILABLE, gate.id() + " " + e.reason());
        }
    }

    private GateAddress gate(String id) throws CommandException {
        return probes.gate(id).orElseThrow(() -> new CommandException(FailureCode.NOT_FOUND, "there is no gate " + id));
    }

    private Map<String, @Nullable Object> describe(ProbeResult result) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("gate", result.gateId());
        values.put("at", result.at().toString());
        values.put("ok", result.isWell());
        values.put("failed", result.failed() == null ? null : result.failed().text());
        values.put("reason", result.reason());
        Map<String, @Nullable Object> millis = new LinkedHashMap<>();
        for (Level level : Level.values()) {
            if (result.millis().containsKey(level)) {
                millis.put(level.text(), result.millis().get(level));
            }
        }
        values.put("millis", millis);
        values.put("health", probes.view(result.gateId()).text());
        values.put("uptimeSeconds", result.vitals().uptimeSeconds());
        values.put("load", result.vitals().load());
        values.put("diskPercent", result.vitals().diskPercent());
        values.put("firmware", result.vitals().firmware());
        values.put("clockAheadMillis", result.vitals().clockAheadMillis());
        values.put(
                "hostKey",
                probes.hostKeys()
                        .pinned(result.gateId())
                        .map(HostKeys.Pin::fingerprint)
                        .orElse(null));
        values.put(
                "offeredHostKey",
                probes.hostKeys()
                        .offered(result.gateId())
                        .map(HostKeys.Pin::fingerprint)
                        .orElse(null));
        return values;
    }
}
