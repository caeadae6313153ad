package solutions.itms.scs.server.artifact;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.auth.Access;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.RequestId;
import solutions.itms.scs.server.http.Routes;
import solutions.itms.scs.server.recording.RecordingViews;

/** Files for people: lists, addresses to fetch them by, and their end. Thread-safe. */
final class ArtifactRoutes implements Routes {
    private static final String ARTIFACTS = "/api/v1/artifacts";
    private static final int MAX_LIMIT = 200;
    private static final int LIMIT = 50;

    /** Query parameters by the column that has to be equal. */
    private static final Map<String, String> FILTERS = Map.of(
            "gateway", "gateway_id",
            "command", "command_id",
            "device", "device",
            "kind", "kind",
            "state", "state");

    private final ArtifactTable table;
    private final Downloads downloads;
    private final Links links;
    private final Deletion deletion;
    private final RecordingViews recordings;

    ArtifactRoutes(
            ArtifactTable table, Downloads downloads, Links links, Deletion deletion, RecordingViews recordings) {
        this.recordings = recordings;
        this.table = table;
        this.downloads = downloads;
        this.links = links;
        this.deletion = deletion;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ARTIFACTS, this::list, Permission.READ);
        routes.get(ARTIFACTS + "/{id}", context -> answer(context, artifact(context)), Permission.READ);
        routes.post(ARTIFACTS + "/{id}/link", this::link, Permission.READ);
        routes.delete(ARTIFACTS + "/{id}/links", this::revoke, Permission.STORAGE);
        routes.delete(ARTIFACTS + "/{id}", this::delete, Permission.STORAGE);
    }

    /** A page of a list, newest first. */
    record Page(
            List<Map<String, @Nullable Object>> items,
            @Nullable String next) {}

    private void list(Context context) {
        int limit = (int) Body.number(context, "limit", LIMIT, MAX_LIMIT);
        long before = Body.number(context, "before", Long.MAX_VALUE, Long.MAX_VALUE);
        Map<String, Object> arguments = new LinkedHashMap<>();
        StringBuilder condition = new StringBuilder("number < :before");
        FILTERS.forEach((name, column) -> {
            String value = context.queryParam(name);
            if (value != null) {
                condition.append(" and ").append(column).append(" = :").append(name);
                arguments.put(name, value);
            }
        });
        List<Artifact> rows = table.database().reading().withHandle(handle -> {
            var query = handle.createQuery(
                    "select * from artifact where " + condition + " order by number desc limit :limit");
            arguments.forEach(query::bind);
            return query.bind("before", before)
                    .bind("limit", limit + 1)
                    .map((row, unused) -> Artifact.read(row))
                    .list();
        });
        boolean more = rows.size() > limit;
        List<Artifact> shown = more ? rows.subList(0, limit) : rows;
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        shown.forEach(artifact -> items.add(artifact.view()));
        String next = more && limit > 0 ? String.valueOf(shown.get(limit - 1).number()) : null;
        Json.answer(context, new Page(items, next));
    }

    private void link(Context context) {
        Object download = Body.object(Body.bytes(context)).get("download");
        Artifact artifact = artifact(context);
        recordings
                .ofFile(artifact.id())
                .ifPresent(recording -> RecordingRoutes.requireMaySee(Access.person(context), recording));
        Json.answer(
                context,
                downloads.link(
                        artifact,
                        Boolean.TRUE.equals(download),
                        Access.person(context).username(),
                        RequestId.of(context)));
    }

    private void revoke(Context context) {
        Json.answer(context, Map.of("revoked", links.revoke(artifact(context).id())));
    }

    private void delete(Context context) {
        boolean deleted =
                deletion.delete(artifact(context), Access.person(context).username(), RequestId.of(context), "person");
        if (!deleted) {
            throw Problem.notFound("This file is deleted already.");
        }
        context.status(204);
    }

    private Artifact artifact(Context context) {
        return table.get(context.pathParam("id"));
    }

    private static void answer(Context context, Artifact artifact) {
        Json.answer(context, artifact.view());
    }
}
