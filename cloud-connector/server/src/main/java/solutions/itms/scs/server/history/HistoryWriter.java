package solutions.itms.scs.server.history;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.GateBeats;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.message.Topics;
import solutions.itms.scs.server.db.Transaction;

/**
 * Writes the metrics of messages into the history, as part of the transaction that takes the messages. For one thread;
 * {@link #counts()} for any.
 */
public final class HistoryWriter {
    /** More metrics in one message are refused. */
    static final int MAX_METRICS = 1_000;

    private static final int MAX_SUBJECT = 512;
    private static final int MAX_METRIC = 255;

    /** Before there was such a gateway: a clock that has lost its time. */
    private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

    /** How far a gateway's clock may be ahead of the server's. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final SeriesCatalog catalog = new SeriesCatalog();
    private final LatestValues latest;
    private volatile HistoryCounts counts = HistoryCounts.NONE;

    /** @param latest told of what was committed */
    public HistoryWriter(LatestValues latest) {
        this.latest = latest;
    }

    /**
     * The number of a message.
     *
     * @param epochId of the epoch's row
     */
    public record Number(long epochId, long seq) {}

    /** Whether the history has this subject: not what is a list of things, a dialogue, or sent to be overwritten. */
    public static boolean isKept(String subject) {
        return !subject.equals(GateBeats.SUBJECT) && !subject.equals("inventory") && !subject.startsWith("command/");
    }

    /** The messages of one transaction. */
    public Page begin() {
        return new Page();
    }

    /** What was committed since the start. */
    public HistoryCounts counts() {
        return counts;
    }

    /** What one transaction adds. A page whose transaction failed is thrown away. */
    public final class Page {
        private final List<Entry> entries = new ArrayList<>();
        private final Map<String, Map<SeriesKey, SeriesCatalog.Series>> added = new HashMap<>();
        private long refused;
        private long clockReplaced;
        private int stored;

        private record Entry(
                String gatewayId,
                long addedAt,
                String subject,
                Map<String, Object> metrics,
                SampleRows.Moment moment) {}

        /**
         * Takes the metrics of a message.
         *
         * @param addedAt when the gateway was added, in milliseconds since 1970
         * @param number null when it has none
         * @throws MalformedPayloadException if there are too many, or the subject is too long
         */
        public void take(
                String gatewayId,
                long addedAt,
                String subject,
                Payload payload,
                Instant receivedAt,
                @Nullable Number number)
                throws MalformedPayloadException {
            if (payload.metrics().size() > MAX_METRICS) {
                throw new MalformedPayloadException(
                        payload.metrics().size() + " metrics; at most " + MAX_METRICS + " are kept of a message");
            }
            if (subject.length() > MAX_SUBJECT
                    || !Arrays.stream(subject.split("/", -1)).allMatch(Topics::isLevel)) {
                throw new MalformedPayloadException("the topic behind the gateway must have " + MAX_SUBJECT
                        + " characters at most, and no level that is empty or holds + # or control characters");
            }
            entries.add(new Entry(gatewayId, addedAt, subject, payload.metrics(), moment(payload, receivedAt, number)));
        }

        /** Writes everything; to be called once, before the commit. */
        public void save(Transaction transaction) throws SQLException {
            Map<String, Long> addedAt = new HashMap<>();
            entries.forEach(entry -> addedAt.put(entry.gatewayId(), entry.addedAt()));
            catalog.load(transaction, addedAt);
            addSeries(transaction);
            SampleRows rows = new SampleRows();
            for (Entry entry : entries) {
                entry.metrics().forEach((name, value) -> add(rows, entry, name, value));
            }
            stored = rows.insert(transaction);
        }

        /** The transaction was committed. */
        public void committed() {
            catalog.committed(added);
            entries.forEach(entry -> latest.committed(entry.gatewayId(), entry.addedAt(), () -> values(entry)));
            counts = counts.plus(new HistoryCounts(stored, refused, clockReplaced));
        }

