package solutions.itms.scs.server.ingest;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.server.db.Transaction;

/**
 * Remembers which numbers of the gateways were taken, so that each is taken once. It is opened for the numbers of one
 * batch, reads what it needs of them in a few queries, and writes what has changed in a few more. For one thread and one
 * transaction, which has locked the gateways.
 */
final class ReceiptBook {
    /** Lives of its store that are remembered for a gateway; older ones are forgotten. */
    static final int MAX_EPOCHS = 20;

    /** Ranges of an epoch. Where there would be more, the lowest gap is given up: what comes late for it is dropped. */
    static final int MAX_RANGES = 10_000;

    private static final int MAX_WINDOWS = 128;
    private static final String WINDOW = "(cast(? as bigint), cast(? as bigint), cast(? as bigint))";

    private final Transaction transaction;
    private final Map<Key, Epoch> epochs = new LinkedHashMap<>();
    private final Set<String> withNewEpoch = new LinkedHashSet<>();

    private ReceiptBook(Transaction transaction) {
        this.transaction = transaction;
    }

    /** Numbers that a batch brings of one epoch. */
    record Wanted(String gatewayId, Sequence sequence) {}

    private record Key(String gatewayId, String epoch) {}

    /**
     * What became of a number.
     *
     * @param epochId of the epoch's row
     * @param isNew false when it was taken before
     * @param missingChange numbers newly found missing (positive), or one fewer because a late one arrived (negative)
     */
    record Taken(long epochId, boolean isNew, long missingChange) {}

    private static final class Epoch {
        private final long id;
        private final NumberRanges ranges = new NumberRanges();
        private long highest;
        private long taken;
        private long lowestWanted = Long.MAX_VALUE;
        private long highestWanted;
        private boolean changed;

        Epoch(long id, long highest, long taken) {
            this.id = id;
            this.highest = highest;
            this.taken = taken;
        }
    }

    /** Reads what is known of these numbers, and of those beside them. */
    static ReceiptBook open(Transaction transaction, Collection<Wanted> wanted, Instant now) throws SQLException {
        ReceiptBook book = new ReceiptBook(transaction);
        Map<Key, List<Long>> numbers = new LinkedHashMap<>();
        for (Wanted one : wanted) {
            numbers.computeIfAbsent(new Key(one.gatewayId(), one.sequence().epoch()), key -> new ArrayList<>())
                    .add(one.sequence().seq());
        }
        book.loadEpochs(numbers.keySet(), now);
        numbers.forEach((key, some) ->
                book.epoch(key).lowestWanted = some.stream().min(Long::compare).orElseThrow());
        numbers.forEach((key, some) ->
                book.epoch(key).highestWanted = some.stream().max(Long::compare).orElseThrow());
        book.loadRanges();
        return book;
    }

    /** Takes a number, which must be one of those that the book was opened for. */
    Taken take(String gatewayId, Sequence sequence) {
        Epoch epoch = epoch(new Key(gatewayId, sequence.epoch()));
        if (!epoch.ranges.add(sequence.seq())) {
            return new Taken(epoch.id, false, 0);
        }
        long missingBefore = epoch.highest - epoch.taken;
        epoch.highest = Math.max(epoch.highest, sequence.seq());
        epoch.taken++;
        epoch.changed = true;
        return new Taken(epoch.id, true, epoch.highest - epoch.taken - missingBefore);
    }

    /** Writes what has changed; to be called once, before the commit. */
    void save() throws SQLException {
        List<@Nullable Object[]> counts = new ArrayList<>();
        List<@Nullable Object[]> removed = new ArrayList<>();
        List<@Nullable Object[]> extended = new ArrayList<>();
        List<@Nullable Object[]> added = new ArrayList<>();
        for (Epoch epoch : epochs.values()) {
            if (epoch.changed) {
                counts.add(new @Nullable Object[] {epoch.highest, epoch.taken, epoch.id});
                epoch.ranges.removed().forEach(first -> removed.add(new @Nullable Object[] {epoch.id, first}));
                epoch.ranges
                        .extended()
                        .forEach(range -> extended.add(new @Nullable Object[] {range.last(), epoch.id, range.first()}));
                epoch.ranges
                        .added()
                        .forEach(range -> added.add(new @Nullable Object[] {epoch.id, range.first(), range.last()}));
            }
        }
        transaction.updateEach("update epoch set highest_seq = ?, taken_count = ? where id = ?", counts);
        transaction.updateEach("delete from receipt where epoch_id = ? and first_seq = ?", removed);
        transaction.updateEach("update receipt set last_seq = ? where epoch_id = ? and first_seq = ?", extended);
        transaction.updateEach("insert into receipt (epoch_id, first_seq, last_seq) values (?, ?, ?)", added);
        for (Epoch epoch : epochs.values()) {
            if (!epoch.ranges.added().isEmpty()) {
                limitRanges(epoch.id);
            }
        }
        forgetOldEpochs();
    }

