package solutions.itms.scs.server.history;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Transaction;

/**
 * The series of the gateways that were heard lately, so that a sample needs no look-up. What a transaction adds counts
 * after its commit. For one thread.
 */
final class SeriesCatalog {
    /** Metrics that one gateway may have, over all its subjects. */
    static final int MAX_PER_GATEWAY = 5_000;

    private static final int MAX_REMEMBERED = 500_000;

    private final LinkedHashMap<String, Known> gateways = new LinkedHashMap<>(64, 0.75f, true);
    private int remembered;

    /**
     * A series.
     *
     * @param type of the latest value
     */
    record Series(long id, SampleType type) {}

    /**
     * What is known of a gateway.
     *
     * @param addedAt when the gateway was added: one that was taken out and added again has other series
     */
    private record Known(long addedAt, Map<SeriesKey, Series> series) {}

    /** A series that is not in the catalog, or has another type there. */
    record Wanted(String gatewayId, SeriesKey key, SampleType type) {}

    @Nullable
    Series find(String gatewayId, SeriesKey key) {
        Known known = gateways.get(gatewayId);
        return known == null ? null : known.series().get(key);
    }

    int count(String gatewayId) {
        Known known = gateways.get(gatewayId);
        return known == null ? 0 : known.series().size();
    }

    /**
     * Reads the series of these gateways, as far as they are not remembered.
     *
     * @param addedAt by the gateway's id
     */
    void load(Transaction transaction, Map<String, Long> addedAt) throws SQLException {
        List<String> unknown = addedAt.entrySet().stream()
                .filter(each -> !isKnown(each.getKey(), each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        // what is committed stays as it is, whether this transaction is committed or not
        Map<String, Map<SeriesKey, Series>> read = new HashMap<>();
        unknown.forEach(id -> read.put(id, new HashMap<>()));
        read(transaction, unknown, read);
        forgetSome();
        read.forEach((id, series) -> remember(id, new Known(Objects.requireNonNull(addedAt.get(id)), series)));
    }

    private boolean isKnown(String gatewayId, long addedAt) {
        Known known = gateways.get(gatewayId);
        return known != null && known.addedAt() == addedAt;
    }

    /** Adds series, and takes over new types. What they are is known to this transaction alone. */
    Map<String, Map<SeriesKey, Series>> add(Transaction transaction, Collection<Wanted> wanted) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        wanted.forEach(series -> rows.add(new @Nullable Object[] {
            series.gatewayId(),
            series.key().subject(),
            series.key().metric(),
            series.type().code()
        }));
        transaction.updateEach("""
                insert into series (gateway_id, subject, metric, type) values (?, ?, ?, ?)
                on conflict (gateway_id, subject, metric) do update set type = excluded.type""", rows);
        Map<String, Map<SeriesKey, Series>> added = new HashMap<>();
        read(transaction, wanted.stream().map(Wanted::gatewayId).distinct().toList(), added);
        return added;
    }

    /** The transaction that added these was committed. */
    void committed(Map<String, Map<SeriesKey, Series>> added) {
        added.forEach((id, series) ->
                remember(id, new Known(Objects.requireNonNull(gateways.get(id)).addedAt(), series)));
    }

    private void remember(String gatewayId, Known known) {
        Known before = gateways.put(gatewayId, known);
        remembered +=
                known.series().size() - (before == null ? 0 : before.series().size());
    }

    private void forgetSome() {
        var oldest = gateways.entrySet().iterator();
        while (remembered > MAX_REMEMBERED && oldest.hasNext()) {
            remembered -= oldest.next().getValue().series().size();
            oldest.remove();
        }
    }

    private static void read(Transaction transaction, List<String> gatewayIds, Map<String, Map<SeriesKey, Series>> into)
            throws SQLException {
        transaction.allIn(
                "select gateway_id, subject, metric, id, type from series where gateway_id in (?)", gatewayIds, row -> {
                    SeriesKey key = new SeriesKey(row.getString(2), row.getString(3));
                    Series series = new Series(row.getLong(4), SampleType.ofCode(row.getString(5)));
                    into.computeIfAbsent(row.getString(1), id -> new HashMap<>())
                            .put(key, series);
                    return series;
                });
    }
}
