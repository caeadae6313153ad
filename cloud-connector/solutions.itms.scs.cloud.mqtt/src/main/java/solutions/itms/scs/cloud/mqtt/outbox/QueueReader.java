package solutions.itms.scs.cloud.mqtt.outbox;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.StoreException;

/** Reads the queue, from the file and from what is in memory. Thread-safe. */
final class QueueReader implements Sending.Source {
    private static final int PAGE_MESSAGES = 200;
    private static final long PAGE_BYTES = 1024 * 1024;

    private final CurrentFile current;
    private final Overflow overflow;
    private final Confirmed confirmed;

    QueueReader(CurrentFile current, Overflow overflow, Confirmed confirmed) {
        this.current = current;
        this.overflow = overflow;
        this.confirmed = confirmed;
    }

    @Override
    public List<Stored> page(long after, long before) throws IOException {
        List<Stored> inMemory = overflow.between(after, before, PAGE_MESSAGES);
        Database file = current.forReading();
        if (file == null) {
            return inMemory;
        }
        List<Stored> page =
                file.read(statements -> QueueFile.page(statements, after, before, PAGE_MESSAGES, PAGE_BYTES));
        return inMemory.isEmpty() ? page : merged(file, page, inMemory, before);
    }

    /** What is in memory behind the end of a full page of the file comes with the next page. */
    private static List<Stored> merged(Database file, List<Stored> page, List<Stored> inMemory, long before)
            throws StoreException {
        long end = page.isEmpty() ? before : page.get(page.size() - 1).key();
        boolean more = !page.isEmpty()
                && !file.read(statements -> QueueFile.page(statements, end, before, 1, 1))
                        .isEmpty();
        TreeMap<Long, Stored> merged = new TreeMap<>();
        page.forEach(stored -> merged.put(stored.key(), stored));
        for (Stored stored : inMemory) {
            if (!more || stored.key() < end) {
                merged.put(stored.key(), stored);
            }
        }
        return List.copyOf(merged.values());
    }

    @Override
    public @Nullable Stored one(long key) throws IOException {
        Message kept = overflow.get(key);
        if (kept != null) {
            return new Stored(key, kept);
        }
        Database file = current.forReading();
        if (file == null) {
            return null;
        }
        List<Stored> found = file.read(statements -> QueueFile.page(statements, key - 1, key + 1, 1, 1));
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public boolean isGone(long key) {
        return confirmed.contains(key);
    }

    /** When the oldest message was accepted; the given time if there is none. */
    long oldest(long now) {
        Database file = current.get();
        if (file == null) {
            return now;
        }
        try {
            return file.read(statements -> {
                long oldest = now;
                for (int priority = 0; priority < Keys.PRIORITIES; priority++) {
                    QueueFile.Victim head =
                            QueueFile.oldest(statements, Keys.before(priority), Keys.before(priority + 1));
                    oldest = head == null ? oldest : Math.min(oldest, head.at());
                }
                return oldest;
            });
        } catch (StoreException e) {
            return now;
        }
    }
}
