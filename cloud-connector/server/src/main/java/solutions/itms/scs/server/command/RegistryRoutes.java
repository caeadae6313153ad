package solutions.itms.scs.server.command;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.BreakGlass;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.message.command.CommandType;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.http.Routes;

/** All commands with what a console needs for its forms, and what the codes mean. Thread-safe. */
final class RegistryRoutes implements Routes {
    private final byte[] body;
    private final String etag;

    RegistryRoutes(CommandRegistry registry) {
        this.body = JsonText.write(json(registry));
        this.etag = "\"" + registry.revision() + "\"";
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(CommandRoutes.COMMANDS + "/registry", this::registry, Permission.READ);
    }

    private void registry(Context context) {
        context.header("ETag", etag).header("Cache-Control", "private, no-cache");
        if (etag.equals(context.header("If-None-Match"))) {
            context.status(304);
            return;
        }
        context.contentType("application/json").result(body);
    }

    private static Map<String, @Nullable Object> json(CommandRegistry registry) {
        Map<String, @Nullable Object> codes = new LinkedHashMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            codes.put(code.text(), code.explanation());
        }
        codes.putAll(Readiness.serverCodes());
        List<Map<String, @Nullable Object>> types =
                registry.all().stream().map(RegistryRoutes::json).toList();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("revision", registry.revision());
        json.put("commands", types);
        json.put("codes", codes);
        return json;
    }

    private static Map<String, @Nullable Object> json(CommandType type) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", type.name());
        json.put("objectPath", type.path());
        json.put("operation", type.operation().letter());
        json.put("target", type.target().name());
        json.put("targetParameter", type.targetParameter());
        json.put("way", type.way().name());
        json.put("timeoutMs", type.totalTimeout().toMillis());
        json.put("stepTimeoutMs", type.stepTimeout().toMillis());
        json.put("safety", type.safety().name());
        json.put("approval", type.approval().name());
        BreakGlass breakGlass = type.breakGlass();
        json.put(
                "breakGlass",
                breakGlass == null ? null : Map.of("parameter", breakGlass.parameter(), "equals", breakGlass.equals()));
        json.put("idempotent", type.idempotent());
        json.put("exclusiveGroup", type.exclusiveGroup());
        json.put("title", type.title());
        json.put("help", type.help());
        json.put("params", type.parameters().json());
        json.put("result", type.result().json());
        return json;
    }
}
