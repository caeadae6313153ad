package solutions.itms.scs.server.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Database;

/** Reads the history of metrics as it was at the last commit. Thread-safe. */
public final class MetricHistory {
    private static final String SAMPLE =
            "x.at_ms, x.epoch_id, x.seq, x.received_ms, x.device_ms, x.number, x.whole, x.text";

    private final Database database;

    public MetricHistory(Database database) {
        this.database = database;
    }

    /** The same as it belongs together in events. */
    EventHistory events() {
        return new EventHistory(database);
    }

    /** A series, by which it is read. */
    public record Series(long id, SampleType type) {}

    /**
     * What a series was at a moment.
     *
     * @param at by the gateway's clock, or by the server's when the gateway's could not be right
     * @param deviceAt what the gateway's clock said when it could not be right
     */
    public record Sample(
            Instant at,
            Object value,
            Instant receivedAt,
            @Nullable Instant deviceAt) {}

    /**
     * Where a page of samples ends.
     *
     * @param at in milliseconds since 1970; with the others it names one sample of the series
     */
    public record Position(long at, long epochId, long seq) {}

    /**
     * Some samples in the order of their time.
     *
     * @param next where the next page begins behind; null at the end
     */
    public record Page(List<Sample> samples, @Nullable Position next) {}

    /**
     * Samples of one stretch of time.
     *
     * @param at its beginning
     * @param count of all samples
     * @param min null, as the others, when none of them is a number
     */
    public record Bucket(
            Instant at,
            long count,
            @Nullable Double min,
            @Nullable Double avg,
            @Nullable Double max) {}

    /** The latest value of one series. */
    public record Latest(
            String gatewayId,
            String subject,
            String metric,
            SampleType type,
            Instant at,
            Object value,
            Instant receivedAt,
            @Nullable Instant deviceAt) {}

    /** The series, if there is one. */
    public Optional<Series> series(String gatewayId, SeriesKey key) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(
                                "select id, type from series where gateway_id = ? and subject = ? and metric = ?")
                        .bind(0, gatewayId)
                        .bind(1, key.subject())
                        .bind(2, key.metric())
                        .map((row, context) -> new Series(row.getLong(1), SampleType.ofCode(row.getString(2))))
                        .findOne());
    }

    /**
     * Samples from {@code from} to before {@code to}.
     *
     * @param after the end of the page before; null for the first
     */
    public Page page(Series series, Instant from, Instant to, int limit, @Nullable Position after) {
        Position start = after == null ? new Position(from.toEpochMilli(), -1, -1) : after;
        List<Row> rows = database.reading()
                .withHandle(handle -> handle.createQuery("select " + SAMPLE + """
                         from sample x
                        where x.series_id = :series and x.at_ms >= :at and x.at_ms < :to
                          and (x.at_ms, x.epoch_id, x.seq) > (:at, :epoch, :seq)
                        order by x.at_ms, x.epoch_id, x.seq limit :limit""")
                        .bind("series", series.id())
                        .bind("at", start.at())
                        .bind("epoch", start.epochId())
                        .bind("seq", start.seq())
                        .bind("to", to.toEpochMilli())
                        .bind("limit", limit + 1)
                        .map((row, context) -> row(row, 1))
                        .list());
        boolean more = rows.size() > limit;
        List<Row> shown = more ? rows.subList(0, limit) : rows;
        return new Page(
                shown.stream().map(row -> row.sample(series.type())).toList(),
                more ? shown.get(limit - 1).position() : null);
    }

    /** The stretches that have samples, from {@code from} to before {@code to}. */
    public List<Bucket> buckets(Series series, Instant from, Instant to, Duration width) {
        return database.reading()
                .withHandle(handle -> handle.createQuery("""
                        select at_ms / :width as bucket, count(*), min(coalesce(number, whole)),
                               avg(coalesce(number, whole)), max(coalesce(number, whole))
                        from sample where series_id = :series and at_ms >= :from and at_ms < :to
                        group by bucket order by bucket""")
                        .bind("width", width.toMillis())
                        .bind("series", series.id())
                        .bind("from", from.toEpochMilli())
                        .bind("to", to.toEpochMilli())
                        .map((row, context) -> new Bucket(
                                Instant.ofEpochMilli(row.getLong(1) * width.toMillis()),
                                row.getLong(2),
                                number(row, 3),
                                number(row, 4),
                                number(row, 5)))
                        .list());
    }

    /** When the gateway was added, in milliseconds since 1970; another time is another gateway of that name. */
    Optional<Long> addedAt(String gatewayId) {
        return database.reading()
                .withHandle(handle -> handle.createQuery("select created_at_ms from gateway where id = ?")
                        .bind(0, gatewayId)
                        .mapTo(Long.class)
                        .findOne());
    }

    /** When each gateway was added, by its id. */
    Map<String, Long> addedAt() {
        return database.reading().withHandle(handle -> {
            Map<String, Long> all = new LinkedHashMap<>();
            handle.createQuery("select id, created_at_ms from gateway order by id")
                    .map((row, context) -> all.put(row.getString(1), row.getLong(2)))
                    .forEach(unused -> {});
            return all;
        });
    }

    /** The latest value of every series of these gateways, by gateway. */
    Map<String, Map<SeriesKey, LatestValues.Value>> latest(List<String> gatewayIds) {
        return database.reading().withHandle(handle -> {
            Map<String, Map<SeriesKey, LatestValues.Value>> latest = new HashMap<>();
            // of several at the same moment the last one counts
            handle.createQuery("select s.gateway_id, s.subject, s.metric, s.type, " + SAMPLE + """
                             from series s join sample x on x.series_id = s.id
                                and x.at_ms = (select max(m.at_ms) from sample m where m.series_id = s.id)
                            where s.gateway_id in (<ids>) order by x.epoch_id, x.seq""")
                    .bindList("ids", gatewayIds)
                    .map((row, context) -> latest.computeIfAbsent(row.getString(1), id -> new HashMap<>())
                            .put(new SeriesKey(row.getString(2), row.getString(3)), latest(row)))
                    .forEach(unused -> {});
            return latest;
        });
    }

    private static LatestValues.Value latest(ResultSet row) throws SQLException {
        Row sample = row(row, 5);
        return new LatestValues.Value(
                SampleType.ofCode(row.getString(4)),
                new SampleRows.Moment(
                        sample.position().at(),
                        sample.device(),
                        sample.received(),
                        sample.position().epochId(),
                        sample.position().seq()),
                sample.stored());
    }

    private record Row(
            Position position, long received, @Nullable Long device, Object stored) {
        Sample sample(SampleType type) {
            return new Sample(
                    Instant.ofEpochMilli(position.at()),
                    type.shown(stored),
                    Instant.ofEpochMilli(received),
                    device == null ? null : Instant.ofEpochMilli(device));
        }
    }

    /** @param first number of the first column of a sample */
    private static Row row(ResultSet row, int first) throws SQLException {
        long device = row.getLong(first + 4);
        Long deviceOrNull = row.wasNull() ? null : device;
        return new Row(
                new Position(row.getLong(first), row.getLong(first + 1), row.getLong(first + 2)),
                row.getLong(first + 3),
                deviceOrNull,
                stored(row, first + 5));
    }

    static Object stored(ResultSet row, int first) throws SQLException {
        Double number = number(row, first);
        if (number != null) {
            return number;
        }
        long whole = row.getLong(first + 1);
        return row.wasNull() ? row.getString(first + 2) : (Object) whole;
    }

    private static @Nullable Double number(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }
}
