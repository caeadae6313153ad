package solutions.itms.scs.cloud.mqtt.outbox;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.Receipt;
import solutions.itms.scs.store.Stores;

/**
 * The messages that the cloud has not confirmed yet, on the disk. {@link #add} returns when the message would survive
 * the end of the process; {@link #next} hands messages out, the most urgent first and the oldest among equals. A message
 * is forgotten once it is confirmed: one with a number by the server's receipt, any other, or if receipts are switched
 * off, by the broker's acknowledgement. Thread-safe.
 *
 * <p>While the disk takes nothing, messages are kept in memory, within limits, and {@link OutboxCounts#alarm} says so.
 */
public final class Outbox implements AutoCloseable {
    private final Queue queue;
    private final Sending sending;
    private final Housekeeper housekeeper;
    private final LongSupplier nanos;
    private final Consumer<String> confirmed;

    /**
     * Opens in the background.
     *
     * @param stores where the file is
     * @param name of the file; nobody else may use it
     * @param memoryBytes what may be kept in memory while the disk takes nothing
     * @param confirmed told the id of each message of QoS 1 that is confirmed; must not block
     * @param nanos monotonic time; the clock of the day plays no part
     */
    public Outbox(
            Stores stores,
            String name,
            OutboxLimits limits,
            long memoryBytes,
            Consumer<String> confirmed,
            LongSupplier nanos) {
        this.nanos = nanos;
        this.confirmed = confirmed;
        this.queue = new Queue(stores, name, limits, memoryBytes, nanos);
        this.sending = queue.sending();
        this.housekeeper = new Housekeeper(queue);
    }

    /**
     * Takes a message.
     *
     * @return its id, unique among all outboxes, behind {@code @} its source if it has one
     * @throws OutboxException if it is not accepted
     */
    public String add(Message message) throws OutboxException {
        return queue.add(message);
    }

    /**
     * The next message to send, in flight from now on; null when there is none.
     *
     * @param leastUrgent the least urgent priority to be considered
     */
    public @Nullable Entry next(int leastUrgent) {
        try {
            while (true) {
                Stored stored = sending.next(leastUrgent);
                if (stored == null) {
                    return null;
                }
                Message message = stored.message();
                if (!queue.limits().receipts() || !sending.isCovered(message.number())) {
                    return new Entry(stored.key(), queue.id(stored.key(), message.source()), message);
                }
                acknowledged(stored.key());
            }
        } catch (IOException e) {
            queue.readFailed(e);
            return null;
        }
    }

    /** The broker has it. An unknown key is ignored. */
    public void acknowledged(long key) {
        Sending.Sent sent = sending.acknowledged(key, queue.limits().receipts(), nanos.getAsLong());
        if (sent != null) {
            confirm(sent);
        }
    }

    /** The server has what the receipt covers. */
    public void received(Receipt receipt) {
        sending.received(receipt).forEach(this::confirm);
    }

    /** The connection is gone: all that is not confirmed will be handed out again. */
    public void returnAll() {
        sending.returnAll();
    }

    /** Will hand out again what has waited too long for a receipt; whether there is any. */
    public boolean repeatOverdue() {
        long timeout = queue.limits().receiptTimeout().toNanos();
        return sending.repeatOverdue(timeout, nanos.getAsLong()) > 0;
    }

    /** Messages sent that the broker has not acknowledged. */
    public int inFlight() {
        return sending.inFlight();
    }

    /** What they take in memory. */
    public long inFlightBytes() {
        return sending.inFlightBytes();
    }

    /** How many messages are not confirmed. */
    public long queued() {
        return queue.count();
    }

    /** Whether messages were repeated for want of a receipt, and none has come since. */
    public boolean isUnanswered() {
        return sending.isUnanswered();
    }

    public OutboxCounts counts() {
        return new OutboxCounts(
                queue.count(),
                queue.bytes(),
                sending.inFlight(),
                sending.awaitingReceipt(),
                queue.dropped(),
                queue.oldestSeconds(),
                queue.alarm());
    }

    /** Changes the limits; nothing that is queued and fits is lost. */
    public void configure(OutboxLimits limits) {
        OutboxLimits before = queue.configure(limits);
        if (!limits.receipts() && before.receipts()) {
            List<Sending.Sent> waiting = sending.giveUpReceipts();
            waiting.forEach(this::confirm);
        }
        if (limits.powerSafe() != before.powerSafe()) {
            housekeeper.reopen();
        }
    }

    /** Returns when the file was opened, or could not be; false if that takes longer than the patience. */
    public boolean awaitOpen(long patience, TimeUnit unit) throws InterruptedException {
        return queue.awaitOpen(patience, unit);
    }

    private void confirm(Sending.Sent sent) {
        if (queue.confirmed(sent)) {
            housekeeper.deleteSoon();
        }
        if (sent.qos() > 0) {
            confirmed.accept(queue.id(sent.key(), sent.source()));
        }
    }

    /** Writes what is still in memory, and closes the file. */
    @Override
    public void close() {
        housekeeper.close();
    }
}
