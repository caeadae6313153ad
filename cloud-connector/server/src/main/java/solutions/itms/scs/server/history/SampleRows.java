package solutions.itms.scs.server.history;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.BulkColumn;
import solutions.itms.scs.server.db.Transaction;

/** Rows of the table of samples, column by column, that are added at once. For one thread. */
final class SampleRows {
    private final List<Long> series = new ArrayList<>();
    private final List<Long> at = new ArrayList<>();
    private final List<Long> epoch = new ArrayList<>();
    private final List<Long> seq = new ArrayList<>();
    private final List<Long> received = new ArrayList<>();
    private final List<@Nullable Long> device = new ArrayList<>();
    private final List<@Nullable Double> number = new ArrayList<>();
    private final List<@Nullable Long> whole = new ArrayList<>();
    private final List<@Nullable String> text = new ArrayList<>();

    /**
     * What all samples of a message have in common. Times are in milliseconds since 1970.
     *
     * @param device what the gateway's clock said, when {@code at} is the server's
     * @param epochId 0, as seq, when the message has no number
     */
    record Moment(long at, @Nullable Long device, long received, long epochId, long seq) {}

    void add(long seriesId, Moment moment, Object stored) {
        series.add(seriesId);
        at.add(moment.at());
        epoch.add(moment.epochId());
        seq.add(moment.seq());
        received.add(moment.received());
        device.add(moment.device());
        number.add(stored instanceof Double value ? value : null);
        whole.add(stored instanceof Long value ? value : null);
        text.add(stored instanceof String value ? value : null);
    }

    int insert(Transaction transaction) throws SQLException {
        if (series.isEmpty()) {
            return 0;
        }
        return transaction.insertAll(
                "sample",
                List.of(
                        new BulkColumn("series_id", BulkColumn.Kind.WHOLE, series),
                        new BulkColumn("at_ms", BulkColumn.Kind.WHOLE, at),
                        new BulkColumn("epoch_id", BulkColumn.Kind.WHOLE, epoch),
                        new BulkColumn("seq", BulkColumn.Kind.WHOLE, seq),
                        new BulkColumn("received_ms", BulkColumn.Kind.WHOLE, received),
                        new BulkColumn("device_ms", BulkColumn.Kind.WHOLE, device),
                        new BulkColumn("number", BulkColumn.Kind.NUMBER, number),
                        new BulkColumn("whole", BulkColumn.Kind.WHOLE, whole),
                        new BulkColumn("text", BulkColumn.Kind.TEXT, text)));
    }
}
