package solutions.itms.scs.server.command;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.db.Database;

/** Commands as the API shows them, as they were at the last commit. Thread-safe. */
public final class CommandViews {
    private static final int MAX_JSON = 512 * 1024;

    private final Database database;

    public CommandViews(Database database) {
        this.database = database;
    }

    /** A page of a list, newest first. */
    record Page(
            List<Map<String, @Nullable Object>> items,
            @Nullable String next) {}

    /** One command without its history; empty when there is none. */
    public Optional<Object> find(String id) {
        return database.reading()
                .withHandle(handle -> handle.createQuery("select * from command where id = ?")
                        .bind(0, id)
                        .map((row, context) -> (Object) view(row))
                        .findOne());
    }

    /** One command with its history. */
    Optional<Map<String, @Nullable Object>> withHistory(String id) {
        return database.reading()
                .inTransaction(handle -> handle.createQuery("select * from command where id = ?")
                        .bind(0, id)
                        .map((row, context) -> view(row))
                        .findOne()
                        .map(view -> {
                            view.put(
                                    "history",
                                    handle.createQuery(
                                                    "select * from command_history where command_id = ? order by version")
                                            .bind(0, id)
                                            .map((row, context) -> history(row))
                                            .list());
                            return view;
                        }));
    }

    /** The commands that fit, newest first. */
    Page list(CommandFilter filter) {
        List<Map<String, @Nullable Object>> rows = database.reading().withHandle(handle -> {
            var query = handle.createQuery(
                    "select * from command where " + filter.condition() + " order by number desc limit :limit");
            filter.arguments().forEach(query::bind);
            return query.bind("limit", filter.limit() + 1)
                    .map((row, context) -> view(row))
                    .list();
        });
        boolean more = rows.size() > filter.limit();
        List<Map<String, @Nullable Object>> items = more ? new ArrayList<>(rows.subList(0, filter.limit())) : rows;
        return new Page(items, more ? String.valueOf(items.get(items.size() - 1).get("number")) : null);
    }

    static Map<String, @Nullable Object> view(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.getString("id"));
        view.put("number", row.getLong("number"));
        view.put("gatewayId", row.getString("gateway_id"));
        view.put("target", row.getString("target"));
        view.put("targetType", row.getString("target_type"));
        view.put("type", row.getString("type"));
        view.put("objectPath", row.getString("object_path"));
        view.put("operation", row.getString("operation"));
        view.put("safety", row.getString("safety"));
        view.put("params", json(row.getString("params")));
        view.put("paramsHash", row.getString("params_sha256"));
        view.put("reason", row.getString("reason"));
        view.put("state", row.getString("state"));
        view.put("final", row.getObject("deadline_ms") == null);
        view.put("version", row.getLong("version"));
        view.put("createdAt", instant(row, "created_at_ms"));
        view.put("requestedBy", row.getString("requested_by"));
        view.put("expiresAt", instant(row, "expires_at_ms"));
        view.put("deadline", instant(row, "deadline_ms"));
        view.put("timeoutMs", row.getLong("timeout_ms"));
        view.put("approval", row.getString("approval"));
        view.put("approvedBy", row.getString("approved_by"));
        view.put("approvedAt", instant(row, "approved_at_ms"));
        view.put("attempts", row.getLong("attempts"));
        view.put("dispatchedAt", instant(row, "dispatched_at_ms"));
        view.put("acknowledgedAt", instant(row, "acknowledged_at_ms"));
        view.put("startedAt", instant(row, "started_at_ms"));
        view.put("endedAt", instant(row, "ended_at_ms"));
        view.put("progress", progress(row));
        view.put("result", json(row.getString("result")));
        view.put("error", error(row));
        view.put("refusal", refusal(row));
        view.put("cancel", cancel(row));
        view.put("late", late(row));
        view.put("fleetId", row.getString("fleet_id"));
        return view;
    }

    private static @Nullable Map<String, @Nullable Object> progress(ResultSet row) throws SQLException {
        Instant at = instant(row, "progress_at_ms");
        if (at == null) {
            return null;
        }
        Map<String, @Nullable Object> progress = new LinkedHashMap<>();
        progress.put("percent", row.getLong("progress_percent"));
        progress.put("text", row.getString("progress_text"));
        progress.put("at", at);
        return progress;
    }

    private static @Nullable Map<String, @Nullable Object> error(ResultSet row) throws SQLException {
        String code = row.getString("error_code");
        if (code == null) {
            return null;
        }
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", row.getString("error_message"));
        error.put("stage", row.getString("error_stage"));
        return error;
    }

    private static @Nullable Map<String, @Nullable Object> refusal(ResultSet row) throws SQLException {
        String code = row.getString("refused_code");
        if (code == null) {
            return null;
        }
        Map<String, @Nullable Object> refusal = new LinkedHashMap<>();
        refusal.put("code", code);
        refusal.put("message", row.getString("refused_message"));
        refusal.put("at", instant(row, "refused_at_ms"));
        return refusal;
    }

    private static @Nullable Map<String, @Nullable Object> cancel(ResultSet row) throws SQLException {
        String by = row.getString("cancel_by");
        if (by == null) {
            return null;
        }
        Map<String, @Nullable Object> cancel = new LinkedHashMap<>();
        cancel.put("by", by);
        cancel.put("reason", row.getString("cancel_reason"));
        cancel.put("forced", row.getLong("cancel_forced") == 1);
        return cancel;
    }

    private static @Nullable Map<String, @Nullable Object> late(ResultSet row) throws SQLException {
        String status = row.getString("late_status");
        if (status == null) {
            return null;
        }
        Map<String, @Nullable Object> late = new LinkedHashMap<>();
        late.put("status", status);
        late.put("at", instant(row, "late_at_ms"));
        late.put("result", json(row.getString("late_result")));
        return late;
    }

    private static Map<String, @Nullable Object> history(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> step = new LinkedHashMap<>();
        step.put("version", row.getLong("version"));
        step.put("at", instant(row, "at_ms"));
        step.put("from", row.getString("from_state"));
        step.put("to", row.getString("to_state"));
        step.put("actor", row.getString("actor"));
        step.put("reason", row.getString("reason"));
        return step;
    }

    static @Nullable Map<String, @Nullable Object> json(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return JsonText.readObject(text.getBytes(StandardCharsets.UTF_8), MAX_JSON);
        } catch (MalformedPayloadException e) {
            throw new IllegalStateException("what was stored as JSON is none", e);
        }
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
