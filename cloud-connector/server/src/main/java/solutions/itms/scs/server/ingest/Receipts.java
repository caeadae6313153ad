package solutions.itms.scs.server.ingest;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.server.db.Transaction;

/** Remembers which numbers of a gateway were taken, so that each is taken once. Stateless. */
final class Receipts {
    /** Lives of its store that are remembered for a gateway; older ones are forgotten. */
    static final int MAX_EPOCHS = 20;

    /** Ranges of an epoch. Where there would be more, the lowest gap is given up: what comes late for it is dropped. */
    static final int MAX_RANGES = 10_000;

    private Receipts() {}

    /**
     * What became of a number.
     *
     * @param epochId of the epoch's row
     * @param isNew false when it was taken before
     * @param missingChange numbers newly found missing (positive), or one fewer because a late one arrived (negative)
     */
    record Taken(long epochId, boolean isNew, long missingChange) {}

    private record Range(long first, long last) {}

    private record Epoch(long id, long highestSeq, long takenCount) {
        long missing() {
            return highestSeq - takenCount;
        }
    }

    /** Takes the number, as part of the transaction. */
    static Taken take(Transaction transaction, String gatewayId, Sequence sequence, Instant now) throws SQLException {
        Epoch epoch = epoch(transaction, gatewayId, sequence.epoch(), now);
        if (!addToRanges(transaction, epoch.id(), sequence.seq())) {
            return new Taken(epoch.id(), false, 0);
        }
        Epoch after = new Epoch(epoch.id(), Math.max(epoch.highestSeq(), sequence.seq()), epoch.takenCount() + 1);
        transaction.update(
                "update epoch set highest_seq = ?, taken_count = ? where id = ?",
                after.highestSeq(),
                after.takenCount(),
                epoch.id());
        return new Taken(epoch.id(), true, after.missing() - epoch.missing());
    }

    private static Epoch epoch(Transaction transaction, String gatewayId, String name, Instant now)
            throws SQLException {
        Epoch known = find(transaction, gatewayId, name);
        if (known != null) {
            return known;
        }
        transaction.update(
                "insert into epoch (gateway_id, name, first_heard_ms) values (?, ?, ?)", gatewayId, name, now);
        transaction.update("""
                delete from epoch where gateway_id = ? and id not in
                    (select id from epoch where gateway_id = ? order by id desc limit %d)""".formatted(MAX_EPOCHS), gatewayId, gatewayId);
        Epoch added = find(transaction, gatewayId, name);
        if (added == null) {
            throw new IllegalStateException("an epoch just added is not there");
        }
        return added;
    }

    private static @Nullable Epoch find(Transaction transaction, String gatewayId, String name) throws SQLException {
        return transaction.first(
                "select id, highest_seq, taken_count from epoch where gateway_id = ? and name = ?",
                row -> new Epoch(row.getLong(1), row.getLong(2), row.getLong(3)),
                gatewayId,
                name);
    }

    /** @return false when a range has the number already */
    private static boolean addToRanges(Transaction transaction, long epochId, long seq) throws SQLException {
        Range below = transaction.first("""
                select first_seq, last_seq from receipt where epoch_id = ? and first_seq <= ?
                order by first_seq desc limit 1""", row -> new Range(row.getLong(1), row.getLong(2)), epochId, seq);
        if (below != null && below.last() >= seq) {
            return false;
        }
        Range above = transaction.first(
                "select first_seq, last_seq from receipt where epoch_id = ? and first_seq > ? and first_seq - 1 = ?",
                row -> new Range(row.getLong(1), row.getLong(2)),
                epochId,
                seq,
                seq);
        long last = above == null ? seq : above.last();
        if (above != null) {
            transaction.update("delete from receipt where epoch_id = ? and first_seq = ?", epochId, above.first());
        }
        if (below != null && below.last() == seq - 1) {
            extend(transaction, epochId, below.first(), last);
        } else {
            transaction.update(
                    "insert into receipt (epoch_id, first_seq, last_seq) values (?, ?, ?)", epochId, seq, last);
            limitRanges(transaction, epochId);
        }
        return true;
    }

    private static void extend(Transaction transaction, long epochId, long first, long last) throws SQLException {
        transaction.update(
                "update receipt set last_seq = ? where epoch_id = ? and first_seq = ?", last, epochId, first);
    }

    private static void limitRanges(Transaction transaction, long epochId) throws SQLException {
        if (transaction.number("select count(*) from receipt where epoch_id = ?", epochId) <= MAX_RANGES) {
            return;
        }
        Range lowest = lowest(transaction, epochId, 0);
        Range next = lowest(transaction, epochId, 1);
        if (lowest != null && next != null) {
            transaction.update("delete from receipt where epoch_id = ? and first_seq = ?", epochId, next.first());
            extend(transaction, epochId, lowest.first(), next.last());
        }
    }

    private static @Nullable Range lowest(Transaction transaction, long epochId, int skip) throws SQLException {
        return transaction.first(
                "select first_seq, last_seq from receipt where epoch_id = ? order by first_seq limit 1 offset " + skip,
                row -> new Range(row.getLong(1), row.getLong(2)),
                epochId);
    }
}
