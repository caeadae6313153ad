package solutions.itms.scs.station;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.store.Statements;

/** The gates of the station: answered from memory, changes on the disk before anybody is told. Thread-safe. */
final class Gates implements StationDatabase.Resident {
    /** More ids than any station has: a gate that makes up ids must not fill the memory. */
    static final int MAX_GATES = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Gates.class);

    private final ConcurrentHashMap<String, TrackedGate> gates = new ConcurrentHashMap<>();
    private final Map<String, PlannedDevice> planned;
    private final StationDatabase database;
    private final GateWriter writer;
    private final GateIntake intake;
    private final Alarms alarms;
    private final Clock clock;
    private final Ticker ticker;

    Gates(
            StationDatabase database,
            GateWriter writer,
            GateIntake intake,
            Alarms alarms,
            List<PlannedDevice> planned,
            Surroundings surroundings) {
        this.planned = planned.stream().collect(Collectors.toMap(PlannedDevice::id, Function.identity(), (a, b) -> a));
        this.database = database;
        this.writer = writer;
        this.intake = intake;
        this.alarms = alarms;
        this.clock = surroundings.clock();
        this.ticker = surroundings.ticker();
    }

    /** The station knows as many gates as it can. */
    static final class TooManyGates extends Exception {
        private static final long serialVersionUID = 1L;

        TooManyGates() {
            super("the station knows " + MAX_GATES + " devices, and takes no more", null, false, false);
        }
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
        gates.values().forEach(writer::later);
    }

    /** All gates that were ever heard, ordered by id. */
    List<Gate> all() {
        return gates.values().stream()
                .map(TrackedGate::gate)
                .sorted(Comparator.comparing(Gate::id))
                .toList();
    }

    /** Effective status of a gate; empty for one that has not sent a heartbeat. */
    Optional<Status> status(String gateId) {
        TrackedGate tracked = gates.get(gateId);
        return tracked == null ? Optional.empty() : Optional.of(tracked.gate().status());
    }

    /** All devices, those that were never heard, too, ordered by id. */
    List<Device> devices() {
        Stream<Device> heard = gates.values().stream().map(tracked -> device(tracked.gate(), tracked.rejection()));
        return Stream.concat(heard, neverHeard().stream().map(plan -> new Device(plan.id(), null, plan, null)))
                .sorted(Comparator.comparing(Device::id))
                .toList();
    }

    /** The planned devices that were never heard. */
    List<PlannedDevice> neverHeard() {
        return planned.values().stream()
                .filter(plan -> !gates.containsKey(plan.id()))
                .toList();
    }

    /** Whether there is such a device, planned or heard. */
    boolean isKnown(String id) {
        return gates.containsKey(id) || planned.containsKey(id);
    }

    /** Whether a request from this address comes from that gate, as far as is known. */
    boolean isAt(String id, @Nullable String address) {
        if (address == null) {
            return false;
        }
        TrackedGate tracked = gates.get(id);
        PlannedDevice plan = planned.get(id);
        return (plan != null && address.equals(plan.ip()))
                || (tracked != null
                        && (address.equals(tracked.gate().ip())
                                || address.equals(tracked.gate().sourceIp())));
    }

    /** Whether heartbeats of any gate have come from this address, those of each gate last. */
    boolean isSource(String address) {
        return gates.values().stream()
                .anyMatch(tracked -> address.equals(tracked.gate().sourceIp()));
    }

    /** Whatever sends from this address is alive, though its heartbeats were not taken. */
    void heardFrom(@Nullable String address) {
        long now = ticker.nanos();
        for (TrackedGate tracked : gates.values()) {
            if (address != null && address.equals(tracked.gate().sourceIp())) {
                tracked.alive(now);
            }
        }
    }

    /** A heartbeat of this gate was refused: it is alive all the same. */
    void rejected(String id, String reason, @Nullable String source) {
        TrackedGate tracked = gates.get(id);
        if (tracked != null) {
            tracked.alive(ticker.nanos());
            tracked.rejected(new Rejection(clock.instant(), reason, source));
            alarms.note(
                    AlarmKind.REJECTED_BEATS, id, "rejected heartbeats of " + id + " from " + source + ": " + reason);
        }
    }

    /**
     * Takes heartbeats, all or none.
     *
     * @return completes when the sender may be told that they were taken, or with the database's failure
     */
    CompletableFuture<?> accept(List<Heartbeat> beats, Sender sender) {
        if (!database.isOpen()) {
            // nothing may be taken in memory that was not loaded before
            return database.write(statements -> beats);
        }
        if (gates.size() + beats.size() > MAX_GATES && gates.size() + newIds(beats) > MAX_GATES) {
            return CompletableFuture.failedFuture(new TooManyGates());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<GateWriter.Change> changes = new ArrayList<>(beats.size());
        for (Heartbeat beat : inOrderOfTheirClocks(beats)) {
            GateWriter.Change change = take(beat, now, sender);
            if (change != null) {
                changes.add(change);
            }
        }
        return changes.isEmpty() ? CompletableFuture.completedFuture(changes) : writer.commit(changes, now);
    }

    /** Finds the gates that have been silent for too long. */
    void findSilent() {
        List<GateWriter.Change> changes = new ArrayList<>(0);
        for (TrackedGate tracked : gates.values()) {
            GateWriter.Change change = intake.silence(tracked);
            if (change != null) {
                changes.add(change);
            }
        }
        if (!changes.isEmpty()) {
            writer.commit(changes, clock.instant()).exceptionally(e -> {
                LOG.warn("The silence of gates could not be stored: {}", e.getMessage());
                return null;
            });
        }
    }

    private GateWriter.@Nullable Change take(Heartbeat beat, Instant now, Sender sender) {
        PlannedDevice plan = planned.get(beat.id());
        TrackedGate known = gates.get(beat.id());
        if (known == null) {
            TrackedGate fresh = TrackedGate.heardFirst(Gate.first(beat, plan, now, sender.address()), ticker.nanos());
            known = gates.putIfAbsent(beat.id(), fresh);
            if (known == null) {
                return intake.first(fresh, beat, now, sender, plan);
            }
        }
        return intake.again(known, beat, now, sender, plan);
    }

    private Device device(Gate gate, @Nullable Rejection rejection) {
        return new Device(gate.id(), gate, planned.get(gate.id()), rejection);
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
}
