package solutions.itms.scs.cloud.mqtt.outbox;

/** How many messages there are and what they take, by priority. Thread-safe. */
final class Totals {
    private final long[] counts = new long[Keys.PRIORITIES];
    private final long[] bytes = new long[Keys.PRIORITIES];
    private long dropped;

    synchronized void begin(QueueFile.Start start) {
        System.arraycopy(start.counts(), 0, counts, 0, counts.length);
        System.arraycopy(start.bytes(), 0, bytes, 0, bytes.length);
        dropped = Math.max(dropped, start.dropped());
    }

    synchronized void add(long key, long size) {
        counts[Keys.priorityOf(key)]++;
        bytes[Keys.priorityOf(key)] += size;
    }

    synchronized void remove(long key, long size) {
        int priority = Keys.priorityOf(key);
        counts[priority] = Math.max(0, counts[priority] - 1);
        bytes[priority] = Math.max(0, bytes[priority] - size);
    }

    synchronized void dropped(long more) {
        dropped += more;
    }

    synchronized long count(int priority) {
        return counts[priority];
    }

    synchronized long count() {
        return java.util.Arrays.stream(counts).sum();
    }

    synchronized long bytes() {
        return java.util.Arrays.stream(bytes).sum();
    }

    synchronized long dropped() {
        return dropped;
    }
}
