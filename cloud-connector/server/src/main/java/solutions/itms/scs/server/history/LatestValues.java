package solutions.itms.scs.server.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import solutions.itms.scs.server.db.Database;

/**
 * The latest value of every series, in memory: of a gateway that is asked for they are read once, and are kept up by
 * what is committed after that. So a page or a monitoring system that asks often costs the database next to nothing.
 * Bounded: of the gateways that were used longest ago the values are forgotten, and read again when asked for. Thread-safe.
 */
public final class LatestValues {
    /** Over all gateways; some 200 bytes each. */
    static final int MAX_SERIES = 500_000;

    private static final int READ_AT_ONCE = 100;
    private static final Comparator<MetricHistory.Latest> BY_NAME =
            Comparator.comparing(MetricHistory.Latest::subject).thenComparing(MetricHistory.Latest::metric);

    private final MetricHistory history;
    private final Clock clock;
    private final Duration keep;
    private final int limit;
    private final LinkedHashMap<String, Known> gateways = new LinkedHashMap<>(64, 0.75f, true);
    private int remembered;

    /** @param keep age at which a value is old enough to be deleted, and is shown no more */
    public LatestValues(Database database, Clock clock, Duration keep) {
        this(database, clock, keep, MAX_SERIES);
    }

    LatestValues(Database database, Clock clock, Duration keep, int limit) {
        this.history = new MetricHistory(database);
        this.clock = clock;
        this.keep = keep;
        this.limit = limit;
    }

    /** A sample and what it is. */
    record Value(SampleType type, SampleRows.Moment moment, Object stored) {
        /** Of several at the same moment the last one counts. */
        boolean isAfter(Value other) {
            return Comparator.comparingLong(SampleRows.Moment::at)
                            .thenComparingLong(SampleRows.Moment::epochId)
                            .thenComparingLong(SampleRows.Moment::seq)
                            .compare(moment, other.moment)
                    >= 0;
        }
    }

    /** What is known of a gateway, from when it was added on: one that was taken out and added again is another. */
    private static final class Known {
        private final long addedAt;
        private final Map<SeriesKey, Value> values = new HashMap<>();
        /** Until the database was read, only what was committed meanwhile is there. */
        private boolean whole;

        private Known(long addedAt) {
            this.addedAt = addedAt;
        }
    }

    /** By subject and metric; empty when there is no such gateway. */
    public List<MetricHistory.Latest> of(String gatewayId) {
        Optional<Long> addedAt = history.addedAt(gatewayId);
        return addedAt.isEmpty() ? List.of() : of(Map.of(gatewayId, addedAt.get()));
    }

    /** Of all gateways, by gateway, subject and metric. */
    public List<MetricHistory.Latest> all() {
        return of(history.addedAt());
    }

    private List<MetricHistory.Latest> of(Map<String, Long> wanted) {
        List<MetricHistory.Latest> all = new ArrayList<>();
        List<Map.Entry<String, Long>> rest = List.copyOf(wanted.entrySet());
        for (int from = 0; from < rest.size(); from += READ_AT_ONCE) {
            all.addAll(some(rest.subList(from, Math.min(rest.size(), from + READ_AT_ONCE))));
        }
        return all;
    }

    private List<MetricHistory.Latest> some(List<Map.Entry<String, Long>> wanted) {
        Map<String, Known> found = new LinkedHashMap<>();
        List<String> unread = new ArrayList<>();
        synchronized (this) {
            for (Map.Entry<String, Long> gateway : wanted) {
                Known known = known(gateway.getKey(), gateway.getValue());
                found.put(gateway.getKey(), known);
                if (!known.whole) {
                    unread.add(gateway.getKey());
                }
            }
        }
        // what is committed while this reads is merged into the same maps, in whichever order
        Map<String, Map<SeriesKey, Value>> read = unread.isEmpty() ? Map.of() : history.latest(unread);
        Instant oldest = clock.instant().minus(keep);
        synchronized (this) {
            unread.forEach(id -> {
                Known known = Objects.requireNonNull(found.get(id));
                read.getOrDefault(id, Map.of()).forEach((key, value) -> merge(id, known, key, value));
                known.whole = true;
            });
            List<MetricHistory.Latest> shown = new ArrayList<>();
            found.forEach((id, known) -> shown.addAll(shown(id, known, oldest)));
            forgetSome();
            return shown;
        }
    }

    private Known known(String gatewayId, long addedAt) {
        Known known = gateways.get(gatewayId);
        if (known == null || known.addedAt != addedAt) {
            forget(gatewayId);
            known = new Known(addedAt);
            gateways.put(gatewayId, known);
        }
        return known;
    }

    /** What was committed of a gateway; asked for only when somebody wants it. */
    synchronized void committed(String gatewayId, long addedAt, Supplier<Map<SeriesKey, Value>> values) {
        Known known = gateways.get(gatewayId);
        if (known == null) {
            return;
        }
        if (known.addedAt != addedAt) {
            forget(gatewayId);
            return;
        }
        values.get().forEach((key, value) -> merge(gatewayId, known, key, value));
        forgetSome();
    }

    /** How many values are in memory. */
    synchronized int remembered() {
        return remembered;
    }

    private void merge(String gatewayId, Known known, SeriesKey key, Value value) {
        Value before = known.values.get(key);
        if (before == null || value.isAfter(before)) {
            known.values.put(key, value);
            if (before == null && gateways.get(gatewayId) == known) {
                remembered++;
            }
        }
    }

    private void forget(String gatewayId) {
        Known known = gateways.remove(gatewayId);
        remembered -= known == null ? 0 : known.values.size();
    }

    private void forgetSome() {
        while (remembered > limit && !gateways.isEmpty()) {
            forget(gateways.keySet().iterator().next());
        }
    }

    private static Collection<MetricHistory.Latest> shown(String gatewayId, Known known, Instant oldest) {
        return known.values.entrySet().stream()
                .filter(each -> each.getValue().moment().at() >= oldest.toEpochMilli())
                .map(each -> shown(gatewayId, each.getKey(), each.getValue()))
                .sorted(BY_NAME)
                .toList();
    }

    private static MetricHistory.Latest shown(String gatewayId, SeriesKey key, Value value) {
        SampleRows.Moment moment = value.moment();
        return new MetricHistory.Latest(
                gatewayId,
                key.subject(),
                key.metric(),
                value.type(),
                Instant.ofEpochMilli(moment.at()),
                value.type().shown(value.stored()),
                Instant.ofEpochMilli(moment.received()),
                moment.device() == null ? null : Instant.ofEpochMilli(moment.device()));
    }
}
