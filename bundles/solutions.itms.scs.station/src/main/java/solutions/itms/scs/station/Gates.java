package solutions.itms.scs.station;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Durability;
import solutions.itms.scs.store.Statements;
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;

/**
 * The gates of the station: answered from memory, kept in SQLite. A change is on the disk before anybody is told of
 * it; a heartbeat that changes nothing but times is written behind, which spares the flash. Thread-safe.
 */
final class Gates implements AutoCloseable {
    /** More ids than any station has: a gate that makes up ids must not fill the memory. */
    static final int MAX_GATES = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Gates.class);

    private final ConcurrentHashMap<String, TrackedGate> gates = new ConcurrentHashMap<>();
    private final Set<String> unsaved = ConcurrentHashMap.newKeySet();
    private final Stores stores;
    private final Clock clock;
    private final Ticker ticker;
    private final Duration staleAfter;
    private final boolean writeBehind;
    private final GateListener listener;
    private volatile @Nullable Database database;
    private volatile String storageProblem = "not opened yet";

    /**
     * @param staleAfter silence after which a gate counts as offline
     * @param writeBehind whether a heartbeat that changes nothing may be answered before it is on the disk
     */
    Gates(Stores stores, Clock clock, Ticker ticker, Duration staleAfter, boolean writeBehind, GateListener listener) {
        this.stores = stores;
        this.clock = clock;
        this.ticker = ticker;
        this.staleAfter = staleAfter;
        this.writeBehind = writeBehind;
        this.listener = listener;
    }

    /** Opens the database and loads what it knows, unless that is done; false when it can't be opened now. */
    synchronized boolean open() {
        if (database != null) {
            return true;
        }
        try {
            Database opened = stores.open("station", GateTable.SCHEMA, Durability.FULL);
            long now = ticker.nanos();
            for (Gate gate : opened.read(GateTable::loadAll)) {
                // the silence of a gate counts from our start: our own downtime is not the gate's
                gates.putIfAbsent(gate.id(), TrackedGate.loaded(gate, now));
            }
            opened.onReset(() -> unsaved.addAll(gates.keySet()));
            database = opened;
            return true;
        } catch (StoreException e) {
            if (!storageProblem.equals(e.getMessage())) {
                LOG.error(
                        "The station's database can't be opened; heartbeats are refused until it can: {}",
                        e.getMessage());
            }
            storageProblem = String.valueOf(e.getMessage());
            return false;
        }
    }

    /** All gates, ordered by id. */
    List<Gate> all() {
        return gates.values().stream()
                .map(TrackedGate::gate)
                .sorted(Comparator.comparing(Gate::id))
                .toList();
    }

    /**
     * Takes heartbeats, all or none.
     *
     * @return completes when the sender may be told that they were taken, or with a {@link StoreException}
     */
    CompletableFuture<Void> accept(List<Heartbeat> beats, @Nullable String sourceIp) {
        Database open = database;
        if (open == null) {
            return CompletableFuture.failedFuture(new IllegalStateException(storageProblem));
        }
        if (gates.size() + beats.size() > MAX_GATES && gates.size() + newIds(beats) > MAX_GATES) {
            return CompletableFuture.failedFuture(new TooManyGates());
        }
        Instant now = clock.instant();
        List<Change> changes = new ArrayList<>(beats.size());
        for (Heartbeat beat : inOrderOfTheirClocks(beats)) {
            Change change = take(beat, now, sourceIp);
            if (change != null) {
                changes.add(change);
            }
        }
        return changes.isEmpty() ? CompletableFuture.completedFuture(null) : commit(open, changes, now);
    }

    /** Finds the gates that have been silent for too long. */
    void findSilent() {
        Database open = database;
        if (open == null) {
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
            commit(open, changes, clock.instant()).exceptionally(e -> {
                LOG.warn("The silence of gates could not be stored: {}", e.getMessage());
                return null;
            });
        }
    }

    /** Writes the heartbeats that were answered before they were on the disk. */
    void saveUnsaved() {
        Database open = database;
        if (open == null || unsaved.isEmpty()) {
            return;
        }
        List<String> ids = List.copyOf(unsaved);
        ids.forEach(unsaved::remove);
        open.write(statements -> saveAll(statements, ids)).exceptionally(e -> {
            unsaved.addAll(ids);
            LOG.warn("Heartbeats could not be stored yet: {}", e.getMessage());
            return 0;
        });
    }

    /** Stores everything and closes the database. */
    @Override
    public synchronized void close() {
        saveUnsaved();
        if (database != null) {
            database.close();
            database = null;
            storageProblem = "stopped";
        }
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
                return new Change(known, known.change(next), before.status());
            }
            known.refresh(next);
            unsaved.add(beat.id());
            // an earlier change may have been refused by a full disk: it must not be overtaken by an ok
            return writeBehind && known.isCommitted() ? null : new Change(known, known.changes(), next.status());
        }
    }

    private @Nullable Change silence(TrackedGate tracked) {
        synchronized (tracked) {
            Gate before = tracked.gate();
            boolean silent = ticker.nanos() - tracked.heardNanos() > staleAfter.toNanos();
            return silent && before.status() != Status.OFFLINE
                    ? new Change(tracked, tracked.change(before.silent()), before.status())
                    : null;
        }
    }

    private CompletableFuture<Void> commit(Database open, List<Change> changes, Instant now) {
        return open.write(statements -> {
                    for (Change change : changes) {
                        Gate gate = change.tracked.gate();
                        GateTable.save(statements, gate);
                        if (change.before != gate.status()) {
                            GateTable.saveTransition(statements, gate.id(), change.before, gate.status(), now);
                        }
                    }
                    return changes;
                })
                .thenAccept(this::committed);
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
