package solutions.itms.scs.station.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written, up to a limit. Whoever logs never waits: when it is full, the oldest entry of what matters
 * least goes, or the new one if nothing matters less. Thread-safe; one thread takes.
 */
final class LogQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition done = lock.newCondition();
    private final List<ArrayDeque<Numbered>> byLevel = new ArrayList<>();
    private final int maxEntries;
    private final int maxChars;
    private int entries;
    private int chars;
    private long offered;
    private long finished;
    private long taken;
    private long dropped;
    private boolean woken;
    private boolean closed;

    LogQueue(int maxEntries, int maxChars) {
        this.maxEntries = maxEntries;
        this.maxChars = maxChars;
        for (int i = 0; i < Level.values().length; i++) {
            byLevel.add(new ArrayDeque<>());
        }
    }

    void offer(Entry entry) {
        lock.lock();
        try {
            if (closed) {
                dropped++;
                return;
            }
            while (entries >= maxEntries || chars + entry.text().length() > maxChars) {
                if (!dropBelow(entry.level())) {
                    dropped++;
                    return;
                }
            }
            byLevel.get(entry.level().ordinal()).add(new Numbered(++offered, entry));
            entries++;
            chars += entry.text().length();
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the taker return, also with nothing. */
    void wake() {
        lock.lock();
        try {
            if (!closed) {
                woken = true;
                offered++;
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for something to do. What was taken before counts as written.
     *
     * @return everything that waits, in the order it came; null once closed and empty
     */
    @Nullable
    List<Entry> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            finished = taken;
            done.signalAll();
            while (entries == 0 && !woken && !closed) {
                work.await();
            }
            taken = offered;
            if (entries == 0 && closed && !woken) {
                return null;
            }
            woken = false;
            return drain();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until what was offered before is written; false when that takes too long. */
    boolean await(long millis) {
        lock.lock();
        try {
            long until = offered;
            long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (finished < until) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = done.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** How many entries were dropped since the start. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what waits can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean dropBelow(Level level) {
        for (int i = byLevel.size() - 1; i > level.ordinal(); i--) {
            Numbered oldest = byLevel.get(i).poll();
            if (oldest != null) {
                entries--;
                chars -= oldest.entry.text().length();
                dropped++;
                return true;
            }
        }
        return false;
    }

    private List<Entry> drain() {
        List<Numbered> all = new ArrayList<>(entries);
        byLevel.forEach(queue -> {
            all.addAll(queue);
            queue.clear();
        });
        entries = 0;
        chars = 0;
        all.sort((a, b) -> Long.compare(a.number, b.number));
        return all.stream().map(Numbered::entry).toList();
    }

    private record Numbered(long number, Entry entry) {}
}
