package solutions.itms.scs.server.device;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private final Duration staleAfter;
    private final Function<String, @Nullable Instant> lastPacket;
    private final Consumer<Changes> changed;

    /**
     * @param staleAfter silence after which a gateway that is online becomes missing
     * @param lastPacket when the broker last had an MQTT packet of a gateway, pings included; null when it doesn't know
     * @param changed told after each commit that changed something
     */
    public PresenceSweep(
            Database database,
            Clock clock,
            Duration staleAfter,
            Function<String, @Nullable Instant> lastPacket,
            Consumer<Changes> changed) {
        this.database = database;
        this.clock = clock;
        this.staleAfter = staleAfter;
        this.lastPacket = lastPacket;
        this.changed = changed;
    }

    /** Nobody is connected to a server that just started: all that were online are missing until they are heard. */
    public static void atServerStart(Database database) {
        database.writing()
                .useHandle(handle -> handle.execute("update gateway set status = 'missing' where status = 'online'"));
    }

    /** Marks those that have been silent for too long. */
    public void sweep() throws SQLException {
        Instant limit = clock.instant().minus(staleAfter);
        List<String> silent = silentSince(limit);
        if (silent.isEmpty()) {
            return;
        }
        Changes changes = new Changes();
        try (Transaction transaction = database.begin()) {
            for (String id : silent) {
                int marked = transaction.update(
                        "update gateway set status = 'missing' where id = ? and status = 'online' and last_seen_ms < ?",
                        id,
                        limit);
                if (marked == 1) {
                    changes.gateway(id);
                }
            }
            transaction.commit();
        }
        changed.accept(changes);
    }

    private List<String> silentSince(Instant limit) {
        List<String> quiet = database.reading()
                .withHandle(handle -> handle.createQuery(
                                "select id from gateway where status = 'online' and last_seen_ms < ?")
                        .bind(0, limit.toEpochMilli())
                        .mapTo(String.class)
                        .list());
        return quiet.stream().filter(id -> !hasPacketSince(id, limit)).toList();
    }

    private boolean hasPacketSince(String id, Instant limit) {
        Instant last = lastPacket.apply(id);
        return last != null && !last.isBefore(limit);
    }
}
