package solutions.itms.scs.camera;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
import solutions.itms.scs.onvif.EventStream;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.Sighting;
import solutions.itms.scs.onvif.watch.Link;
import solutions.itms.scs.onvif.watch.Watch;
import solutions.itms.scs.onvif.watch.Watched;

/**
 * One camera that is watched: its health is looked at again and again, its events are listened to, what changes is told.
 * Other settings make another connection, and leave alarms and what is known of it as they are. Thread-safe.
 */
final class Camera implements Watched<CameraSettings> {
    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);
    private final String id;
    private final Site site;
    private final Runnable onChange;
    private final DeviceAlarms alarms;
    private final Sightings sightings;
    private final Set<Consumer<List<DeviceEvent>>> listeners = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> watchers = ConcurrentHashMap.newKeySet();
    private final Watch<CameraSettings> watch;
    private volatile Health health = Health.UNKNOWN;

    /** @param onChange told when what the inventory says of it has changed */
    Camera(CameraSettings settings, Site site, Runnable onChange) {
        this.id = settings.id();
        this.site = site;
        this.onChange = onChange;
        this.alarms = new DeviceAlarms("Camera", id, site.telemetry(), site.clock());
        this.sightings = new Sightings(id, site.telemetry(), site.clock());
        this.watch = new Watch<>(settings, site.loop(), site.clock(), site.pins(), new Looks());
    }

    @Override
    public String id() {
        return id;
    }

    CameraSettings settings() {
        return watch.settings();
    }

    Health health() {
        return health;
    }

    Sightings sightings() {
        return sightings;
    }

    @Nullable
    Instant lastSeen() {
        return watch.lastSeen();
    }

    /** The device; null while the camera is not used. */
    @Nullable
    OnvifDevice device() {
        return watch.device();
    }

    /** Our time, for what is known of it now. */
    long millis() {
        return site.clock().millis();
    }

    /** How it stands with its events. */
    EventStream.State events() {
        Link now = watch.link();
        return now == null ? EventStream.State.NONE : now.events();
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

    @Override
    public void start() {
        watch.start();
    }

    @Override
    public void change(CameraSettings other) {
        watch.change(other);
    }

    @Override
    public CompletableFuture<Void> stop() {
        CompletableFuture<Void> ended = watch.stop();
        synchronized (this) {
            alarms.clear();
        }
        return ended;
    }

    private final class Looks implements Watch.Subject {
        @Override
        public void begun(Link link) {
            thumbnailLater(link);
        }

        @Override
        public CompletableFuture<?> look(Link link) {
            return Camera.this
                    .look(link)
                    .thenRun(() -> sightings.expire(settings().motionEnds()));
        }

        @Override
        public CompletableFuture<Void> leave(Link link) {
            return link.device().ptz().settle();
        }
    }

    /** A look at its health now. @return done when it is over; never fails */
    CompletableFuture<Health> look() {
        Link now = watch.link();
        return now == null ? CompletableFuture.completedFuture(Health.UNKNOWN) : look(now);
    }

    /** Looks at it soon, because something was heard of it; at most every few seconds, whoever says it how often. */
    void lookSoon() {
        watch.lookSoon();
    }

    private CompletableFuture<Health> look(Link on) {
        return new Look(on.device(), settings(), health, site.loop(), on.answered())
                .run()
                .handle((found, failure) -> {
                    if (failure != null) {
                        LOG.error("Camera {} could not be looked at", id, failure);
                        return health;
                    }
                    take(on, found);
                    return found;
                });
    }

    private synchronized void take(Link on, Health found) {
        if (!watch.seen(on, found.reachable())) {
            return;
        }
        Health before = health;
        health = found;
        judge(before, found);
        send(found);
        boolean known = found.information() != null && !Boolean.FALSE.equals(found.authenticated());
        if (found.reachable() && known && settings().events()) {
            // last of all: some cameras become slow by it
            on.listen(site.callback().get().orElse(null), this::happened, state -> changed());
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
        sightings.take(events, settings().allEvents());
        listeners.forEach(listener -> listener.accept(events));
        changed();
    }

    private void judge(Health before, Health found) {
        alarms.set("camera_unreachable", watch.failures() >= 2, found.reason());
        if (!found.reachable()) {
            return;
        }
        alarms.set("camera_refused", Boolean.FALSE.equals(found.authenticated()), found.reason());
        alarms.set("camera_stream", Boolean.FALSE.equals(found.stream()), "the stream is not described");
        Long ahead = found.clockAheadMillis();
        boolean off = ahead != null && Math.abs(ahead) > settings().clockLimit().toMillis();
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
        metrics.put("polls", watch.polls());
        site.telemetry()
                .send("camera/" + id + "/metrics", Payload.of(site.clock().instant(), metrics), Priority.METRICS);
    }

    private void thumbnailLater(Link on) {
        if (settings().thumbnails().isZero()) {
            return;
        }
        on.after(settings().thumbnails(), () -> {
            if (health.reachable()) {
                Snapshots.thumbnail(id, on.device(), settings().profile(), site)
                        .whenComplete((done, failure) -> thumbnailLater(on));
            } else {
                thumbnailLater(on);
            }
        });
    }

    @Override
    public Device describe() {
        Health now = health;
        return watch.describe(DeviceType.CAMERA, now.information(), now.profiles(), now.status());
    }

    /** What is wrong now. */
    List<String> alarms() {
        return alarms.active();
    }
}
