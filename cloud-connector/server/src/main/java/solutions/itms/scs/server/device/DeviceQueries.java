package solutions.itms.scs.server.device;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.db.Database;

/** Reads devices of every kind as one list. Thread-safe. */
public final class DeviceQueries {
    /** Devices in a page. */
    static final int MAX = 1_000;

    private static final int MAX_PROFILE_BYTES = 64 * 1024;

    private static final String ALL = """
            (select g.id, g.id as gateway_id, 'EDGE_CONTROLLER' as type, %1$s as parent_id, %1$s as name,
                    %1$s as manufacturer, %1$s as model, %1$s as firmware, %1$s as serial, %1$s as address,
                    '[]' as profiles, g.status, cast(null as bigint) as revision,
                    g.created_at_ms as first_seen_ms, g.last_seen_ms
             from gateway g
             union all
             select t.id, t.gateway_id, 'GATE', t.gateway_id, %1$s, %1$s, %1$s, %1$s, %1$s, t.ip, '[]',
                    case g.status when 'online' then t.status else 'unknown' end, cast(null as bigint),
                    cast(null as bigint), t.last_seen_ms
             from gate t join gateway g on g.id = t.gateway_id
             union all
             select d.id, d.gateway_id, d.type, coalesce(d.parent_id, d.gateway_id), d.name, d.manufacturer, d.model,
                    d.firmware, d.serial, d.address, d.profiles,
                    case when d.direct_at_ms is not null
                           then case when d.direct_at_ms > :recent then d.status else 'unknown' end
                         when g.status = 'online' then d.status else 'unknown' end, d.revision, d.first_seen_ms,
                    d.last_seen_ms
             from device d join gateway g on g.id = d.gateway_id)""".formatted("cast(null as text)");

    /** A device that speaks for itself does so every minute, and may miss once. */
    private static final Duration RECENT = Duration.ofSeconds(150);

    private final Database database;
    private final Clock clock;

    public DeviceQueries(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private long recent() {
        return clock.instant().minus(RECENT).toEpochMilli();
    }

    /** Which devices a list shows; null = all. */
    public record Filter(
            @Nullable String type,
            @Nullable String gateway,
            @Nullable String parent,
            @Nullable String status) {}

    /**
     * A part of the list.
     *
     * @param next where the rest begins; null at the end
     */
    public record Page(List<DeviceView> items, @Nullable GateKey next) {}

    /** The devices behind a place in the order of gateway and id. */
    public Page list(Filter filter, @Nullable GateKey after, int limit) {
        Map<String, String> arguments = new LinkedHashMap<>();
        StringBuilder condition = new StringBuilder("1 = 1");
        add(condition, arguments, "type", "type", filter.type());
        add(condition, arguments, "gateway_id", "gateway", filter.gateway());
        add(condition, arguments, "parent_id", "parent", filter.parent());
        add(condition, arguments, "status", "status", filter.status());
        if (after != null) {
            condition.append(" and (gateway_id > :aftergateway or gateway_id = :aftergateway and id > :afterid)");
            arguments.put("aftergateway", after.gatewayId());
            arguments.put("afterid", after.id());
        }
        List<DeviceView> found = database.reading().withHandle(handle -> {
            var query = handle.createQuery(
                    "select * from " + ALL + " a where " + condition + " order by gateway_id, id, type limit :limit");
            arguments.forEach(query::bind);
            return query.bind("recent", recent())
                    .bind("limit", limit + 1)
                    .map((row, unused) -> view(row))
                    .list();
        });
        if (found.size() <= limit) {
            return new Page(found, null);
        }
        DeviceView last = found.get(limit - 1);
        return new Page(found.subList(0, limit), new GateKey(last.gatewayId(), last.id()));
    }

    /** One device; a gate where another device has the same id. */
    public Optional<DeviceView> find(GateKey key) {
        return database.reading()
                .withHandle(handle -> handle.createQuery("select * from " + ALL
                                + " a where gateway_id = :gateway and id = :id order by case type when 'EDGE_CONTROLLER' then 0"
                                + " when 'GATE' then 1 else 2 end limit 1")
                        .bind("recent", recent())
                        .bind("gateway", key.gatewayId())
                        .bind("id", key.id())
                        .map((row, unused) -> view(row))
                        .findOne());
    }

    private static void add(
            StringBuilder condition,
            Map<String, String> arguments,
            String column,
            String name,
            @Nullable String value) {
        if (value != null) {
            condition.append(" and ").append(column).append(" = :").append(name);
            arguments.put(name, value);
        }
    }

    private static DeviceView view(ResultSet row) throws SQLException {
        return new DeviceView(
                row.getString("id"),
                row.getString("gateway_id"),
                row.getString("type"),
                row.getString("parent_id"),
                row.getString("name"),
                row.getString("manufacturer"),
                row.getString("model"),
                row.getString("firmware"),
                row.getString("serial"),
                row.getString("address"),
                profiles(row.getString("profiles")),
                row.getString("status"),
                number(row, "revision"),
                instant(row, "first_seen_ms"),
                instant(row, "last_seen_ms"));
    }

    private static List<?> profiles(String json) {
        try {
            Object value = JsonText.read(json.getBytes(StandardCharsets.UTF_8), MAX_PROFILE_BYTES);
            return value instanceof List<?> list ? list : List.of();
        } catch (MalformedPayloadException e) {
            throw new IllegalStateException("a device's profiles are no JSON", e);
        }
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Long millis = number(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
