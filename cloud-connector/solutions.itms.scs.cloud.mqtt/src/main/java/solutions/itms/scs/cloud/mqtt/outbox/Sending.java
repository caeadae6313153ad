package solutions.itms.scs.cloud.mqtt.outbox;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.Receipt;
import solutions.itms.scs.message.Sequence;

/**
 * What is being sent: read from the queue page by page, then in flight until the broker acknowledges, then awaiting the
 * server's receipt. Its memory does not depend on how much is queued. Thread-safe.
 */
final class Sending {
    /** Where queued messages are read. */
    interface Source {
        /** The next messages between two keys, lowest first; a page of them, or none. */
        List<Stored> page(long after, long before) throws IOException;

        @Nullable
        Stored one(long key) throws IOException;

        /** Whether the message has been confirmed and is only waiting to be deleted. */
        boolean isGone(long key);
    }

    /**
     * A message that was sent.
     *
     * @param acknowledgedNanos when the broker acknowledged it; 0 while it has not
     * @param message kept until the broker has it, should the file be lost
     */
    record Sent(
            long key,
            long bytes,
            String source,
            int qos,
            @Nullable Sequence number,
            long acknowledgedNanos,
            @Nullable Message message) {
        Sent(Stored stored) {
            this(
                    stored.key(),
                    stored.message().size(),
                    stored.message().source(),
                    stored.message().qos(),
                    stored.message().number(),
                    0,
                    stored.message());
        }

        Sent acknowledged(long nanos) {
            return new Sent(key, bytes, source, qos, number, nanos, null);
        }
    }

    /** Messages of which the broker has taken more than the server; beyond it only urgent ones are sent. */
    static final int MAX_AWAITING = 5_000;

    private static final int URGENT = 4;
    private static final int MAX_PATIENCE = 64;
    private static final int MAX_EPOCHS = 100;

    private final Source source;
    private final long[] readUpTo = new long[Keys.PRIORITIES];
    private final long[] lastKeys = new long[Keys.PRIORITIES];
    private final List<Deque<Stored>> pages = new ArrayList<>();
    private final Map<Long, Sent> inFlight = new HashMap<>();
    private final Map<Long, Sent> awaiting = new LinkedHashMap<>();
    private final TreeSet<Long> again = new TreeSet<>();
    private final Map<String, Receipt> receipts = new HashMap<>();
    private long inFlightBytes;
    private int patience = 1;
    private boolean unanswered;

    Sending(Source source) {
        this.source = source;
        for (int priority = 0; priority < Keys.PRIORITIES; priority++) {
            readUpTo[priority] = Keys.before(priority);
            lastKeys[priority] = Keys.before(priority);
            pages.add(new ArrayDeque<>());
        }
    }

    /** A message is in the queue now. */
    synchronized void added(long key) {
        int priority = Keys.priorityOf(key);
        lastKeys[priority] = Math.max(lastKeys[priority], key);
    }

    /** A message is in the queue now, but a later one may have been read before. */
    synchronized void addedLate(long key) {
        added(key);
        int priority = Keys.priorityOf(key);
        boolean known = inFlight.containsKey(key)
                || awaiting.containsKey(key)
                || pages.get(priority).stream().anyMatch(stored -> stored.key() == key);
        if (key <= readUpTo[priority] && !known) {
            again.add(key);
        }
    }

    /** Messages above this key have not been read, so they may be dropped without anybody noticing. */
    synchronized long readUpTo(int priority) {
        return readUpTo[priority];
    }

    /** The most urgent message that is at least this urgent, which is in flight from now on; null when there is none. */
    synchronized @Nullable Stored next(int leastUrgent) throws IOException {
        int limit = awaiting.size() < MAX_AWAITING ? leastUrgent : Math.min(leastUrgent, URGENT);
        for (int priority = 0; priority <= limit; priority++) {
            Stored next = repeated(priority);
            next = next == null ? fresh(priority) : next;
            if (next != null) {
                inFlight.put(next.key(), new Sent(next));
                inFlightBytes += next.message().size();
                return next;
            }
        }
        return null;
    }

    private @Nullable Stored repeated(int priority) throws IOException {
        Long key = again.ceiling(Keys.before(priority));
        while (key != null && Keys.priorityOf(key) == priority) {
            again.remove(key);
            if (!source.isGone(key) && !inFlight.containsKey(key) && !awaiting.containsKey(key)) {
                Stored stored = source.one(key);
                if (stored != null) {
                    return stored;
                }
            }
            key = again.ceiling(Keys.before(priority));
        }
        return null;
    }

