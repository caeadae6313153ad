package solutions.itms.scs.server.bench;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What simulated gateways have seen. Thread-safe. */
class LoadStatistics {
    private final Set<String> connected = ConcurrentHashMap.newKeySet();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong heard = new AtomicLong();
    private volatile long lastConnectedNanos;

    void connected(String id) {
        connected.add(id);
        lastConnectedNanos = System.nanoTime();
    }

    void cutOff(String id) {
        connected.remove(id);
    }

    void acknowledged(String id, long seq) {
        acknowledged.incrementAndGet();
    }

    void refused() {
        refused.incrementAndGet();
    }

    void heard() {
        heard.incrementAndGet();
    }

    int connected() {
        return connected.size();
    }

    long acknowledged() {
        return acknowledged.get();
    }

    long refusals() {
        return refused.get();
    }

    long receiptsHeard() {
        return heard.get();
    }

    long lastConnectedNanos() {
        return lastConnectedNanos;
    }
}
