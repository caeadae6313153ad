package solutions.itms.scs.station;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.store.Statements;

/**
 * What the devices of the station are to do: answered from memory, and on the disk, together with the audit, before
 * anybody is told that it is set. Thread-safe.
 */
final class Wishes implements StationDatabase.Resident {
    private static final Logger LOG = LoggerFactory.getLogger(Wishes.class);

    private final ConcurrentHashMap<String, Wish> wishes = new ConcurrentHashMap<>();
    private final Set<String> unsavedPolls = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean reset = new AtomicBoolean();
    private final AtomicLong revisions = new AtomicLong();
    private final StationDatabase database;
    private final Clock clock;

    Wishes(StationDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What became of a change of one or many devices: it is made for all of them, or for none. */
    sealed interface Outcome {
        /** It is made, on the disk and in the audit. */
        record Done(List<Wish> wishes) implements Outcome {}

        /** These devices are in {@code emergency}, and whoever wants the change may not take them out of it. */
        record LeavesEmergency(List<String> ids) implements Outcome {}

        /** For these devices there is nothing to restore. */
        record NothingToRestore(List<String> ids) implements Outcome {}
    }

    /** What the device is to do; empty when nothing was ever set. */
    Wish of(String id) {
        Wish wish = wishes.get(id);
        return wish == null ? Wish.none(id) : wish;
    }

    /** All devices of which anything was ever set, ordered by id. */
    List<Wish> all() {
        return wishes.values().stream().sorted(Comparator.comparing(Wish::id)).toList();
    }

    /** The device itself asks for its operation. */
    Wish operationPolled(String id) {
        Instant now = now();
        return polled(
                id,
                wish -> new Wish(
                        id, wish.operation().polled(now), wish.aisleMode(), wish.inserviceLast(), wish.revision()));
    }

    /** The device itself asks for its aisle mode. */
    Wish aisleModePolled(String id) {
        Instant now = now();
        return polled(
                id,
                wish -> new Wish(
                        id, wish.operation(), wish.aisleMode().polled(now), wish.inserviceLast(), wish.revision()));
    }

    /**
     * Changes what these devices are to do, all in one transaction and one group of the audit.
     *
     * @return completes when the outcome is on the disk, or with the database's failure
     */
    CompletableFuture<Outcome> set(Collection<String> ids, Wanted wanted, Origin origin) {
        Set<String> distinct = new LinkedHashSet<>(ids);
        if (wishes.size() + distinct.size() > Gates.MAX_GATES
                && !wishes.keySet().containsAll(distinct)) {
            return CompletableFuture.failedFuture(new Gates.TooManyGates());
        }
        Instant now = now();
        return database.write(statements -> change(statements, distinct, wanted, origin, now))
                .thenApply(this::publish);
    }

    /** Writes when devices asked last. */
    void saveUnsaved() {
        boolean all = reset.getAndSet(false);
        List<String> ids = List.copyOf(unsavedPolls);
        if (!database.isOpen() || (ids.isEmpty() && !all)) {
            return;
        }
        ids.forEach(unsavedPolls::remove);
        database.write(statements -> save(statements, ids, all)).exceptionally(e -> {
            unsavedPolls.addAll(ids);
            reset.compareAndSet(false, all);
            LOG.warn("When devices asked could not be stored yet: {}", e.getMessage());
            return ids;
        });
    }

    @Override
    public void load(Statements statements) throws SQLException {
        for (Wish wish : WishTable.loadAll(statements)) {
            wishes.put(wish.id(), wish);
        }
    }

    @Override
    public void databaseWasReset() {
        reset.set(true);
        unsavedPolls.addAll(wishes.keySet());
    }

    private Wish polled(String id, UnaryOperator<Wish> change) {
        unsavedPolls.add(id);
        return wishes.compute(id, (key, wish) -> change.apply(wish == null ? Wish.none(key) : wish));
    }

    private Outcome change(Statements statements, Set<String> ids, Wanted wanted, Origin origin, Instant now)
            throws SQLException {
        List<Wish> before = new ArrayList<>(ids.size());
        List<Wish> after = new ArrayList<>(ids.size());
        List<String> impossible = new ArrayList<>(0);
        List<String> guarded = new ArrayList<>(0);
        for (String id : ids) {
            Wish old = stored(statements, id);
            Wish next = wanted.applyTo(old, now);
            if (next == null) {
                impossible.add(id);
                continue;
            }
            if (leavesEmergency(old, next) && !origin.mayLeaveEmergency()) {
                guarded.add(id);
            }
            before.add(old);
            after.add(next.withRevision(revisions.incrementAndGet()));
        }
        if (!impossible.isEmpty()) {
            return new Outcome.NothingToRestore(impossible);
        }
        if (!guarded.isEmpty()) {
            return new Outcome.LeavesEmergency(guarded);
        }
        write(statements, before, after, wanted, origin, now);
        return new Outcome.Done(after);
    }

    private static void write(
            Statements statements, List<Wish> before, List<Wish> after, Wanted wanted, Origin origin, Instant now)
            throws SQLException {
        Audit.Group audit = new Audit.Group(statements, origin, now);
        for (int i = 0; i < after.size(); i++) {
            Wish old = before.get(i);
            Wish next = after.get(i);
            WishTable.save(statements, next);
            String kind = leavesEmergency(old, next) ? "leaving_emergency" : wanted.kind();
            audit.add(next.id(), kind, wanted.valueOf(old), wanted.valueOf(next));
        }
    }

    /** As committed, with what the same group of transactions has changed already. */
    private Wish stored(Statements statements, String id) throws SQLException {
        Wish wish = WishTable.find(statements, id);
        // the row is missing when a damaged file was replaced by an empty one
        return wish == null ? of(id) : wish;
    }

    private Outcome publish(Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            done.wishes().forEach(next -> wishes.compute(next.id(), (id, wish) -> next.following(wish)));
        }
        return outcome;
    }

    private List<String> save(Statements statements, List<String> ids, boolean all) throws SQLException {
        if (all) {
            for (Wish wish : wishes.values()) {
                WishTable.saveMissing(statements, wish);
            }
        }
        for (String id : ids) {
            WishTable.savePolls(statements, of(id));
        }
        return ids;
    }

    private static boolean leavesEmergency(Wish before, @Nullable Wish after) {
        return before.operation().value() == Operation.EMERGENCY
                && after != null
                && after.operation().value() != Operation.EMERGENCY;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
