package solutions.itms.scs.station;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the number of connections within bounds so that nobody can lock out the gates: a new connection is always taken,
 * and another one has to go for it. Of a source with too many, that is its oldest. When there are too many of all, it is
 * the oldest one of a source that is neither on the allow-list nor that of a gate; only without such, the oldest of the
 * source that has the most. Thread-safe.
 */
final class Crowd {
    private final int max;
    private final int maxPerSource;
    private final Predicate<String> isGate;
    private final Map<String, Set<Connection>> bySource = new HashMap<>();
    private final LinkedHashMap<Connection, String> strangers = new LinkedHashMap<>();
    private int count;

    /**
     * @param max connections of all sources
     * @param maxPerSource connections of one source; this host itself may have as many as it wants
     * @param isGate whether heartbeats that were taken have come from this address
     */
    Crowd(int max, int maxPerSource, Predicate<String> isGate) {
        this.max = max;
        this.maxPerSource = maxPerSource;
        this.isGate = isGate;
    }

    /**
     * Why a connection has to go.
     *
     * @param source whose it is
     * @param ofSource whether its source has too many; else there are too many of all
     */
    record Removal(Connection connection, String source, boolean ofSource) {}

    /** A connection is there; the one that has to go for it, if any. */
    synchronized @Nullable Removal opened(Connection connection, Peer peer) {
        count++;
        Set<Connection> own = bySource.computeIfAbsent(peer.name(), source -> new LinkedHashSet<>());
        own.add(connection);
        if (!peer.isAllowed()) {
            strangers.put(connection, peer.name());
        }
        if (!peer.isLoopback() && own.size() > maxPerSource) {
            return removal(own.iterator().next(), peer.name(), true);
        }
        return count > max ? oneTooMany() : null;
    }

    synchronized void closed(Connection connection, Peer peer) {
        forget(connection, peer.name());
    }

    private Removal oneTooMany() {
        Iterator<Map.Entry<Connection, String>> oldest = strangers.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Connection, String> entry = oldest.next();
            if (!isGate.test(entry.getValue())) {
                return removal(entry.getKey(), entry.getValue(), false);
            }
            // no stranger any more
            oldest.remove();
        }
        Map.Entry<String, Set<Connection>> largest = bySource.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .orElseThrow();
        return removal(largest.getValue().iterator().next(), largest.getKey(), false);
    }

    /** It is not looked at again, however long its closing takes. */
    private Removal removal(Connection connection, String source, boolean ofSource) {
        forget(connection, source);
        return new Removal(connection, source, ofSource);
    }

    private void forget(Connection connection, String source) {
        strangers.remove(connection);
        Set<Connection> own = bySource.get(source);
        if (own != null && own.remove(connection)) {
            count--;
            if (own.isEmpty()) {
                bySource.remove(source);
            }
        }
    }
}
