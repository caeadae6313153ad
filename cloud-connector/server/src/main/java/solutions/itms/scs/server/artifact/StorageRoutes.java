package solutions.itms.scs.server.artifact;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Routes;

/** What takes room, and until when. Thread-safe. */
final class StorageRoutes implements Routes {
    private final ArtifactTable table;
    private final ArtifactSettings settings;
    private final Staging staging;
    private final Duration sweepEvery;
    private final Sweeper sweeper;
    private final Clock clock;

    StorageRoutes(
            ArtifactTable table,
            ArtifactSettings settings,
            Staging staging,
            Duration sweepEvery,
            Sweeper sweeper,
            Clock clock) {
        this.table = table;
        this.settings = settings;
        this.staging = staging;
        this.sweepEvery = sweepEvery;
        this.sweeper = sweeper;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/storage", this::usage, Permission.READ);
    }

    private void usage(Context context) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("store", settings.s3() == null ? "file" : "s3");
        answer.put("freeBytes", staging.room());
        answer.put("gatewayLimitBytes", settings.gatewayBytes());
        answer.put("accountLimitBytes", settings.accountBytes());
        answer.put("sites", sites());
        answer.put("kinds", kinds());
        answer.put("comparedAt", sweeper.sweptAt());
        answer.put("nextSweepAt", clock.instant().plus(sweepEvery));
        Json.answer(context, answer);
    }

    private List<Map<String, @Nullable Object>> sites() {
        return table.database()
                .reading()
                .withHandle(handle ->
                        handle.createQuery("""
                        select coalesce(gateway_id, '') as site, kind, count(*) as files,
                               coalesce(sum(size), 0) as bytes, min(completed_at_ms) as oldest
                        from artifact where state = 'READY'
                        group by coalesce(gateway_id, ''), kind order by site, kind""").map((row, unused) -> site(row)).list());
    }

    private static Map<String, @Nullable Object> site(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> site = new LinkedHashMap<>();
        site.put("gatewayId", row.getString("site").isEmpty() ? null : row.getString("site"));
        site.put("kind", row.getString("kind"));
        site.put("files", row.getLong("files"));
        site.put("bytes", row.getLong("bytes"));
        site.put("oldest", Instant.ofEpochMilli(row.getLong("oldest")));
        return site;
    }

    private List<Map<String, @Nullable Object>> kinds() {
        List<Map<String, @Nullable Object>> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Long oldest = table.database()
                    .reading()
                    .withHandle(handle -> handle.createQuery(
                                    "select min(completed_at_ms) from artifact where state = 'READY' and kind = ?")
                            .bind(0, kind.code())
                            .mapTo(Long.class)
                            .findOne()
                            .orElse(null));
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("kind", kind.code());
            one.put("keepDays", settings.keep(kind).toDays());
            one.put("oldest", oldest == null ? null : Instant.ofEpochMilli(oldest));
            one.put(
                    "nextDeletionAt",
                    oldest == null ? null : Instant.ofEpochMilli(oldest).plus(settings.keep(kind)));
            kinds.add(one);
        }
        return kinds;
    }
}