    private Epoch epoch(Key key) {
        Epoch epoch = epochs.get(key);
        if (epoch == null) {
            throw new IllegalStateException("the book was not opened for " + key);
        }
        return epoch;
    }

    private void loadEpochs(Set<Key> keys, Instant now) throws SQLException {
        readEpochs(keys);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Key key : keys) {
            if (!epochs.containsKey(key)) {
                withNewEpoch.add(key.gatewayId());
                rows.add(new @Nullable Object[] {key.gatewayId(), key.epoch(), now});
            }
        }
        if (!rows.isEmpty()) {
            transaction.updateEach("insert into epoch (gateway_id, name, first_heard_ms) values (?, ?, ?)", rows);
            readEpochs(keys);
        }
    }

    private void readEpochs(Set<Key> keys) throws SQLException {
        List<String> gatewayIds = keys.stream().map(Key::gatewayId).distinct().toList();
        transaction.allIn(
                "select gateway_id, name, id, highest_seq, taken_count from epoch where gateway_id in (?)",
                gatewayIds,
                row -> {
                    Key key = new Key(row.getString(1), row.getString(2));
                    if (keys.contains(key)) {
                        epochs.put(key, new Epoch(row.getLong(3), row.getLong(4), row.getLong(5)));
                    }
                    return key;
                });
    }

    /** The ranges that hold or touch the wanted numbers, or lie between them. */
    private void loadRanges() throws SQLException {
        Map<Long, Epoch> byId = new LinkedHashMap<>();
        epochs.values().forEach(epoch -> byId.put(epoch.id, epoch));
        List<Epoch> all = List.copyOf(epochs.values());
        for (int from = 0; from < all.size(); from += MAX_WINDOWS) {
            List<Epoch> some = all.subList(from, Math.min(all.size(), from + MAX_WINDOWS));
            // few different lengths, so that few different statements are prepared
            int length = Integer.highestOneBit(2 * some.size() - 1);
            @Nullable Object[] arguments = new @Nullable Object[3 * length];
            for (int i = 0; i < length; i++) {
                Epoch epoch = some.get(Math.min(i, some.size() - 1));
                arguments[3 * i] = epoch.id;
                arguments[3 * i + 1] = epoch.lowestWanted;
                arguments[3 * i + 2] = epoch.highestWanted;
            }
            transaction.all(
                    rangesQuery(length), row -> load(byId, row.getLong(1), row.getLong(2), row.getLong(3)), arguments);
        }
    }

    private static boolean load(Map<Long, Epoch> byId, long epochId, long first, long last) {
        Epoch epoch = byId.get(epochId);
        if (epoch != null) {
            epoch.ranges.load(first, last);
        }
        return true;
    }

    /** The range below the lowest number may hold or touch it, and the one that begins behind the highest may. */
    private static String rangesQuery(int windows) {
        String[] values = new String[windows];
        Arrays.fill(values, WINDOW);
        return "with wanted (epoch_id, lowest, highest) as (values " + String.join(", ", values) + ")"
                + " select r.epoch_id, r.first_seq, r.last_seq from wanted w join receipt r on r.epoch_id = w.epoch_id"
                + " where r.first_seq - 1 <= w.highest and r.first_seq >= coalesce((select max(b.first_seq)"
                + " from receipt b where b.epoch_id = w.epoch_id and b.first_seq <= w.lowest), 0)";
    }

    private void limitRanges(long epochId) throws SQLException {
        long ranges = transaction.number("select count(*) from receipt where epoch_id = ?", epochId);
        for (; ranges > MAX_RANGES; ranges--) {
            List<NumberRanges.Range> lowest = transaction.all(
                    "select first_seq, last_seq from receipt where epoch_id = ? order by first_seq limit 2",
                    row -> new NumberRanges.Range(row.getLong(1), row.getLong(2)),
                    epochId);
            NumberRanges.Range next = lowest.get(1);
            transaction.update("delete from receipt where epoch_id = ? and first_seq = ?", epochId, next.first());
            transaction.update(
                    "update receipt set last_seq = ? where epoch_id = ? and first_seq = ?",
                    next.last(),
                    epochId,
                    lowest.get(0).first());
        }
    }

    private void forgetOldEpochs() throws SQLException {
        for (String gatewayId : withNewEpoch) {
            transaction.update("""
                    delete from epoch where gateway_id = ? and id not in
                        (select id from epoch where gateway_id = ? order by id desc limit %d)""".formatted(MAX_EPOCHS), gatewayId, gatewayId);
        }
    }
}
