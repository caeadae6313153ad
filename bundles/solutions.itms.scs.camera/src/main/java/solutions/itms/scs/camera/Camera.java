package solutions.itms.scs.camera;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.alarm.DeviceAlarms;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.message.inventory.Device;
import solutions.itms.scs.onvif.DeviceEvent;
import solutions.itms.scs.onvif.DeviceInformation;
import solutions.itms.scs.onvif.DeviceSettings;
import solutions.itms.scs.onvif.EventStream;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.Sighting;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.http.NetworkLoop;

/**
 * One camera that is watched: its health is looked at again and again, its events are listened to, what changes is told.
 * Other settings make another connection, and leave alarms and what is known of it as they are. Thread-safe.
 */
final class Camera {
    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);
    private static final int SLOWEST = 4;
    private static final Duration LEAST = Duration.ofSeconds(1);
    /** A camera says hello a little before it answers. */
    private static final Duration HEARD = Duration.ofMillis(500);

    private static final Duration HEARD_PAUSE = Duration.ofSeconds(2);

    private final String id;
    private final Site site;
    private final Runnable onChange;
    private final DeviceAlarms alarms;
    private final Sightings sightings;
    private final Set<Consumer<List<DeviceEvent>>> listeners = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> watchers = ConcurrentHashMap.newKeySet();
    private volatile CameraSettings settings;
    private volatile Health health = Health.UNKNOWN;
    private volatile @Nullable Connection connection;
    private volatile @Nullable Instant lastSeen;
    private int failures;
    private long polls;

    /** What goes with one way to reach it. */
    private static final class Connection {
        final OnvifDevice device;

        @Nullable
        EventStream events;

        boolean connected;
        volatile boolean ended;
        boolean looking;
        boolean again;
        boolean soon;
        long lookedNanos;
        NetworkLoop.Timer poll = () -> {};
        NetworkLoop.Timer thumbnail = () -> {};

        Connection(OnvifDevice device) {
            this.device = device;
        }
    }

    /** @param onChange told when what the inventory says of it has changed */
    Camera(CameraSettings settings, Site site, Runnable onChange) {
        this.id = settings.id();
        this.settings = settings;
        this.site = site;
        this.onChange = onChange;
        this.alarms = new DeviceAlarms("Camera", id, site.telemetry(), site.clock());
        this.sightings = new Sightings(id, site.telemetry(), site.clock());
    }

    String id() {
        return id;
    }

    CameraSettings settings() {
        return settings;
    }

    Health health() {
        return health;
    }

    Sightings sightings() {
        return sightings;
    }

    @Nullable
    Instant lastSeen() {
        return lastSeen;
    }

    /** The device; null while the camera is not used. */
    @Nullable
    OnvifDevice device() {
        Connection now = connection;
        return now == null ? null : now.device;
    }

    /** Our time, for what is known of it now. */
    long millis() {
        return site.clock().millis();
    }

    /** How it stands with its events. */
    EventStream.State events() {
        Connection now = connection;
        EventStream stream = now == null ? null : now.events;
        return stream == null ? EventStream.State.NONE : stream.state();
    }

    /** Is told every event until it is closed. */
    AutoCloseable listen(Consumer<List<DeviceEvent>> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Is told whenever something was found out, until it is closed. */
    AutoCloseable watch(Runnable watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /** Begins, within the first second at most. */
    synchronized void start() {
        Endpoint endpoint = settings.endpoint();
        if (!settings.usable() || endpoint == null) {
            return;
        }
        String fingerprint =
                settings.fingerprint().isEmpty() ? site.pins().of(id).orElse("") : settings.fingerprint();
        DeviceSettings to = new DeviceSettings(endpoint, settings.credentials(), fingerprint, settings.limit());
        Connection made = new Connection(new OnvifDevice(
                site.loop(), to, site.clock(), first -> site.pins().pin(id, first)));
        connection = made;
        long jitter = ThreadLocalRandom.current()
                .nextLong(Math.min(1_000, settings.interval().toMillis()));
        made.poll = site.loop().after(Duration.ofMillis(jitter), () -> poll(made));
        if (!settings.thumbnails().isZero()) {
            thumbnailLater(made);
        }
    }

    /** Other settings from now on. */
    synchronized void change(CameraSettings other) {
        CompletableFuture<Void> ended = end();
        settings = other;
        failures = 0;
        ended.whenComplete((done, failure) -> start());
    }

    /** Ends it for good. @return done when the camera was told, or did not answer to it */
    synchronized CompletableFuture<Void> stop() {
        CompletableFuture<Void> ended = end();
        alarms.clear();
        return ended;
    }

    private CompletableFuture<Void> end() {
        Connection last = connection;
        connection = null;
        if (last == null) {
            return CompletableFuture.completedFuture(null);
        }
        last.ended = true;
        last.poll.cancel();
        last.thumbnail.cancel();
        EventStream stream = last.events;
        CompletableFuture<Void> unsubscribed = stream == null ? CompletableFuture.completedFuture(null) : stream.end();
        return CompletableFuture.allOf(unsubscribed, last.device.ptz().settle()).handle((done, failure) -> {
            last.device.close();
            return null;
        });
    }

    /** A look at its health now. @return done when it is over; never fails */
    CompletableFuture<Health> look() {
        Connection now = connection;
        return now == null ? CompletableFuture.completedFuture(Health.UNKNOWN) : look(now);
    }

    /** Looks at it soon, because something was heard of it; at most every few seconds, whoever says it how often. */
    synchronized void lookSoon() {
        Connection on = connection;
        if (on == null || on.ended || on.soon) {
            return;
        }
        if (on.looking) {
            on.again = true;
        } else if (site.loop().nanos() - on.lookedNanos > HEARD_PAUSE.toNanos()) {
            on.soon = true;
            on.poll.cancel();
            on.poll = site.loop().after(HEARD, () -> poll(on));
        }
    }

    private void poll(Connection on) {
        long began = site.loop().nanos();
        synchronized (this) {
            on.looking = true;
            on.soon = false;
            on.lookedNanos = began;
        }
        look(on).whenComplete((found, failure) -> {
            sightings.expire(settings.motionEnds());
            next(on, began);
        });
    }

    private synchronized void next(Connection on, long began) {
        on.looking = false;
        if (!on.ended) {
            // one that does not answer is asked less often, up to four times
            int slower = Math.min(SLOWEST, 1 + failures / 3);
            Duration took = Duration.ofNanos(site.loop().nanos() - began);
            Duration pause = on.again
                    ? HEARD_PAUSE
                    : settings.interval().multipliedBy(slower).minus(took);
            on.again = false;
            on.poll = site.loop().after(pause.compareTo(LEAST) < 0 ? LEAST : pause, () -> poll(on));
        }
    }

    private CompletableFuture<Health> look(Connection on) {
        return new Look(on.device, settings, health, site.loop(), on.connected)
                .run()
                .handle((found, failure) -> {
                    if (failure != null) {
                        LOG.error("Camera {} could not be looked at", id, failure);
                        return health;
                    }
                    if (!on.ended) {
                        take(on, found);
                    }
                    return found;
                });
    }

    private synchronized void take(Connection on, Health found) {
        Health before = health;
        health = found;
        polls++;
        on.connected |= found.reachable();
        failures = found.reachable() ? 0 : failures + 1;
        if (found.reachable()) {
            lastSeen = site.clock().instant();
        }
        judge(before, found);
        send(found);
        boolean known = found.information() != null && !Boolean.FALSE.equals(found.authenticated());
        if (found.reachable() && known && settings.events() && on.events == null && !on.ended) {
            // last of all: some cameras become slow by it
            EventStream stream =
                    new EventStream(on.device, site.callback().get().orElse(null), this::happened, state -> changed());
            on.events = stream;
            stream.start();
        }
        boolean other = !before.status().equals(found.status())
                || !java.util.Objects.equals(before.information(), found.information())
                || !before.profiles().equals(found.profiles());
        if (other) {
            onChange.run();
        }
        changed();
    }

    private void changed() {
        watchers.forEach(Runnable::run);
    }

    private void happened(List<DeviceEvent> events) {
        sightings.take(events, settings.allEvents());
        listeners.forEach(listener -> listener.accept(events));
        changed();
    }

    private void judge(Health before, Health found) {
        alarms.set("camera_unreachable", failures >= 2, found.reason());
        if (!found.reachable()) {
            return;
        }
        alarms.set("camera_refused", Boolean.FALSE.equals(found.authenticated()), found.reason());
        alarms.set("camera_stream", Boolean.FALSE.equals(found.stream()), "the stream is not described");
        Long ahead = found.clockAheadMillis();
        boolean off = ahead != null && Math.abs(ahead) > settings.clockLimit().toMillis();
        alarms.set("camera_clock", off, "its clock is off by " + (ahead == null ? 0 : ahead / 1_000) + " s");
        DeviceInformation old = before.information();
        DeviceInformation now = found.information();
        if (old != null && now != null && !old.firmware().equals(now.firmware())) {
            site.telemetry()
                    .send(
                            "event/camera_firmware",
                            Payload.of(
                                    site.clock().instant(),
                                    Map.of("device", id, "from", old.firmware(), "to", now.firmware())),
                            Priority.EVENT);
        }
    }

    private void send(Health found) {
        Map<String, Object> metrics = new LinkedHashMap<>(found.metrics());
        metrics.put("events", events().name().toLowerCase(java.util.Locale.ROOT));
        metrics.put("events.seen", sightings.seen());
        metrics.put("events.left", sightings.left());
        metrics.put("motion", sightings.isActive(Sighting.Kind.MOTION));
        metrics.put("polls", polls);
        site.telemetry()
                .send("camera/" + id + "/metrics", Payload.of(site.clock().instant(), metrics), Priority.METRICS);
    }

    private void thumbnailLater(Connection on) {
        on.thumbnail = site.loop().after(settings.thumbnails(), () -> {
            if (on.ended) {
                return;
            }
            if (health.reachable()) {
                Snapshots.thumbnail(id, on.device, settings.profile(), site)
                        .whenComplete((done, failure) -> thumbnailLater(on));
            } else {
                thumbnailLater(on);
            }
        });
    }

    /** As the inventory tells of it. */
    Device describe() {
        Health now = health;
        DeviceInformation information = now.information();
        Endpoint endpoint = settings.endpoint();
        return new Device(
                id,
                DeviceType.CAMERA,
                null,
                cut(settings.label()),
                information == null ? null : cut(information.manufacturer()),
                information == null ? null : cut(information.model()),
                information == null ? null : cut(information.firmware()),
                information == null ? null : cut(information.serial()),
                endpoint == null ? null : endpoint.authority(),
                now.profiles().stream().map(Camera::cut).limit(64).toList(),
                polls == 0 ? "unknown" : now.status());
    }

    private static String cut(String text) {
        return text.length() > 128 ? text.substring(0, 128) : text;
    }

    /** What is wrong now. */
    List<String> alarms() {
        return alarms.active();
    }
}
