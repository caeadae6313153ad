package solutions.itms.scs.server.history;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Query;
import solutions.itms.scs.server.http.Routes;

/** The history of metrics, and their latest values. Thread-safe. */
public final class MetricRoutes implements Routes {
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MAX_LIMIT = 10_000;
    private static final long MAX_BUCKETS = 10_000;
    private static final Duration DEFAULT_RANGE = Duration.ofHours(24);
    private static final Duration LONGEST_RANGE = Duration.ofDays(3_660);
    private static final int MAX_PARAMETER = 512;
    private static final Pattern CURSOR = Pattern.compile("(-?\\d{1,18})\\.(\\d{1,18})\\.(\\d{1,19})");

    private final MetricHistory history;
    private final LatestValues latest;
    private final MetricExport export;
    private final Clock clock;

    public MetricRoutes(Database database, LatestValues latest, MetricExport export, Clock clock) {
        this.history = new MetricHistory(database);
        this.latest = latest;
        this.export = export;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        new EventRoutes(history.events()).addTo(routes);
        routes.get("/api/v1/metrics", this::metrics);
        routes.get(
                "/api/v1/metrics/latest",
                context -> Json.answer(
                        context,
                        latest.of(new Query(context).needed("gateway", MAX_PARAMETER)).stream()
                                .map(LatestView::of)
                                .toList()));
        routes.get(
                "/api/v1/metrics/export",
                context -> context.contentType(MetricExport.TYPE).result(export.text()));
    }

    /** A latest value as the API shows it. */
    record LatestView(
            String subject,
            String metric,
            SampleType type,
            Instant at,
            Object value,
            Instant receivedAt,
            @Nullable Instant deviceAt) {
        static LatestView of(MetricHistory.Latest latest) {
            return new LatestView(
                    latest.subject(),
                    latest.metric(),
                    latest.type(),
                    latest.at(),
                    latest.value(),
                    latest.receivedAt(),
                    latest.deviceAt());
        }
    }

    /**
     * A page of samples as the API shows it.
     *
     * @param next to be given as {@code after} for the next page; null at the end
     */
    record PageView(
            SampleType type,
            Instant from,
            Instant to,
            List<MetricHistory.Sample> samples,
            @Nullable String next) {}

    /** Stretches of time as the API shows them. */
    record BucketsView(
            SampleType type, Instant from, Instant to, long bucketSeconds, List<MetricHistory.Bucket> buckets) {}

    private void metrics(Context context) {
        Query query = new Query(context);
        String gateway = query.needed("gateway", MAX_PARAMETER);
        SeriesKey key = new SeriesKey(query.needed("subject", MAX_PARAMETER), query.needed("metric", MAX_PARAMETER));
        Instant end = query.time("to");
        Instant to = end == null ? clock.instant().plusMillis(1) : end;
        Instant begin = query.time("from");
        Instant from = begin == null ? to.minus(DEFAULT_RANGE) : begin;
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST_RANGE) > 0) {
            throw Problem.badRequest("'from' must be before 'to', by " + LONGEST_RANGE.toDays() + " days at most.");
        }
        MetricHistory.Series series = history.series(gateway, key)
                .orElseThrow(() -> new Problem(404, "not_found", "Not found", "There is no such metric."));
        Long bucket = query.whole("bucket", LONGEST_RANGE.toSeconds());
        if (bucket == null) {
            page(context, series, from, to);
        } else {
            buckets(context, series, from, to, bucket);
        }
    }

    private void page(Context context, MetricHistory.Series series, Instant from, Instant to) {
        int limit = (int) new Query(context).whole("limit", MAX_LIMIT, DEFAULT_LIMIT);
        MetricHistory.Page page = history.page(series, from, to, limit, position(context, "after"));
        MetricHistory.Position next = page.next();
        Json.answer(context, new PageView(series.type(), from, to, page.samples(), next == null ? null : text(next)));
    }

    private void buckets(Context context, MetricHistory.Series series, Instant from, Instant to, long seconds) {
        if (Duration.between(from, to).toSeconds() / seconds > MAX_BUCKETS) {
            throw Problem.badRequest("There would be more than " + MAX_BUCKETS + " buckets.");
        }
        Json.answer(
                context,
                new BucketsView(
                        series.type(),
                        from,
                        to,
                        seconds,
                        history.buckets(series, from, to, Duration.ofSeconds(seconds))));
    }

    /** A place as a page names it. */
    static String text(MetricHistory.Position position) {
        return position.at() + "." + position.epochId() + "." + position.seq();
    }

    /** The place that a request names; null when it names none. */
    static MetricHistory.@Nullable Position position(Context context, String parameter) {
        String text = new Query(context).text(parameter);
        if (text == null) {
            return null;
        }
        Matcher cursor = CURSOR.matcher(text);
        try {
            if (cursor.matches()) {
                return new MetricHistory.Position(
                        Long.parseLong(cursor.group(1)),
                        Long.parseLong(cursor.group(2)),
                        Long.parseLong(cursor.group(3)));
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Problem.badRequest("'" + parameter + "' must be what 'next' of the page before was.");
    }
}
