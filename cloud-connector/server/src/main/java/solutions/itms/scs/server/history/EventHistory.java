package solutions.itms.scs.server.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Database;

/**
 * What happened to devices: messages with the subject {@code event/…} whose metric {@code device} names one. Read as it was at
 * the last commit. Thread-safe.
 */
final class EventHistory {
    /** Kinds of events of one gateway that are looked at. */
    private static final int MAX_KINDS = 64;

    private static final Comparator<Found> NEWEST_FIRST = Comparator.comparingLong(
                    (Found found) -> found.position().at())
            .thenComparingLong(found -> found.position().epochId())
            .thenComparingLong(found -> found.position().seq())
            .reversed();

    private final Database database;

    EventHistory(Database database) {
        this.database = database;
    }

    /**
     * One event.
     *
     * @param at by the gateway's clock, or by the server's when the gateway's could not be right
     * @param kind such as {@code camera_motion}
     * @param values all its metrics but the device
     */
    record Event(Instant at, String kind, Instant receivedAt, Map<String, Object> values) {}

    /**
     * Some events, newest first.
     *
     * @param next where the next page begins; null at the end
     */
    record Page(List<Event> items, MetricHistory.@Nullable Position next) {}

    private record Kind(long series, String subject) {}

    private record Found(String subject, MetricHistory.Position position, long received) {}

    /** @param before the end of the page before; null for the first */
    Page page(String gatewayId, String device, int limit, MetricHistory.@Nullable Position before) {
        return database.reading().withHandle(handle -> {
            List<Found> found = new ArrayList<>();
            for (Kind kind : kinds(handle, gatewayId)) {
                found.addAll(newest(handle, kind, device, limit + 1, before));
            }
            List<Found> shown = found.stream().sorted(NEWEST_FIRST).limit(limit).toList();
            List<Event> events = new ArrayList<>();
            for (Found each : shown) {
                events.add(event(handle, gatewayId, each));
            }
            return new Page(events, found.size() > limit ? shown.get(limit - 1).position() : null);
        });
    }

    private static List<Kind> kinds(Handle handle, String gatewayId) {
        return handle.createQuery("""
                        select id, subject from series
                        where gateway_id = ? and metric = 'device' and subject like 'event/%' order by id limit ?""")
                .bind(0, gatewayId)
                .bind(1, MAX_KINDS)
                .map((row, context) -> new Kind(row.getLong(1), row.getString(2)))
                .list();
    }

    /** Of one kind alone, so that the samples are read in the order in which they are stored. */
    private static List<Found> newest(
            Handle handle, Kind kind, String device, int limit, MetricHistory.@Nullable Position before) {
        MetricHistory.Position end =
                before == null ? new MetricHistory.Position(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE) : before;
        return handle.createQuery("""
                        select at_ms, epoch_id, seq, received_ms from sample
                        where series_id = :series and at_ms <= :at and (at_ms, epoch_id, seq) < (:at, :epoch, :seq)
                          and text = :device
                        order by at_ms desc, epoch_id desc, seq desc limit :limit""")
                .bind("series", kind.series())
                .bind("at", end.at())
                .bind("epoch", end.epochId())
                .bind("seq", end.seq())
                .bind("device", device)
                .bind("limit", limit)
                .map((row, context) -> new Found(
                        kind.subject(),
                        new MetricHistory.Position(row.getLong(1), row.getLong(2), row.getLong(3)),
                        row.getLong(4)))
                .list();
    }

    private static Event event(Handle handle, String gatewayId, Found found) {
        Map<String, Object> values = new LinkedHashMap<>();
        handle.createQuery("""
                        select s.metric, s.type, x.number, x.whole, x.text
                        from series s join sample x on x.series_id = s.id
                        where s.gateway_id = :gateway and s.subject = :subject and s.metric <> 'device'
                          and x.at_ms = :at and x.epoch_id = :epoch and x.seq = :seq
                        order by s.metric""")
                .bind("gateway", gatewayId)
                .bind("subject", found.subject())
                .bind("at", found.position().at())
                .bind("epoch", found.position().epochId())
                .bind("seq", found.position().seq())
                .map((row, context) -> values.put(row.getString(1), value(row)))
                .forEach(unused -> {});
        return new Event(
                Instant.ofEpochMilli(found.position().at()),
                found.subject().substring("event/".length()),
                Instant.ofEpochMilli(found.received()),
                values);
    }

    private static Object value(ResultSet row) throws SQLException {
        return SampleType.ofCode(row.getString(2)).shown(MetricHistory.stored(row, 3));
    }
}
