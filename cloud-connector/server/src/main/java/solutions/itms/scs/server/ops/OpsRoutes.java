package solutions.itms.scs.server.ops;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Routes;

/**
 * Whether the server lives, and whether it does its work, told to anybody and with nothing that a stranger could use;
 * and what it counted, told to those who have logged in. Thread-safe.
 */
public final class OpsRoutes implements Routes {
    private final Map<String, BooleanSupplier> checks;
    private final Map<String, LongSupplier> counters;
    private final List<String> notices;

    /**
     * @param checks by name, in the order in which they are shown; true is well
     * @param counters by name, in the order in which they are shown; since the start of the server
     * @param notices what an operator should know of this start
     */
    public OpsRoutes(Map<String, BooleanSupplier> checks, Map<String, LongSupplier> counters, List<String> notices) {
        this.checks = new LinkedHashMap<>(checks);
        this.counters = new LinkedHashMap<>(counters);
        this.notices = List.copyOf(notices);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/ops/live", context -> Json.answer(context, Map.of("status", "up")));
        routes.get("/api/v1/ops/ready", this::ready);
        routes.get("/api/v1/ops/metrics", this::metrics);
    }

    private void metrics(Context context) {
        Map<String, Long> values = new LinkedHashMap<>();
        counters.forEach((name, counter) -> values.put(name, counter.getAsLong()));
        Json.answer(context, values);
    }

    /** What {@code ready} answers. */
    record Ready(String status, Map<String, String> checks, List<String> notices) {}

    private void ready(Context context) {
        Map<String, String> results = new LinkedHashMap<>();
        checks.forEach((name, check) -> results.put(name, isWell(check) ? "ok" : "failing"));
        boolean ready = !results.containsValue("failing");
        context.status(ready ? 200 : 503);
        Json.answer(context, new Ready(ready ? "ready" : "not_ready", results, notices));
    }

    private static boolean isWell(BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
