package solutions.itms.scs.server.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Receipt;
import solutions.itms.scs.message.Topics;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.GatewayIdentity;

/**
 * Tells gateways what is stored, so that they may forget it: up to which number all is, and the ranges above it that
 * hold what was sent lately. A receipt that gets lost is made up for when the gateway sends again. Thread-safe.
 */
public final class ReceiptSender {
    private final DueReceipts due;
    private final Database database;
    private final Predicate<String> connected;
    private final BiConsumer<String, byte[]> publisher;
    private final Clock clock;

    /**
     * @param connected whether a gateway is connected now; to others nothing is sent
     * @param publisher sends a payload to an MQTT topic; does not block
     */
    public ReceiptSender(
            Ingest ingest,
            Database database,
            Predicate<String> connected,
            BiConsumer<String, byte[]> publisher,
            Clock clock) {
        this.due = ingest.dueReceipts();
        this.database = database;
        this.connected = connected;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Sends what is due; to be called several times a second. */
    public void send() {
        List<DueReceipts.Span> spans = due.take().stream()
                .filter(span -> connected.test(span.gateway().id()))
                .toList();
        if (!spans.isEmpty()) {
            database.reading().useHandle(handle -> spans.forEach(span -> send(span, receipt(handle, span))));
        }
    }

    private void send(DueReceipts.Span span, Receipt receipt) {
        publisher.accept(topic(span.gateway()), PayloadCodec.encode(receipt.toPayload(clock.instant())));
    }

    /** Where a gateway listens for receipts. */
    static String topic(GatewayIdentity gateway) {
        return Topics.CONTROL_PREFIX + "/" + gateway.account() + "/" + gateway.id() + "/" + Receipt.APP_ID + "/"
                + Receipt.SUBJECT;
    }

    /** What is stored of the span's numbers, and below. */
    static Receipt receipt(Handle handle, DueReceipts.Span span) {
        long upTo = handle.createQuery("select last_seq from receipt where epoch_id = ? and first_seq = 1")
                .bind(0, span.epochId())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
        if (span.highest() <= upTo) {
            return new Receipt(span.epoch(), upTo, List.of());
        }
        // the range that holds the lowest number begins at or below it
        List<Receipt.Range> ranges = handle.createQuery("""
                        select first_seq, last_seq from receipt
                        where epoch_id = :epoch and first_seq > :upTo and first_seq <= :highest
                          and first_seq >= coalesce((select max(first_seq) from receipt
                                                     where epoch_id = :epoch and first_seq <= :lowest), 0)
                        order by first_seq limit :limit""")
                .bind("epoch", span.epochId())
                .bind("upTo", upTo)
                .bind("highest", span.highest())
                .bind("lowest", span.lowest())
                .bind("limit", Receipt.MAX_RANGES)
                .map(ReceiptSender::range)
                .list();
        return new Receipt(span.epoch(), upTo, ranges);
    }

    private static Receipt.Range range(ResultSet row, StatementContext context) throws SQLException {
        return new Receipt.Range(row.getLong(1), row.getLong(2));
    }
}
