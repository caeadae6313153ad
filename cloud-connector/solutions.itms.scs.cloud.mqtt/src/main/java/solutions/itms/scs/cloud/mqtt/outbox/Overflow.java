package solutions.itms.scs.cloud.mqtt.outbox;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Messages in memory, as long as the disk takes none. Bounded; when full it drops by the same rule as the queue on the
 * disk. Thread-safe.
 */
final class Overflow {
    private final TreeMap<Long, Message> messages = new TreeMap<>();
    private final long maxBytes;
    private long bytes;

    Overflow(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** How many were dropped to make room, the message itself perhaps among them; -1 when it is refused. */
    synchronized int add(long key, Message message) {
        int priority = Keys.priorityOf(key);
        int dropped = 0;
        while (bytes + message.size() > maxBytes) {
            Long victim = victim(priority);
            if (victim == null) {
                return priority == Keys.KEPT ? -1 : dropped + 1;
            }
            remove(victim);
            dropped++;
        }
        messages.put(key, message);
        bytes += message.size();
        return dropped;
    }

    private @Nullable Long victim(int favoured) {
        for (int priority : Keys.droppableFor(favoured)) {
            Long first = messages.higherKey(Keys.before(priority));
            if (first != null && Keys.priorityOf(first) == priority) {
                return first;
            }
        }
        return null;
    }

    /** Whether it was there. */
    synchronized boolean remove(long key) {
        Message removed = messages.remove(key);
        if (removed == null) {
            return false;
        }
        bytes -= removed.size();
        return true;
    }

    synchronized @Nullable Message get(long key) {
        return messages.get(key);
    }

    /** The messages between two keys, lowest first; at most so many. */
    synchronized List<Stored> between(long after, long before, int atMost) {
        return messages.subMap(after, false, before, false).entrySet().stream()
                .limit(atMost)
                .map(entry -> new Stored(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** All of them. */
    synchronized List<Stored> all() {
        return messages.entrySet().stream().map(Overflow::stored).toList();
    }

    synchronized boolean isEmpty() {
        return messages.isEmpty();
    }

    synchronized int count() {
        return messages.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    private static Stored stored(Map.Entry<Long, Message> entry) {
        return new Stored(entry.getKey(), entry.getValue());
    }
}
