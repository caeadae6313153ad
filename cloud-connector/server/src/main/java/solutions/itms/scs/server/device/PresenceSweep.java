package solutions.itms.scs.server.device;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;

/**
 * Finds gateways that fell silent without a will. Presence never rests on one event alone: a will can get lost with
 * its broker. Thread-safe.
 */
public final class PresenceSweep {
    private final Database database;
    private final Clock clock;
    private final Duration quietFor;
    private final Duration staleAfter;
    private final Connections connections;
    private final Consumer<Changes> changed;

    /**
     * @param quietFor time for what is on its way when a connection ends; its will should come first
     * @param staleAfter silence after which a gateway that is online becomes missing
     * @param connections what the broker knows
     * @param changed told after each commit that changed something
     */
    public PresenceSweep(
            Database database,
            Clock clock,
            Duration quietFor,
            Duration staleAfter,
            Connections connections,
            Consumer<Changes> changed) {
        this.database = database;
        this.clock = clock;
        this.quietFor = quietFor;
        this.staleAfter = staleAfter;
        this.connections = connections;
        this.changed = changed;
    }

    /** What the broker knows of a gateway's connection. */
    public interface Connections {
        /** Whether there is one now. */
        boolean isConnected(String gatewayId);

        /** When an MQTT packet last came, pings included; null when none did since the start. */
        @Nullable
        Instant lastPacket(String gatewayId);
    }

    /** Nobody is connected to a server that just started: all that were online are missing until they are heard. */
    public static void atServerStart(Database database) {
        database.write(
                transaction -> transaction.update("update gateway set status = 'missing' where status = 'online'"));
    }

    /** Marks those that have been silent for too long. */
    public void sweep() throws SQLException {
        Instant now = clock.instant();
        Instant settled = now.minus(quietFor);
        List<String> silent = quietSince(settled).stream()
                .filter(id -> !connections.isConnected(id) || isStale(id, now.minus(staleAfter)))
                .toList();
        if (silent.isEmpty()) {
            return;
        }
        changed.accept(database.inTransaction(transaction -> mark(transaction, silent, settled)));
    }

    private static Changes mark(Transaction transaction, List<String> silent, Instant settled) throws SQLException {
        Changes changes = new Changes();
        for (String id : silent) {
            int marked = transaction.update(
                    "update gateway set status = 'missing' where id = ? and status = 'online' and last_seen_ms < ?",
                    id,
                    settled);
            if (marked == 1) {
                changes.gateway(id);
            }
        }
        return changes;
    }

    private List<String> quietSince(Instant limit) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(
                                "select id from gateway where status = 'online' and last_seen_ms < ?")
                        .bind(0, limit.toEpochMilli())
                        .mapTo(String.class)
                        .list());
    }

    private boolean isStale(String id, Instant limit) {
        Instant last = connections.lastPacket(id);
        return last == null || last.isBefore(limit);
    }
}