    private @Nullable Stored fresh(int priority) throws IOException {
        Deque<Stored> page = pages.get(priority);
        while (true) {
            Stored next = page.poll();
            if (next == null) {
                if (readUpTo[priority] >= lastKeys[priority]) {
                    return null;
                }
                long last = lastKeys[priority];
                List<Stored> read = source.page(readUpTo[priority], last + 1);
                page.addAll(read);
                readUpTo[priority] =
                        read.isEmpty() ? last : read.get(read.size() - 1).key();
            } else if (!source.isGone(next.key()) && !inFlight.containsKey(next.key())) {
                return next;
            }
        }
    }

    /**
     * The broker has acknowledged the message.
     *
     * @return the message if that was all it waited for; null when it awaits a receipt or was not in flight
     */
    synchronized @Nullable Sent acknowledged(long key, boolean awaitReceipt, long nowNanos) {
        Sent sent = inFlight.remove(key);
        if (sent == null) {
            return null;
        }
        inFlightBytes -= sent.bytes;
        if (awaitReceipt && sent.number != null && !isCovered(sent.number)) {
            awaiting.put(key, sent.acknowledged(nowNanos));
            return null;
        }
        return sent;
    }

    /** Whether the server has said that it has the message. */
    synchronized boolean isCovered(@Nullable Sequence number) {
        if (number == null) {
            return false;
        }
        Receipt receipt = receipts.get(number.epoch());
        return receipt != null && receipt.covers(number.seq());
    }

    /** Takes a receipt; the messages that awaited it. One in flight waits for the broker, too: it has its slot. */
    synchronized List<Sent> received(Receipt receipt) {
        Receipt before = receipts.get(receipt.epoch());
        if (before == null || before.upTo() <= receipt.upTo()) {
            if (receipts.size() >= MAX_EPOCHS) {
                receipts.clear();
            }
            receipts.put(receipt.epoch(), receipt);
        }
        List<Sent> confirmed = new ArrayList<>();
        for (Iterator<Sent> each = awaiting.values().iterator(); each.hasNext(); ) {
            Sent sent = each.next();
            Sequence number = sent.number;
            if (number != null && number.epoch().equals(receipt.epoch()) && receipt.covers(number.seq())) {
                confirmed.add(sent);
                each.remove();
            }
        }
        patience = 1;
        unanswered = false;
        return confirmed;
    }

    /** All that await a receipt, which will not be waited for any longer. */
    synchronized List<Sent> giveUpReceipts() {
        List<Sent> all = List.copyOf(awaiting.values());
        awaiting.clear();
        return all;
    }

    /** Everything that is not confirmed is to be sent again, from the oldest on. */
    synchronized void returnAll() {
        inFlight.values().forEach(this::returnOne);
        awaiting.values().forEach(this::returnOne);
        again.forEach(key -> readUpTo[Keys.priorityOf(key)] = Math.min(readUpTo[Keys.priorityOf(key)], key - 1));
        again.clear();
        for (int priority = 0; priority < Keys.PRIORITIES; priority++) {
            Stored first = pages.get(priority).peek();
            if (first != null) {
                readUpTo[priority] = Math.min(readUpTo[priority], first.key() - 1);
                pages.get(priority).clear();
            }
        }
        inFlight.clear();
        awaiting.clear();
        inFlightBytes = 0;
        patience = 1;
    }

    private void returnOne(Sent sent) {
        int priority = Keys.priorityOf(sent.key);
        readUpTo[priority] = Math.min(readUpTo[priority], sent.key - 1);
    }

    /** Marks for sending again what has waited too long for a receipt; how many those are. */
    synchronized int repeatOverdue(long timeoutNanos, long nowNanos) {
        int overdue = 0;
        for (Iterator<Sent> each = awaiting.values().iterator(); each.hasNext(); ) {
            Sent sent = each.next();
            if (nowNanos - sent.acknowledgedNanos < timeoutNanos * patience) {
                // they were acknowledged one after the other
                break;
            }
            each.remove();
            again.add(sent.key);
            overdue++;
        }
        if (overdue > 0) {
            patience = Math.min(MAX_PATIENCE, patience * 2);
            unanswered = true;
        }
        return overdue;
    }

    /** The file was replaced by an empty one: what is still in memory of it, and can be written again. */
    synchronized List<Stored> restart() {
        List<Stored> known = new ArrayList<>();
        for (Sent sent : inFlight.values()) {
            if (sent.message != null) {
                known.add(new Stored(sent.key, sent.message));
            }
        }
        pages.forEach(page -> {
            known.addAll(page);
            page.clear();
        });
        again.clear();
        awaiting.clear();
        for (int priority = 0; priority < Keys.PRIORITIES; priority++) {
            readUpTo[priority] = Keys.before(priority);
        }
        return known;
    }

    synchronized int inFlight() {
        return inFlight.size();
    }

    synchronized long inFlightBytes() {
        return inFlightBytes;
    }

    synchronized int awaitingReceipt() {
        return awaiting.size();
    }

    /** Whether messages had to be sent again for want of a receipt, and none has come since. */
    synchronized boolean isUnanswered() {
        return unanswered;
    }
}
