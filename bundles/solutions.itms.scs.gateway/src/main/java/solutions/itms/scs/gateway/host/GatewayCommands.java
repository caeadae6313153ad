package solutions.itms.scs.gateway.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.api.history.Query;
import solutions.itms.scs.api.history.Sample;
import solutions.itms.scs.api.history.TelemetryHistory;

/** What the cloud may ask of the gateway itself; nothing of it changes anything. Thread-safe. */
public final class GatewayCommands {
    private static final Duration DEFAULT_SPAN = Duration.ofDays(1);
    private static final int MAX_HOST = 253;
    private static final int MAX_CHARS = 48 * 1024;

    private final NetworkFacts network;
    private final MachineFacts machine;
    private final TimeFacts time;
    private final Diagnostics diagnostics;
    private final Traceroute traceroute;
    private final TelemetryHistory history;
    private final Clock clock;

    private GatewayCommands(SystemFiles files, Programs programs, Path data, TelemetryHistory history, Clock clock) {
        this.network = new NetworkFacts(files);
        this.machine = new MachineFacts(files);
        this.time = new TimeFacts(programs, clock);
        this.diagnostics = new Diagnostics(machine, network, time, data);
        this.traceroute = new Traceroute(programs);
        this.history = history;
        this.clock = clock;
    }

    /** @param data the directory of the gateway's data */
    public static GatewayCommands of(Path data, TelemetryHistory history, Clock clock) {
        return new GatewayCommands(new SystemFiles(Path.of("/")), new Programs(), data, history, clock);
    }

    static GatewayCommands of(Path root, Programs programs, TelemetryHistory history, Clock clock) {
        return new GatewayCommands(new SystemFiles(root), programs, root, history, clock);
    }

    /** What carries out each command, by its name. */
    public Map<String, CommandHandler> handlers() {
        Map<String, CommandHandler> handlers = new LinkedHashMap<>();
        handlers.put("get_ip_config", question(network::ipConfig));
        handlers.put("get_dns_config", question(network::dnsConfig));
        handlers.put("get_ntp_status", question(time::status));
        handlers.put("get_temperature", question(() -> Map.of("sensors", machine.temperatures())));
        handlers.put("get_process_status", (parameters, context) -> processes(parameters));
        handlers.put("run_diagnostics", (parameters, context) -> {
            String host = parameters.text("host", MAX_HOST).orElse(null);
            int port = parameters.number("port", 1, 65_535).orElse(443);
            parameters.check();
            return new CommandResult(diagnostics.run(host, port, context));
        });
        handlers.put("run_traceroute", (parameters, context) -> {
            String host = parameters.text("host", MAX_HOST).orElse("");
            int hops = parameters.number("maxHops", 1, 30).orElse(20);
            if (!parameters.has("host")) {
                parameters.problem("host", "must be given");
            }
            parameters.check();
            return new CommandResult(traceroute.run(host, hops, context));
        });
        handlers.put("get_history", (parameters, context) -> history(parameters));
        return handlers;
    }

    /** Something that is asked without parameters. */
    @FunctionalInterface
    private interface Question {
        Map<String, @Nullable Object> answer() throws InterruptedException;
    }

    private static CommandHandler question(Question question) {
        return (parameters, context) -> {
            parameters.check();
            return new CommandResult(question.answer());
        };
    }

    private CommandResult processes(CommandParameters parameters) throws CommandException {
        int limit = parameters.number("limit", 1, 50).orElse(15);
        parameters.check();
        return new CommandResult(machine.processes(limit));
    }

    private CommandResult history(CommandParameters parameters) throws CommandException {
        String subject = parameters.text("subject", 256).orElse("");
        Instant to = time(parameters, "to", clock.instant());
        Instant from = time(parameters, "from", to.minus(DEFAULT_SPAN));
        int after = parameters.number("after", 0, Integer.MAX_VALUE).orElse(0);
        int limit = parameters.number("limit", 1, 1_000).orElse(200);
        if (from.isAfter(to)) {
            parameters.problem("from", "must not be after to");
        }
        parameters.check();
        try {
            return page(history.read(new Query(subject, from, to, after, limit)), limit);
        } catch (IOException e) {
            throw new CommandException(FailureCode.UNAVAILABLE, "the history can't be read now");
        }
    }

    private static CommandResult page(List<Sample> samples, int limit) {
        List<Map<String, @Nullable Object>> page = new ArrayList<>();
        int chars = 0;
        Long next = null;
        for (Sample sample : samples) {
            Map<String, @Nullable Object> metrics = metrics(sample);
            chars += 100 + sample.subject().length() + metrics.toString().length();
            if (chars > MAX_CHARS && !page.isEmpty()) {
                break;
            }
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("number", sample.number());
            values.put("at", sample.at().toString());
            values.put("subject", sample.subject());
            values.put("metrics", metrics);
            page.add(values);
            next = sample.number();
        }
        boolean more = page.size() < samples.size() || page.size() == limit;
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("samples", page);
        result.put("next", more ? next : null);
        return new CommandResult(result);
    }

    private static Map<String, @Nullable Object> metrics(Sample sample) {
        Map<String, @Nullable Object> metrics = new LinkedHashMap<>();
        sample.payload().metrics().forEach((name, value) -> {
            boolean finite = !(value instanceof Double number && !Double.isFinite(number))
                    && !(value instanceof Float small && !Float.isFinite(small));
            Object plain = value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value;
            metrics.put(name, finite ? plain : null);
        });
        return metrics;
    }

    private static Instant time(CommandParameters parameters, String name, Instant standard) {
        String text = parameters.text(name, 40).orElse(null);
        if (text == null) {
            return standard;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            parameters.problem(name, "must be a time such as 2026-03-01T08:00:00Z");
            return standard;
        }
    }
}
