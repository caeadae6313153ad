package solutions.itms.scs.server.audit;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Query;
import solutions.itms.scs.server.http.Routes;

/** The audit to read: newest first, in pages; and whether its chain is whole. Thread-safe. */
public final class AuditRoutes implements Routes {
    private static final int USUAL = 50;
    private static final int MAX = 500;
    private static final int MAX_METADATA = 64 * 1024;

    private static final Map<String, String> COLUMNS = Map.of(
            "action", "action",
            "actor", "actor",
            "command", "command_id",
            "gateway", "gateway_id",
            "target", "target",
            "type", "command_type",
            "request", "request_id");

    private final Database database;
    private final RouteRole permission;

    /** @param permission what a reader needs */
    public AuditRoutes(Database database, RouteRole permission) {
        this.database = database;
        this.permission = permission;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/audit", this::list, permission);
        routes.get("/api/v1/audit/check", this::check, permission);
    }

    /** What the list answers. */
    record Page(
            List<Map<String, @Nullable Object>> items,
            @Nullable String next) {}

    private void check(Context context) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        Long broken = AuditChain.firstBroken(database).orElse(null);
        answer.put("whole", broken == null);
        answer.put("firstBroken", broken);
        answer.put(
                "deletedUpTo", database.reading().withHandle(AuditChain::anchor).seq());
        Json.answer(context, answer);
    }

    private void list(Context context) {
        Query query = new Query(context);
        StringBuilder condition = new StringBuilder("1 = 1");
        Map<String, Object> arguments = new LinkedHashMap<>();
        COLUMNS.forEach((parameter, column) -> {
            String value = query.text(parameter);
            if (value != null) {
                condition.append(" and ").append(column).append(" = :").append(parameter);
                arguments.put(parameter, value);
            }
        });
        Instant from = query.time("from");
        if (from != null) {
            condition.append(" and at_ms >= :from");
            arguments.put("from", from.toEpochMilli());
        }
        Instant to = query.time("to");
        if (to != null) {
            condition.append(" and at_ms < :to");
            arguments.put("to", to.toEpochMilli());
        }
        Long before = query.whole("before", Long.MAX_VALUE);
        if (before != null) {
            condition.append(" and seq < :before");
            arguments.put("before", before);
        }
        Json.answer(context, page(condition.toString(), arguments, (int) query.whole("limit", MAX, USUAL)));
    }

    private Page page(String condition, Map<String, Object> arguments, int limit) {
        List<Map<String, @Nullable Object>> rows = database.reading().withHandle(handle -> {
            var query =
                    handle.createQuery("select * from audit where " + condition + " order by seq desc limit :limit");
            arguments.forEach(query::bind);
            return query.bind("limit", limit + 1)
                    .map((row, context) -> view(row))
                    .list();
        });
        boolean more = rows.size() > limit;
        List<Map<String, @Nullable Object>> items = more ? new ArrayList<>(rows.subList(0, limit)) : rows;
        return new Page(items, more ? String.valueOf(items.get(items.size() - 1).get("seq")) : null);
    }

    private static Map<String, @Nullable Object> view(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("seq", row.getLong("seq"));
        view.put("at", Instant.ofEpochMilli(row.getLong("at_ms")));
        view.put("action", row.getString("action"));
        view.put("actor", row.getString("actor"));
        view.put("requestId", row.getString("request_id"));
        view.put("commandId", row.getString("command_id"));
        view.put("gatewayId", row.getString("gateway_id"));
        view.put("target", row.getString("target"));
        view.put("type", row.getString("command_type"));
        view.put("objectPath", row.getString("object_path"));
        view.put("operation", row.getString("operation"));
        view.put("paramsHash", row.getString("params_sha256"));
        view.put("previousState", row.getString("previous_state"));
        view.put("newState", row.getString("new_state"));
        view.put("reason", row.getString("reason"));
        view.put("metadata", metadata(row.getString("metadata")));
        view.put("hash", row.getString("sha256"));
        return view;
    }

    private static Map<String, @Nullable Object> metadata(String text) {
        try {
            return JsonText.readObject(text.getBytes(StandardCharsets.UTF_8), MAX_METADATA);
        } catch (MalformedPayloadException e) {
            return Map.of("unreadable", text);
        }
    }
}
