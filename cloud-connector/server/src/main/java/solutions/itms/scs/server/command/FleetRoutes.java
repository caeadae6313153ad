package solutions.itms.scs.server.command;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.command.Commands.Asker;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Query;
import solutions.itms.scs.server.http.Routes;

/** Commands for many devices. Thread-safe. */
final class FleetRoutes implements Routes {
    private static final String FLEET = "/api/v1/fleet-commands";

    private final Database database;
    private final FleetCommands fleets;

    FleetRoutes(Database database, FleetCommands fleets) {
        this.database = database;
        this.fleets = fleets;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(FLEET, this::create, Permission.FLEET);
        routes.get(FLEET, this::list, Permission.READ);
        routes.get(FLEET + "/{id}", context -> answer(context, context.pathParam("id")), Permission.READ);
        routes.get(FLEET + "/{id}/targets", this::targets, Permission.READ);
        routes.post(
                FLEET + "/{id}/approve",
                context -> act(
                        context,
                        (asker, id) -> fleets.approve(
                                asker, id, CommandRoutes.Body.of(context).text("paramsHash", 64))),
                Permission.APPROVE);
        routes.post(
                FLEET + "/{id}/reject",
                context -> act(
                        context,
                        (asker, id) -> fleets.reject(
                                asker, id, CommandRoutes.Body.of(context).text("reason", 500))),
                Permission.APPROVE);
        routes.post(FLEET + "/{id}/pause", context -> act(context, fleets::pause), Permission.FLEET);
        routes.post(FLEET + "/{id}/resume", context -> act(context, fleets::resume), Permission.FLEET);
        routes.post(
                FLEET + "/{id}/cancel",
                context -> act(
                        context,
                        (asker, id) -> fleets.cancel(
                                asker, id, CommandRoutes.Body.of(context).optional("reason", 500))),
                Permission.FLEET);
    }

    private void create(Context context) {
        Commands.Created created =
                fleets.create(CommandRoutes.asker(context), FleetRequest.of(CommandRoutes.Body.of(context)));
        context.status(created.isNew() ? 201 : 200).header("Location", FLEET + "/" + created.id());
        answer(context, created.id());
    }

    private void act(Context context, BiConsumer<Asker, String> action) {
        String id = context.pathParam("id");
        action.accept(CommandRoutes.asker(context), id);
        answer(context, id);
    }

    private void list(Context context) {
        Long before = new Query(context).whole("before", Long.MAX_VALUE);
        int limit = CommandFilter.limit(context);
        List<Map<String, @Nullable Object>> rows = database.reading()
                .withHandle(handle -> handle.createQuery(
                                "select * from fleet_command where number < :before order by number desc limit :limit")
                        .bind("before", before == null ? Long.MAX_VALUE : before)
                        .bind("limit", limit + 1)
                        .map((row, unused) -> view(row))
                        .list());
        boolean more = rows.size() > limit;
        List<Map<String, @Nullable Object>> items = more ? rows.subList(0, limit) : rows;
        Json.answer(
                context,
                new CommandViews.Page(
                        items, more ? String.valueOf(items.get(limit - 1).get("number")) : null));
    }

    private void answer(Context context, String id) {
        Json.answer(
                context,
                database.reading()
                        .inTransaction(handle -> handle.createQuery("select * from fleet_command where id = ?")
                                .bind(0, id)
                                .map((row, unused) -> view(row))
                                .findOne()
                                .map(view -> {
                                    view.put("summary", summary(handle, id));
                                    return view;
                                }))
                        .orElseThrow(() -> Problem.notFound("There is no such fleet command.")));
    }

    private static Map<String, @Nullable Object> summary(Handle handle, String id) {
        Map<String, @Nullable Object> summary = new LinkedHashMap<>();
        handle.createQuery("""
                        select case when t.refused is not null then 'refused'
                                    when t.command_id is null then 'waiting' else c.state end as what, count(*) as many
                        from fleet_target t left join command c on c.id = t.command_id
                        where t.fleet_id = ? group by 1 order by 1""")
                .bind(0, id)
                .map((row, unused) -> summary.put(row.getString("what"), row.getLong("many")))
                .list();
        return summary;
    }

    private void targets(Context context) {
        Long after = new Query(context).whole("after", 0, Long.MAX_VALUE);
        List<Map<String, @Nullable Object>> rows = database.reading()
                .withHandle(handle -> handle.createQuery("""
                                select t.*, c.state, c.error_code from fleet_target t
                                left join command c on c.id = t.command_id
                                where t.fleet_id = :id and t.position > :after order by t.position limit :limit""")
                        .bind("id", context.pathParam("id"))
                        .bind("after", after == null ? -1L : after)
                        .bind("limit", CommandFilter.limit(context))
                        .map((row, unused) -> target(row))
                        .list());
        Json.answer(context, rows);
    }

    private static Map<String, @Nullable Object> target(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> target = new LinkedHashMap<>();
        target.put("position", row.getLong("position"));
        target.put("gatewayId", row.getString("gateway_id"));
        target.put("target", row.getString("target"));
        target.put("commandId", row.getString("command_id"));
        target.put("state", row.getString("state"));
        target.put("errorCode", row.getString("error_code"));
        target.put("refused", row.getString("refused"));
        return target;
    }

    private static Map<String, @Nullable Object> view(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.getString("id"));
        view.put("number", row.getLong("number"));
        view.put("type", row.getString("type"));
        view.put("params", CommandViews.json(row.getString("params")));
        view.put("paramsHash", row.getString("params_sha256"));
        view.put("reason", row.getString("reason"));
        view.put("state", row.getString("state"));
        view.put("version", row.getLong("version"));
        view.put("requestedBy", row.getString("requested_by"));
        view.put("approvedBy", row.getString("approved_by"));
        view.put("createdAt", CommandViews.instant(row, "created_at_ms"));
        view.put("ratePerMinute", row.getLong("rate_per_minute"));
        view.put("maxOpen", row.getLong("max_open"));
        view.put("stopAtFailedPercent", row.getLong("stop_at_failed_percent"));
        view.put("expiresInSeconds", row.getLong("expires_in_ms") / 1_000);
        return view;
    }
}
