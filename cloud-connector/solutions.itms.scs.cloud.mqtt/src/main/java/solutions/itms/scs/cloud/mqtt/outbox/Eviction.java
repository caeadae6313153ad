package solutions.itms.scs.cloud.mqtt.outbox;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import solutions.itms.scs.store.Statements;

/** Deletes messages that there is no room for, or that are too old: never one that has been read to be sent. */
final class Eviction {
    private static final int MAX_EXPIRED_AT_ONCE = 1_000;

    private final Totals totals;
    private final Sending sending;
    private final Confirmed confirmed;

    Eviction(Totals totals, Sending sending, Confirmed confirmed) {
        this.totals = totals;
        this.sending = sending;
        this.confirmed = confirmed;
    }

    /**
     * Drops the oldest of the least urgent, as part of the transaction, as long as they are no more urgent than the
     * message they make room for.
     *
     * @param missing bytes to be freed
     * @param victims gets those that were dropped
     * @return whether there is room now
     */
    boolean makeRoom(Statements statements, int favoured, long missing, List<QueueFile.Victim> victims)
            throws SQLException {
        long left = missing;
        for (int priority : Keys.droppableFor(favoured)) {
            if (totals.count(priority) == 0) {
                continue;
            }
            while (left > 0) {
                QueueFile.Victim victim = oldest(statements, priority);
                if (victim == null) {
                    break;
                }
                left -= drop(statements, victim, victims);
            }
        }
        return left <= 0;
    }

    /** Drops what was accepted before, as part of the transaction; at most some at once. */
    List<QueueFile.Victim> expire(Statements statements, long before) throws SQLException {
        List<QueueFile.Victim> victims = new ArrayList<>();
        for (int priority : Keys.droppableFor(Keys.KEPT)) {
            while (victims.size() < MAX_EXPIRED_AT_ONCE) {
                QueueFile.Victim victim = oldest(statements, priority);
                if (victim == null || victim.at() >= before) {
                    break;
                }
                drop(statements, victim, victims);
            }
        }
        if (!victims.isEmpty()) {
            QueueFile.countDropped(statements, victims.size());
        }
        return victims;
    }

    private QueueFile.@org.jspecify.annotations.Nullable Victim oldest(Statements statements, int priority)
            throws SQLException {
        return QueueFile.oldest(statements, sending.readUpTo(priority), Keys.before(priority + 1));
    }

    /** The bytes that this frees: none if the message was delivered and only not deleted yet. */
    private long drop(Statements statements, QueueFile.Victim victim, List<QueueFile.Victim> victims)
            throws SQLException {
        QueueFile.delete(statements, victim.key(), victim.key());
        if (confirmed.contains(victim.key())) {
            return 0;
        }
        victims.add(victim);
        return victim.bytes();
    }
}
