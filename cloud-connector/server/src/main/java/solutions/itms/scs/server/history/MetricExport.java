package solutions.itms.scs.server.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;
import solutions.itms.scs.server.device.Devices;
import solutions.itms.scs.server.device.GatewayStatus;
import solutions.itms.scs.server.device.GatewayView;

/**
 * The latest values of all gateways, and what the server counts, as a Prometheus server reads them. Made anew once in
 * some seconds, however often it is asked for. Thread-safe.
 */
public final class MetricExport {
    /** Text format 0.0.4. */
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Duration FRESH = Duration.ofMinutes(15);
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final int MAX_SERIES = 200_000;

    private final LatestValues latestValues;
    private final Devices devices;
    private final Map<String, LongSupplier> counters;
    private final Clock clock;
    private String text = "";
    private Instant madeAt = Instant.EPOCH;

    /** @param counters by name; since the start of the server */
    public MetricExport(LatestValues latestValues, Devices devices, Map<String, LongSupplier> counters, Clock clock) {
        this.latestValues = latestValues;
        this.devices = devices;
        this.counters = Map.copyOf(counters);
        this.clock = clock;
    }

    /** The whole text. Values that are older than 15 minutes, and those that are no numbers, are left out. */
    public synchronized String text() {
        Instant now = clock.instant();
        if (Duration.between(madeAt, now).abs().compareTo(KEPT) >= 0 || text.isEmpty()) {
            text = make(now);
            madeAt = now;
        }
        return text;
    }

    private String make(Instant now) {
        StringBuilder out = new StringBuilder(64 * 1024);
        head(out, "scs_server", "gauge", "what the server counts, since its start");
        counters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(counter ->
                        line(out, "scs_server", counter.getValue().getAsLong(), "counter", counter.getKey()));
        head(out, "scs_gateway_online", "gauge", "whether the gateway is online");
        head(out, "scs_gateway_messages_missing", "gauge", "numbers that never arrived");
        for (GatewayView gateway : devices.gateways()) {
            line(out, "scs_gateway_online", gateway.status() == GatewayStatus.ONLINE ? 1 : 0, "gateway", gateway.id());
            line(out, "scs_gateway_messages_missing", gateway.gaps(), "gateway", gateway.id());
        }
        head(out, "scs_metric", "gauge", "the latest value of a metric of a gateway");
        latestValues.all().stream()
                .filter(latest -> !latest.receivedAt().isBefore(now.minus(FRESH)))
                .filter(latest -> !(latest.value() instanceof String))
                .limit(MAX_SERIES)
                .forEach(latest -> line(out, latest));
        return out.toString();
    }

    private static void line(StringBuilder out, MetricHistory.Latest latest) {
        Object number = latest.value() instanceof Boolean flag ? (flag ? 1 : 0) : latest.value();
        line(
                out,
                "scs_metric",
                number,
                "gateway",
                latest.gatewayId(),
                "subject",
                latest.subject(),
                "metric",
                latest.metric());
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** @param labels names and values in turn */
    private static void line(StringBuilder out, String name, Object value, String... labels) {
        out.append(name).append('{');
        for (int i = 0; i < labels.length; i += 2) {
            out.append(i == 0 ? "" : ",")
                    .append(labels[i])
                    .append("=\"")
                    .append(escaped(labels[i + 1]))
                    .append('"');
        }
        out.append("} ").append(value).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
