package solutions.itms.scs.cloud.mqtt.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Messages that are confirmed and still have to be deleted. Thread-safe. */
final class Confirmed {
    /** Consecutive keys. */
    record Run(long first, long last) {}

    private final TreeSet<Long> waiting = new TreeSet<>();
    private final TreeSet<Long> deleting = new TreeSet<>();

    /** Says how many are waiting now; -1 when it was known already. */
    synchronized int add(long key) {
        return !deleting.contains(key) && waiting.add(key) ? waiting.size() : -1;
    }

    synchronized boolean contains(long key) {
        return waiting.contains(key) || deleting.contains(key);
    }

    synchronized int size() {
        return waiting.size() + deleting.size();
    }

    /** What is to be deleted now, as few runs as possible; empty when nothing is, or a deletion is going on. */
    synchronized List<Run> take() {
        if (!deleting.isEmpty()) {
            return List.of();
        }
        deleting.addAll(waiting);
        waiting.clear();
        List<Run> runs = new ArrayList<>();
        long first = 0;
        long last = -2;
        for (long key : deleting) {
            if (key != last + 1) {
                if (last >= 0) {
                    runs.add(new Run(first, last));
                }
                first = key;
            }
            last = key;
        }
        if (last >= 0) {
            runs.add(new Run(first, last));
        }
        return runs;
    }

    /** They are deleted, or, if that failed, are to be deleted later. */
    synchronized void taken(boolean deleted) {
        if (!deleted) {
            waiting.addAll(deleting);
        }
        deleting.clear();
    }

    synchronized void clear() {
        waiting.clear();
        deleting.clear();
    }
}
