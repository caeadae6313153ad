package solutions.itms.scs.server.live;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.server.auth.Sessions;
import solutions.itms.scs.server.auth.Sessions.Session;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.device.DeviceView;
import solutions.itms.scs.server.device.Devices;
import solutions.itms.scs.server.device.GateKey;
import solutions.itms.scs.server.device.GateView;
import solutions.itms.scs.server.device.GatewayView;
import solutions.itms.scs.server.http.Json;

/**
 * Tells all open streams what changed, right after the commit; counters and times that move with every message, at the
 * next tick. Rows are read when they are sent, so that nobody is told an older state than somebody else. Thread-safe.
 */
public final class LiveFeed implements AutoCloseable, Consumer<Changes> {
    private static final Logger LOGGER = LoggerFactory.getLogger(LiveFeed.class);
    private static final Duration PING_EVERY = Duration.ofSeconds(15);

    private final Devices devices;
    private final Function<GateKey, Optional<DeviceView>> inventory;
    private final Function<String, Optional<Object>> commands;
    private final Sessions sessions;
    private final Clock clock;
    private final Duration tick;
    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
    private final Object publishing = new Object();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition urgent = lock.newCondition();
    private final Thread thread = new Thread(this::run, "live-feed");
    private Changes pending = new Changes();
    private Instant pingedAt;
    private volatile boolean closed;

    /**
     * @param inventory reads a device that is neither a gateway nor a gate
     * @param commands reads a command as it is shown
     * @param tick how often quiet changes are told and sessions are checked
     */
    public LiveFeed(
            Devices devices,
            Function<GateKey, Optional<DeviceView>> inventory,
            Function<String, Optional<Object>> commands,
            Sessions sessions,
            Clock clock,
            Duration tick) {
        this.devices = devices;
        this.inventory = inventory;
        this.commands = commands;
        this.sessions = sessions;
        this.clock = clock;
        this.tick = tick;
        this.pingedAt = clock.instant();
        sessions.onEnd(this::endStreamsOf);
    }

    /** Starts telling. */
    public void start() {
        thread.start();
    }

    /** Takes news of a commit; does not block. */
    @Override
    public void accept(Changes changes) {
        lock.lock();
        try {
            pending.addAll(changes);
            if (pending.isUrgent()) {
                urgent.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many streams are open. */
    public int openStreams() {
        return streams.size();
    }

    /** Sends everything to a new stream, and from then on what changes. */
    void open(Session session, AsyncContext async) throws IOException {
        async.setTimeout(0);
        LiveStream stream = new LiveStream(session, async, streams::remove);
        synchronized (publishing) {
            Instant now = clock.instant();
            Devices.Snapshot all = devices.snapshot();
            stream.offer("snapshot", LiveStream.event("snapshot", Json.bytes(Snapshot.of(all, now))), now);
            streams.add(stream);
            stream.start();
        }
        if (closed) {
            stream.end();
        }
    }

    /** The first event of a stream. */
    record Snapshot(List<GatewayView> gateways, List<GateView> gates, Instant serverTime) {
        static Snapshot of(Devices.Snapshot all, Instant now) {
            return new Snapshot(all.gateways(), all.gates(), now);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        streams.forEach(LiveStream::end);
    }

    private void run() {
        long nextTick = System.nanoTime() + tick.toNanos();
        while (!closed) {
            try {
                boolean ticked = awaitNews(nextTick - System.nanoTime());
                publish(take(ticked));
                if (ticked) {
                    tick();
                    nextTick = System.nanoTime() + tick.toNanos();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOGGER.error("news could not be told to browsers", e);
            }
        }
    }

    /** @return true when the time is over, false when there is urgent news before */
    private boolean awaitNews(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!pending.isUrgent()) {
                if (left <= 0) {
                    return true;
                }
                left = urgent.awaitNanos(left);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Takes what is to be told now; quiet changes stay until the tick. */
    private Changes take(boolean all) {
        lock.lock();
        try {
            Changes taken = pending;
            pending = new Changes();
            if (!all) {
                taken.moveQuietTo(pending);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void publish(Changes changes) {
        if (streams.isEmpty() || changes.isEmpty()) {
            return;
        }
        synchronized (publishing) {
            Map<String, byte[]> events = new LinkedHashMap<>();
            for (String id : changes.gateways()) {
                addGateway(events, id);
                devices.gatesOf(id).forEach(gate -> addGate(events, gate));
            }
            changes.quietGateways().forEach(id -> addGateway(events, id));
            changes.gates().forEach(key -> addGate(events, key));
            changes.quietGates().forEach(key -> addGate(events, key));
            changes.devices().forEach(key -> addDevice(events, key));
            changes.commands()
                    .forEach(id -> commands.apply(id)
                            .ifPresent(view ->
                                    events.put("command " + id, LiveStream.event("command", Json.bytes(view)))));
            Instant now = clock.instant();
            streams.forEach(stream -> events.forEach((key, event) -> stream.offer(key, event, now)));
        }
    }

    private void addGateway(Map<String, byte[]> events, String id) {
        if (!events.containsKey("gateway " + id)) {
            devices.gateway(id)
                    .ifPresent(view -> events.put("gateway " + id, LiveStream.event("gateway", Json.bytes(view))));
        }
    }

    private void addGate(Map<String, byte[]> events, GateKey key) {
        if (!events.containsKey(gateKey(key.gatewayId(), key.id()))) {
            devices.gate(key).ifPresent(view -> addGate(events, view));
        }
    }

    /** One that is gone is told by its key alone. */
    private void addDevice(Map<String, byte[]> events, GateKey key) {
        Optional<DeviceView> view = inventory.apply(key);
        events.put(
                "device " + key.gatewayId() + " " + key.id(),
                view.isPresent()
                        ? LiveStream.event("device", Json.bytes(view.get()))
                        : LiveStream.event("device_removed", Json.bytes(key)));
    }

    private static void addGate(Map<String, byte[]> events, GateView gate) {
        events.put(gateKey(gate.gatewayId(), gate.id()), LiveStream.event("gate", Json.bytes(gate)));
    }

    /** A gateway's id has no space, so that no two gates have the same key. */
    private static String gateKey(String gatewayId, String id) {
        return "gate " + gatewayId + " " + id;
    }

    private void tick() {
        Instant now = clock.instant();
        boolean ping = !now.isBefore(pingedAt.plus(PING_EVERY));
        if (ping) {
            pingedAt = now;
        }
        for (LiveStream stream : new ArrayList<>(streams)) {
            stream.checkStall(now);
            if (!now.isBefore(stream.session().endsAt())) {
                stream.end();
            } else if (ping) {
                ping(stream, now);
            }
        }
    }

    /** An open stream is a use of its session: a wall display is not logged out for lack of clicks. */
    private void ping(LiveStream stream, Instant now) {
        if (sessions.useById(stream.session().id()).isPresent()) {
            stream.offer("ping", LiveStream.ping(), now);
        } else {
            stream.end();
        }
    }

    /** Ends what somebody who must log in again has open. */
    public void endStreamsOfPerson(String name) {
        for (LiveStream stream : streams) {
            if (stream.session().person().username().equals(name)) {
                stream.end();
            }
        }
    }

    private void endStreamsOf(String sessionId) {
        for (LiveStream stream : streams) {
            if (stream.session().id().equals(sessionId)) {
                stream.end();
            }
        }
    }
}