        private Map<SeriesKey, LatestValues.Value> values(Entry entry) {
            Map<SeriesKey, LatestValues.Value> values = new HashMap<>();
            entry.metrics().forEach((name, value) -> {
                Object stored = isKept(name, value) ? SampleType.stored(value) : null;
                SeriesKey key = new SeriesKey(entry.subject(), name);
                if (stored != null && catalog.find(entry.gatewayId(), key) != null) {
                    values.put(key, new LatestValues.Value(SampleType.of(value), entry.moment(), stored));
                }
            });
            return values;
        }

        private void addSeries(Transaction transaction) throws SQLException {
            Map<SeriesCatalog.Wanted, Boolean> wanted = new LinkedHashMap<>();
            Map<String, Integer> more = new HashMap<>();
            for (Entry entry : entries) {
                entry.metrics().forEach((name, value) -> {
                    if (isKept(name, value)) {
                        want(wanted, more, entry, name, SampleType.of(value));
                    }
                });
            }
            if (!wanted.isEmpty()) {
                added.putAll(catalog.add(transaction, wanted.keySet()));
            }
        }

        private void want(
                Map<SeriesCatalog.Wanted, Boolean> wanted,
                Map<String, Integer> more,
                Entry entry,
                String name,
                SampleType type) {
            SeriesKey key = new SeriesKey(entry.subject(), name);
            SeriesCatalog.Series known = catalog.find(entry.gatewayId(), key);
            if (known != null && known.type() == type) {
                return;
            }
            int room = SeriesCatalog.MAX_PER_GATEWAY
                    - catalog.count(entry.gatewayId())
                    - more.getOrDefault(entry.gatewayId(), 0);
            if (known == null && room <= 0) {
                return;
            }
            if (wanted.put(new SeriesCatalog.Wanted(entry.gatewayId(), key, type), true) == null && known == null) {
                more.merge(entry.gatewayId(), 1, Integer::sum);
            }
        }

        private void add(SampleRows rows, Entry entry, String name, Object value) {
            if (isNumber(name)) {
                return;
            }
            Object kept = isKept(name, value) ? SampleType.stored(value) : null;
            SeriesCatalog.Series series = kept == null ? null : series(entry.gatewayId(), entry.subject(), name);
            if (kept == null || series == null) {
                refused++;
            } else {
                rows.add(series.id(), entry.moment(), kept);
            }
        }

        private SeriesCatalog.@Nullable Series series(String gatewayId, String subject, String name) {
            SeriesKey key = new SeriesKey(subject, name);
            Map<SeriesKey, SeriesCatalog.Series> fresh = added.get(gatewayId);
            return fresh == null ? catalog.find(gatewayId, key) : fresh.get(key);
        }

        private SampleRows.Moment moment(Payload payload, Instant receivedAt, @Nullable Number number) {
            Instant device = payload.timestamp();
            boolean isRight = device != null && !device.isBefore(EARLIEST) && device.isBefore(receivedAt.plus(AHEAD));
            if (device != null && !isRight) {
                clockReplaced++;
            }
            return new SampleRows.Moment(
                    (device != null && isRight ? device : receivedAt).toEpochMilli(),
                    device == null || isRight ? null : device.toEpochMilli(),
                    receivedAt.toEpochMilli(),
                    number == null ? 0 : number.epochId(),
                    number == null ? 0 : number.seq());
        }
    }

    /** The number of the message itself is no sample. */
    private static boolean isNumber(String name) {
        return name.equals(Sequence.EPOCH) || name.equals(Sequence.SEQ);
    }

    private static boolean isKept(String name, Object value) {
        return !isNumber(name)
                && !name.isEmpty()
                && name.length() <= MAX_METRIC
                && name.indexOf('\0') < 0
                && SampleType.stored(value) != null;
    }
}
