package solutions.itms.scs.server.device;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Transaction;

/**
 * A gateway's row while one transaction works on it: who it is, whether it is there, and what was counted. For one
 * thread.
 */
public final class Presence {
    private final GatewayIdentity gateway;
    private final long addedAtMillis;
    private GatewayStatus status;
    private @Nullable String sessionId;
    private @Nullable Long connectedSinceMillis;
    private @Nullable Instant lastSeen;
    private boolean statusChanged;
    private long received;
    private long duplicates;
    private long missing;

    private Presence(
            GatewayIdentity gateway,
            long addedAtMillis,
            GatewayStatus status,
            @Nullable String sessionId,
            @Nullable Long connectedSinceMillis) {
        this.gateway = gateway;
        this.addedAtMillis = addedAtMillis;
        this.status = status;
        this.sessionId = sessionId;
        this.connectedSinceMillis = connectedSinceMillis;
    }

    /** Reads the rows of these gateways, and has them for itself until the transaction ends. */
    public static List<Presence> load(Transaction transaction, Collection<String> ids) throws SQLException {
        // in the same order everywhere, so that nobody waits for somebody who waits
        List<String> sorted = ids.stream().distinct().sorted().toList();
        return transaction.allIn(
                "select id, account, created_at_ms, status, session_id, connected_since_ms from gateway"
                        + " where id in (?) order by id"
                        + transaction.forUpdate(),
                sorted,
                Presence::read);
    }

    private static Presence read(ResultSet row) throws SQLException {
        long since = row.getLong("connected_since_ms");
        Long sinceOrNull = row.wasNull() ? null : since;
        return new Presence(
                new GatewayIdentity(row.getString("id"), row.getString("account")),
                row.getLong("created_at_ms"),
                GatewayStatus.ofCode(row.getString("status")),
                row.getString("session_id"),
                sinceOrNull);
    }

    public GatewayIdentity gateway() {
        return gateway;
    }

    /** When the gateway was added, in milliseconds since 1970; another time is another gateway of that name. */
    public long addedAtMillis() {
        return addedAtMillis;
    }

    /** A birth: a new session, or the same one telling about itself again. */
    public void born(@Nullable String session, Instant at, boolean connected) {
        boolean same = status == GatewayStatus.ONLINE && Objects.equals(session, sessionId);
        sessionId = session;
        lastSeen = at;
        if (!same) {
            connectedSinceMillis = at.toEpochMilli();
        }
        become(connected ? GatewayStatus.ONLINE : GatewayStatus.MISSING);
    }

    /** A goodbye. One of an older session is ignored. */
    public void saidGoodbye(@Nullable String session, Instant at) {
        lastSeen = at;
        if (isOfPresentSession(session)) {
            become(GatewayStatus.DISCONNECTED);
        }
    }

    /** A will, which the broker sends. One of an older session is ignored, and so is one after a goodbye. */
    public void willFired(@Nullable String session) {
        if (isOfPresentSession(session) && status != GatewayStatus.DISCONNECTED) {
            become(GatewayStatus.MISSING);
        }
    }

    /**
     * Any message. It brings a missing gateway back, if the gateway is connected; messages that waited in the broker
     * while it went away don't.
     */
    public void heard(Instant at, boolean connected) {
        lastSeen = at;
        if (connected && (status == GatewayStatus.MISSING || status == GatewayStatus.NEVER_SEEN)) {
            if (connectedSinceMillis == null) {
                connectedSinceMillis = at.toEpochMilli();
            }
            become(GatewayStatus.ONLINE);
        }
    }

    public void countReceived() {
        received++;
    }

    public void countDuplicate() {
        duplicates++;
    }

    /** Numbers found missing (positive), or arrived late (negative). */
    public void countMissing(long more) {
        missing += more;
    }

    /** Writes what changed of these gateways. */
    public static void save(Transaction transaction, Collection<Presence> gateways, Changes changes)
            throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Presence gateway : gateways) {
            if (gateway.tell(changes)) {
                rows.add(gateway.row());
            }
        }
        transaction.updateEach("""
                update gateway set status = ?, session_id = ?, connected_since_ms = ?,
                    last_seen_ms = coalesce(?, last_seen_ms), received_count = received_count + ?,
                    duplicate_count = duplicate_count + ?, missing_count = missing_count + ?
                where id = ?""", rows);
    }

    /** @return false when nothing changed */
    private boolean tell(Changes changes) {
        if (statusChanged) {
            changes.gateway(gateway.id());
        } else if (lastSeen != null || received > 0) {
            changes.quietGateway(gateway.id());
        } else {
            return false;
        }
        return true;
    }

    private @Nullable Object[] row() {
        return new @Nullable Object[] {
            status.code(), sessionId, connectedSinceMillis, lastSeen, received, duplicates, missing, gateway.id()
        };
    }

    /** A session that named itself is ended only by that name; one that did not (stock Kura), by any message. */
    private boolean isOfPresentSession(@Nullable String session) {
        return sessionId == null || sessionId.equals(session);
    }

    private void become(GatewayStatus next) {
        statusChanged |= status != next;
        status = next;
    }
}
