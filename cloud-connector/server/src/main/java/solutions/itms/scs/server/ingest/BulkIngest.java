package solutions.itms.scs.server.ingest;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.Receipt;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.message.Topics;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.GatewayIdentity;

/**
 * Messages that come many at a time and not through the broker. They go through the same queue, so that the same limits
 * hold, and each number is taken once whichever way it came. Thread-safe.
 */
public final class BulkIngest {
    private final Ingest ingest;
    private final Database database;
    private final Clock clock;

    public BulkIngest(Ingest ingest, Database database, Clock clock) {
        this.ingest = ingest;
        this.database = database;
        this.clock = clock;
    }

    /**
     * A message that can be read.
     *
     * @param sequence null when it has no number
     */
    public record Message(
            String subject,
            byte[] bytes,
            Payload payload,
            @Nullable Sequence sequence) {
        /** Reads it. */
        public static Message read(String subject, byte[] bytes) throws MalformedPayloadException {
            Inbound read =
                    Inbound.read("a/b/" + Topics.SCS_V1 + "/" + subject, bytes, java.time.Instant.EPOCH, () -> {});
            Payload payload = read.content();
            if (payload == null) {
                throw new MalformedPayloadException(String.valueOf(read.fault()));
            }
            return new Message(subject, bytes, payload, read.sequence());
        }
    }

    /**
     * Takes the messages; all are on the disk when this returns.
     *
     * @return what is stored of the epochs that the messages name
     * @throws TimeoutException if the database does not take them in this time; some may have been taken
     */
    public List<Receipt> take(GatewayIdentity gateway, List<Message> messages, long patienceMillis)
            throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        CountDownLatch stored = new CountDownLatch(messages.size());
        for (Message message : messages) {
            String topic = gateway.account() + "/" + gateway.id() + "/" + Topics.SCS_V1 + "/" + message.subject();
            Inbound inbound = Inbound.read(topic, message.bytes(), clock.instant(), stored::countDown);
            if (!ingest.offer(inbound, end - System.nanoTime())) {
                throw new TimeoutException("too much is waiting");
            }
        }
        if (!stored.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("the database does not answer");
        }
        return receipts(gateway, messages);
    }

    private List<Receipt> receipts(GatewayIdentity gateway, List<Message> messages) {
        Map<String, long[]> spans = new LinkedHashMap<>();
        for (Message message : messages) {
            Sequence sequence = message.sequence();
            if (sequence != null) {
                long[] span = spans.computeIfAbsent(sequence.epoch(), epoch -> new long[] {sequence.seq(), 0});
                span[0] = Math.min(span[0], sequence.seq());
                span[1] = Math.max(span[1], sequence.seq());
            }
        }
        return database.reading().withHandle(handle -> {
            List<Receipt> receipts = new ArrayList<>();
            spans.forEach((epoch, span) -> {
                long id = epochId(handle, gateway.id(), epoch);
                receipts.add(ReceiptSender.receipt(handle, new DueReceipts.Span(gateway, epoch, id, span[0], span[1])));
            });
            return receipts;
        });
    }

    private static long epochId(Handle handle, String gatewayId, String epoch) {
        return handle.createQuery("select id from epoch where gateway_id = ? and name = ?")
                .bind(0, gatewayId)
                .bind(1, epoch)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }
}
