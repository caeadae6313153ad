package solutions.itms.scs.nvr;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.alarm.DeviceAlarms;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.message.inventory.Device;
import solutions.itms.scs.onvif.DeviceEvent;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.http.Trust;
import solutions.itms.scs.onvif.watch.Link;
import solutions.itms.scs.onvif.watch.Watch;
import solutions.itms.scs.onvif.watch.Watched;

/**
 * One recorder that is watched: its health is looked at again and again, what changes is told. Other settings make another
 * connection, and leave alarms, channels and what is known of it as they are. Thread-safe.
 */
final class Recorder implements Watched<NvrSettings> {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int THOROUGH_EVERY = 10;
    /** A recorder that does not answer to the end of a search is not waited for any longer. */
    private static final Duration LAST_WORDS = Duration.ofMillis(3_500);

    private static final String STORAGE_FAILURE = "Device/HardwareFailure/StorageFailure";

    private final String id;
    private final Site site;
    private final Runnable onChange;
    private final DeviceAlarms alarms;
    private final ChannelList list;
    private final Semaphore exports = new Semaphore(2, true);
    private final Watch<NvrSettings> watch;
    private volatile Health health = Health.UNKNOWN;
    private volatile boolean diskFailed;

    /** @param onChange told when what the inventory says of it has changed */
    Recorder(NvrSettings settings, Site site, Runnable onChange) {
        this.id = settings.id();
        this.site = site;
        this.onChange = onChange;
        this.alarms = new DeviceAlarms("Recorder", id, site.telemetry(), site.clock());
        this.list = new ChannelList(id, site.memory());
        this.watch = new Watch<>(settings, site.loop(), site.clock(), site.memory(), new Looks());
    }

    @Override
    public String id() {
        return id;
    }

    NvrSettings settings() {
        return watch.settings();
    }

    Health health() {
        return health;
    }

    /** What is wrong now. */
    List<String> alarms() {
        return alarms.active();
    }

    /** Room for clips that are fetched; two at most, fewer where that is configured. */
    Semaphore exports() {
        return exports;
    }

    /** The device; null while the recorder is not used. */
    @Nullable
    OnvifDevice device() {
        return watch.device();
    }

    /** Which certificate its RTSP server may show: the one of its ONVIF service. */
    Trust trust() {
        OnvifDevice device = device();
        String known = device == null ? null : device.fingerprint();
        return new Trust(known == null ? watch.fingerprint() : known, first -> {});
    }

    @Override
    public void start() {
        watch.start();
    }

    @Override
    public void change(NvrSettings other) {
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
        public CompletableFuture<?> look(Link link) {
            return Recorder.this.look(link, link.looks() % THOROUGH_EVERY == 1);
        }

        /** Every search at the recorder ends, whatever its health: the first look may be in the middle of one. */
        @Override
        public CompletableFuture<Void> leave(Link link) {
            CompletableFuture<Void> told = link.device().search().settle();
            NetworkLoop.Timer patience = site.loop().after(LAST_WORDS, () -> told.complete(null));
            return told.whenComplete((done, failure) -> patience.cancel());
        }
    }

    /** A thorough look at its health now. @return done when it is over; never fails */
    CompletableFuture<Health> look() {
        Link now = watch.link();
        return now == null ? CompletableFuture.completedFuture(Health.UNKNOWN) : look(now, true);
    }

    private CompletableFuture<Health> look(Link on, boolean thorough) {
        return new Look(on.device(), settings(), health, list, site.loop(), on.answered(), thorough)
                .run()
                .handle((found, failure) -> {
                    if (failure != null) {
                        LOG.error("Recorder {} could not be looked at", id, failure);
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
        judge(found);
        send(found);
        boolean known = found.information() != null && !Boolean.FALSE.equals(found.authenticated());
        if (found.reachable() && known && settings().events()) {
            // last of all: some devices become slow by it
            on.listen(null, this::happened, state -> {});
        }
        boolean other = !before.status().equals(found.status())
                || !Objects.equals(before.information(), found.information())
                || !names(before).equals(names(found));
        if (other || watch.polls() == 1) {
            onChange.run();
        }
    }

    private void judge(Health found) {
        alarms.set("nvr_unreachable", watch.failures() >= 2, found.reason());
        if (!found.reachable()) {
            return;
        }
        alarms.set("nvr_refused", Boolean.FALSE.equals(found.authenticated()), found.reason());
        List<Channel> idle = found.idle();
        alarms.set(
                "nvr_not_recording",
                !idle.isEmpty(),
                "no recording on channel " + idle.stream().map(Channel::channel).collect(Collectors.joining(", ")));
        alarms.set("nvr_recording_error", !found.jobErrors().isEmpty(), String.join("; ", found.jobErrors()));
        Instant back = found.reachesBack();
        boolean shortOf = !settings().retention().isZero()
                && back != null
                && back.isAfter(site.clock().instant().minus(settings().retention()));
        alarms.set(
                "nvr_retention_short",
                shortOf,
                "a channel reaches back to " + back + " only; "
                        + settings().retention().toDays() + " days are wanted");
        judgeDisks(found);
        Long ahead = found.clockAheadMillis();
        boolean off = ahead != null && Math.abs(ahead) > settings().clockLimit().toMillis();
        alarms.set("nvr_clock", off, "its clock is off by " + (ahead == null ? 0 : ahead / 1_000) + " s");
    }

    private void happened(List<DeviceEvent> events) {
        for (DeviceEvent event : events) {
            if (event.topic().startsWith(STORAGE_FAILURE)) {
                diskFailed = !"false".equalsIgnoreCase(event.value("Failed"));
                judgeDisks(health);
            }
        }
    }

    /** What the recorder's events say, and what its disks do. */
    private void judgeDisks(Health found) {
        List<String> failed = found.failedDisks();
        alarms.set(
                "nvr_disk",
                diskFailed || !failed.isEmpty(),
                failed.isEmpty()
                        ? "the recorder says that a disk has failed"
                        : "takes no recordings: " + String.join(", ", failed));
    }

    private void send(Health found) {
        Map<String, Object> metrics = new LinkedHashMap<>(found.metrics());
        metrics.put("exports", (long) (2 - exports.availablePermits()));
        metrics.put("polls", watch.polls());
        site.telemetry().send("nvr/" + id + "/metrics", Payload.of(site.clock().instant(), metrics), Priority.METRICS);
    }

    private static List<String> names(Health health) {
        return health.channels().stream().map(Channel::name).toList();
    }

    /** When it answered last; null when it never did. */
    @Nullable
    Instant lastSeen() {
        return watch.lastSeen();
    }

    @Override
    public Device describe() {
        Health now = health;
        return watch.describe(DeviceType.NVR, now.information(), names(now), now.status());
    }
}
