package solutions.itms.scs.station;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.store.Statements;

/**
 * The gates of the station: answered from memory, kept in SQLite. A change is on the disk before anybody is told of
 * it; a heartbeat that changes nothing but times is written behind, which spares the flash. Thread-safe.
 */
final class Gates implements StationDatabase.Resident {
    /** More ids than any station has: a gate that makes up ids must not fill the memory. */
    static final int MAX_GATES = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Gates.class);

    private final ConcurrentHashMap<String, TrackedGate> gates = new ConcurrentHashMap<>();
    private final Set<String> unsaved = ConcurrentHashMap.newKeySet();
    private final StationDatabase database;
    private final Clock clock;
    private final Ticker ticker;
    private final Duration staleAfter;
    private final boolean writeBehind;
    private final GateListener listener;

    /**
     * @param staleAfter silence after which a gate counts as offline
     * @param writeBehind whether a heartbeat that changes nothing may be answered before it is on the disk
     */
    Gates(
            StationDatabase database,
            Clock clock,
            Ticker ticker,
            Duration staleAfter,
            boolean writeBehind,
            GateListener listener) {
        this.database = database;
        this.clock = clock;
        this.ticker = ticker;
        this.staleAfter = staleAfter;
        this.writeBehind = writeBehind;
        this.listener = listener;
    }

    @Override
    public void load(Statements statements) throws SQLException {
        long now = ticker.nanos();
        for (Gate gate : GateTable.loadAll(statements)) {
            // the silence of a gate counts from our start: our own downtime is not the gate's
            gates.putIfAbsent(gate.id(), TrackedGate.loaded(gate, now));
        }
    }

    @Override
    public void databaseWasReset() {
        unsaved.addAll(gates.keySet());
    }

    /** All gates, ordered by id. */
    List<Gate> all() {
        return gates.values().stream()
                .map(TrackedGate::gate)
                .sorted(Comparator.comparing(Gate::id))
                .toList();
    }

    /** Whether a request from this address comes from that gate, as far as is known. */
    boolean isAt(String id, @Nullable String address) {
        TrackedGate tracked = gates.get(id);
        if (tracked == null || address == null) {
            return false;
        }
        Gate gate = tracked.gate();
        return address.equals(gate.ip()) || address.equals(gate.sourceIp());
    }

    /**
     * Takes heartbeats, all or none.
     *
     * @return completes when the sender may be told that they were taken, or with the database's failure
     */
    CompletableFuture<Void> accept(List<Heartbeat> beats, @Nullable String sourceIp) {
        if (!database.isOpen()) {
            // nothing may be taken in memory that was not loaded before
            return database.write(statements -> beats).thenAccept(taken -> {});
        }
        if (gates.size() + beats.size() > MAX_GATES && gates.size() + newIds(beats) > MAX_GATES) {
            return CompletableFuture.failedFuture(new TooManyGates());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Change> changes = new ArrayList<>(beats.size());
        for (Heartbeat beat : inOrderOfTheirClocks(beats)) {
            Change change = take(beat, now, sourceIp);
            if (change != null) {
                changes.add(change);
            }
        }
        return changes.isEmpty() ? CompletableFuture.completedFuture(null) : commit(changes, now);
    }

    /** Finds the gates that have been silent for too long. */
    void findSilent() {
        if (!database.isOpen()) {
            return;
        }
        List<Change> changes = new ArrayList<>(0);
        for (TrackedGate tracked : gates.values()) {
            Change change = silence(tracked);
            if (change != null) {
                changes.add(change);
            }
        }
        if (!changes.isEmpty()) {
            commit(changes, clock.instant()).exceptionally(e -> {
                LOG.warn("The silence of gates could not be stored: {}", e.getMessage());
                return null;
            });
        }
    }

    /** Writes the heartbeats that were answered before they were on the disk. */
    void saveUnsaved() {
        if (!database.isOpen() || unsaved.isEmpty()) {
            return;
        }
        List<String> ids = List.copyOf(unsaved);
        ids.forEach(unsaved::remove);
        database.write(statements -> saveAll(statements, ids)).exceptionally(e -> {
            unsaved.addAll(ids);
            LOG.warn("Heartbeats could not be stored yet: {}", e.getMessage());
            return 0;
        });
    }

    private int saveAll(Statements statements, Collection<String> ids) throws SQLException {
        for (String id : ids) {
            TrackedGate tracked = gates.get(id);
            if (tracked != null) {
                GateTable.save(statements, tracked.gate());
            }
        }
        return ids.size();
    }

    /** A change to commit before the answer; null when the heartbeat may be written later. */
    private @Nullable Change take(Heartbeat beat, Instant now, @Nullable String sourceIp) {
        long nanos = ticker.nanos();
        TrackedGate fresh = TrackedGate.heardFirst(Gate.after(null, beat, now, sourceIp), nanos);
        TrackedGate known = gates.putIfAbsent(beat.id(), fresh);
        if (known == null) {
            return new Change(fresh, fresh.changes(), null);
        }
        synchronized (known) {
            Gate before = known.gate();
            Gate next = Gate.after(before, beat, now, sourceIp);
            known.heard(nanos);
            if (next.differsFrom(before)) {
                return new Change(known, known.change(next), known.lost(before.status()));
            }
            known.refresh(next);
            unsaved.add(beat.id());
            // an earlier change may have been refused by a full disk: it must not be overtaken by an ok
            return writeBehind && known.isCommitted()
                    ? null
                    : new Change(known, known.changes(), known.lost(next.status()));
        }
    }

    private @Nullable Change silence(TrackedGate tracked) {
        synchronized (tracked) {
            Gate before = tracked.gate();
            boolean silent = ticker.nanos() - tracked.heardNanos() > staleAfter.toNanos();
            return silent && before.status() != Status.OFFLINE
                    ? new Change(tracked, tracked.change(before.silent()), tracked.lost(before.status()))
                    : null;
        }
    }

    private CompletableFuture<Void> commit(List<Change> changes, Instant now) {
        return database.write(statements -> {
                    for (Change change : changes) {
                        Gate gate = change.tracked.gate();
                        GateTable.save(statements, gate);
                        if (change.before != gate.status()) {
                            GateTable.saveTransition(statements, gate.id(), change.before, gate.status(), now);
                        }
                    }
                    return changes;
                })
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        committed(changes);
                    } else {
                        changes.forEach(change -> change.tracked.lose(change.before));
                    }
                })
                .thenApply(done -> null);
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

    private long newIds(List<Heartbeat> beats) {
        return beats.stream()
                .map(Heartbeat::id)
                .distinct()
                .filter(id -> !gates.containsKey(id))
                .count();
    }

    /** Replayed heartbeats may come in any order; of one gate the newest by its own clock counts. */
    private static List<Heartbeat> inOrderOfTheirClocks(List<Heartbeat> beats) {
        if (beats.size() == 1) {
            return beats;
        }
        List<Heartbeat> sorted = new ArrayList<>(beats);
        sorted.sort(Comparator.comparing(Heartbeat::ts, Comparator.nullsLast(Comparator.naturalOrder())));
        return sorted;
    }

    /** The station knows as many gates as it can. */
    static final class TooManyGates extends Exception {
        private static final long serialVersionUID = 1L;

        TooManyGates() {
            super("the station knows " + MAX_GATES + " devices, and takes no more", null, false, false);
        }
    }

    private record Change(
            TrackedGate tracked, long number, @Nullable Status before) {}
}
