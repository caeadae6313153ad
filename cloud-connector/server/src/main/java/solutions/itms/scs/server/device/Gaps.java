package solutions.itms.scs.server.device;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import solutions.itms.scs.server.db.Database;

/** Finds the numbers of a gateway's messages that never arrived. Thread-safe. */
public final class Gaps {
    /** Ranges that are told of an epoch: the lowest ones. */
    static final int MAX_RANGES = 100;

    private final Database database;

    public Gaps(Database database) {
        this.database = database;
    }

    /**
     * One life of a gateway's store.
     *
     * @param highest highest number taken
     * @param taken how many numbers were taken
     * @param missing how many below the highest were not
     * @param ranges what is missing, the lowest first, {@value Gaps#MAX_RANGES} at most
     */
    public record Epoch(String epoch, Instant firstHeard, long highest, long taken, long missing, List<Range> ranges) {}

    /** Consecutive numbers, both ends included. */
    public record Range(long first, long last) {}

    private record Row(long id, String name, long firstHeard, long highest, long taken) {}

    /** The epochs of a gateway, the latest first; empty when there is no such gateway. */
    public Optional<List<Epoch>> of(String gatewayId) {
        return database.reading()
                .inTransaction(handle -> exists(handle, gatewayId)
                        ? Optional.of(rows(handle, gatewayId).stream()
                                .map(row -> epoch(handle, row))
                                .toList())
                        : Optional.empty());
    }

    private static boolean exists(Handle handle, String gatewayId) {
        return handle.createQuery("select count(*) from gateway where id = ?")
                        .bind(0, gatewayId)
                        .mapTo(Long.class)
                        .one()
                == 1;
    }

    private static List<Row> rows(Handle handle, String gatewayId) {
        return handle.createQuery("""
                        select id, name, first_heard_ms, highest_seq, taken_count from epoch
                        where gateway_id = ? order by id desc""")
                .bind(0, gatewayId)
                .map((row, context) ->
                        new Row(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5)))
                .list();
    }

    private static Epoch epoch(Handle handle, Row row) {
        List<Range> taken = handle.createQuery("""
                        select first_seq, last_seq from receipt where epoch_id = ? order by first_seq limit ?""")
                .bind(0, row.id())
                .bind(1, MAX_RANGES + 1)
                .map((result, context) -> new Range(result.getLong(1), result.getLong(2)))
                .list();
        return new Epoch(
                row.name(),
                Instant.ofEpochMilli(row.firstHeard()),
                row.highest(),
                row.taken(),
                row.highest() - row.taken(),
                between(taken));
    }

    private static List<Range> between(List<Range> taken) {
        List<Range> missing = new ArrayList<>();
        long next = 1;
        for (Range range : taken) {
            if (range.first() > next && missing.size() < MAX_RANGES) {
                missing.add(new Range(next, range.first() - 1));
            }
            next = range.last() + 1;
        }
        return missing;
    }
}
