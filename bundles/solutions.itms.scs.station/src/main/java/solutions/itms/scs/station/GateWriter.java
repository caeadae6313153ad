package solutions.itms.scs.station;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.store.Statements;

/**
 * Brings gates to the disk: a change before anybody is told of it, a heartbeat that changes nothing but times some
 * seconds later, which spares the flash. Thread-safe.
 */
final class GateWriter {
    private static final Logger LOG = LoggerFactory.getLogger(GateWriter.class);

    private final Set<TrackedGate> unsaved = ConcurrentHashMap.newKeySet();
    private final StationDatabase database;
    private final GateListener listener;

    GateWriter(StationDatabase database, GateListener listener) {
        this.database = database;
        this.listener = listener;
    }

    /**
     * A change that is to be committed.
     *
     * @param number the gate's number for it
     * @param before effective status until then; null = the gate is new
     */
    record Change(
            TrackedGate tracked, long number, @Nullable Status before) {}

    /** To be written some time. */
    void later(TrackedGate tracked) {
        unsaved.add(tracked);
    }

    /** Writes the changes now; completes after the commit, when the listener was told. */
    CompletableFuture<?> commit(List<Change> changes, Instant now) {
        return database.write(statements -> save(statements, changes, now)).whenComplete((done, failure) -> {
            if (failure == null) {
                committed(changes);
            } else {
                changes.forEach(change -> change.tracked.lose(change.before));
            }
        });
    }

    /** Writes what was to be written some time. */
    void saveUnsaved() {
        if (!database.isOpen() || unsaved.isEmpty()) {
            return;
        }
        List<TrackedGate> waiting = List.copyOf(unsaved);
        waiting.forEach(unsaved::remove);
        database.write(statements -> save(statements, waiting)).exceptionally(e -> {
            unsaved.addAll(waiting);
            LOG.warn("Heartbeats could not be stored yet: {}", e.getMessage());
            return waiting;
        });
    }

    private static List<Change> save(Statements statements, List<Change> changes, Instant now) throws SQLException {
        for (Change change : changes) {
            Gate gate = GateTable.save(statements, change.tracked);
            if (change.before != gate.status()) {
                GateTable.saveTransition(statements, gate.id(), change.before, gate.status(), now);
            }
        }
        return changes;
    }

    private static List<TrackedGate> save(Statements statements, List<TrackedGate> waiting) throws SQLException {
        for (TrackedGate tracked : waiting) {
            GateTable.save(statements, tracked);
        }
        return waiting;
    }

    private void committed(List<Change> changes) {
        List<Gate> told = new ArrayList<>(changes.size());
        for (Change change : changes) {
            if (!change.tracked.isCommitted()) {
                told.add(change.tracked.gate());
            }
            change.tracked.committed(change.number);
        }
        if (!told.isEmpty()) {
            listener.changed(told);
        }
    }
}
