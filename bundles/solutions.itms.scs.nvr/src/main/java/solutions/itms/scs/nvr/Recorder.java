package solutions.itms.scs.nvr;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
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
import solutions.itms.scs.onvif.DeviceInformation;
import solutions.itms.scs.onvif.DeviceSettings;
import solutions.itms.scs.onvif.EventStream;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.http.Trust;

/**
 * One recorder that is watched: its health is looked at again and again, what changes is told. Other settings make another
 * connection, and leave alarms, channels and what is known of it as they are. Thread-safe.
 */
final class Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int SLOWEST = 4;
    private static final int THOROUGH_EVERY = 10;
    private static final String STORAGE_FAILURE = "Device/HardwareFailure/StorageFailure";
    private static final Duration LEAST = Duration.ofSeconds(1);
    /** A recorder that does not answer to the end of a search is not waited for any longer. */
    static final Duration LAST_WORDS = Duration.ofSeconds(4);

    private final String id;
    private final Site site;
    private final Runnable onChange;
    private final DeviceAlarms alarms;
    private final ChannelList list;
    private final Semaphore exports = new Semaphore(2, true);
    private volatile NvrSettings settings;
    private volatile Health health = Health.UNKNOWN;
    private volatile @Nullable Connection connection;
    private volatile @Nullable Instant lastSeen;
    private volatile boolean diskFailed;
    private int failures;
    private long polls;

    /** What goes with one way to reach it. */
    private static final class Connection {
        final OnvifDevice device;
        final Endpoint endpoint;
        boolean connected;
        int looks;
        volatile boolean ended;
        NetworkLoop.Timer poll = () -> {};

        @Nullable
        EventStream events;

        Connection(OnvifDevice device, Endpoint endpoint) {
            this.device = device;
            this.endpoint = endpoint;
        }
    }

    /** @param onChange told when what the inventory says of it has changed */
    Recorder(NvrSettings settings, Site site, Runnable onChange) {
        this.id = settings.id();
        this.settings = settings;
        this.site = site;
        this.onChange = onChange;
        this.alarms = new DeviceAlarms("Recorder", id, site.telemetry(), site.clock());
        this.list = new ChannelList(id, site.memory());
    }

    String id() {
        return id;
    }

    NvrSettings settings() {
        return settings;
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
        Connection now = connection;
        return now == null ? null : now.device;
    }

    /** Which certificate its RTSP server may show: the one of its ONVIF service. */
    Trust trust() {
        OnvifDevice device = device();
        String known = device == null ? null : device.fingerprint();
        return new Trust(known == null ? fingerprint() : known, first -> {});
    }

    private String fingerprint() {
        return settings.fingerprint().isEmpty() ? site.memory().certificate(id).orElse("") : settings.fingerprint();
    }

    /** Begins, within the first second at most. */
    synchronized void start() {
        Endpoint endpoint = settings.endpoint();
        if (!settings.usable() || endpoint == null) {
            return;
        }
        DeviceSettings to = new DeviceSettings(endpoint, settings.credentials(), fingerprint(), settings.limit());
        Connection made = new Connection(
                new OnvifDevice(
                        site.loop(), to, site.clock(), first -> site.memory().pin(id, first)),
                endpoint);
        connection = made;
        long jitter = ThreadLocalRandom.current()
                .nextLong(Math.min(1_000, settings.interval().toMillis()));
        made.poll = site.loop().after(Duration.ofMillis(jitter), () -> poll(made));
    }

    /** Other settings from now on. */
    synchronized void change(NvrSettings other) {
        CompletableFuture<Void> ended = end();
        settings = other;
        failures = 0;
        ended.whenComplete((done, failure) -> start());
    }

    /** Ends it for good. @return done when every search at the recorder has ended, or it did not answer to it */
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
        EventStream stream = last.events;
        CompletableFuture<Void> unsubscribed = stream == null ? CompletableFuture.completedFuture(null) : stream.end();
        // whatever its health was: the first look may be in the middle of a search
        CompletableFuture<Void> told =
                CompletableFuture.allOf(unsubscribed, last.device.search().settle());
        NetworkLoop.Timer patience = site.loop().after(LAST_WORDS, () -> told.complete(null));
        return told.handle((done, failure) -> {
            patience.cancel();
            last.device.close();
            return null;
        });
    }

    /** A thorough look at its health now. @return done when it is over; never fails */
    CompletableFuture<Health> look() {
        Connection now = connection;
        return now == null ? CompletableFuture.completedFuture(Health.UNKNOWN) : look(now, true);
    }

    private void poll(Connection on) {
        long began = site.loop().nanos();
        look(on, on.looks++ % THOROUGH_EVERY == 0).whenComplete((found, failure) -> {
            if (!on.ended) {
                // one that does not answer is asked less often, up to four times
                int slower = Math.min(SLOWEST, 1 + failures / 3);
                Duration took = Duration.ofNanos(site.loop().nanos() - began);
                Duration pause = settings.interval().multipliedBy(slower).minus(took);
                on.poll = site.loop().after(pause.compareTo(LEAST) < 0 ? LEAST : pause, () -> poll(on));
            }
        });
    }

    private CompletableFuture<Health> look(Connection on, boolean thorough) {
        return new Look(on.device, settings, health, list, site.loop(), on.connected, thorough)
                .run()
                .handle((found, failure) -> {
                    if (failure != null) {
                        LOG.error("Recorder {} could not be looked at", id, failure);
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
        judge(found);
        send(found);
        boolean known = found.information() != null && !Boolean.FALSE.equals(found.authenticated());
        if (found.reachable() && known && settings.events() && on.events == null && !on.ended) {
            // last of all: some devices become slow by it
            on.events = new EventStream(on.device, null, this::happened, state -> {});
            on.events.start();
        }
        boolean other = !before.status().equals(found.status())
                || !Objects.equals(before.information(), found.information())
                || !names(before).equals(names(found));
        if (other || polls == 1) {
            onChange.run();
        }
    }

    private void judge(Health found) {
        alarms.set("nvr_unreachable", failures >= 2, found.reason());
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
        boolean shortOf = !settings.retention().isZero()
                && back != null
                && back.isAfter(site.clock().instant().minus(settings.retention()));
        alarms.set(
                "nvr_retention_short",
                shortOf,
                "a channel reaches back to " + back + " only; "
                        + settings.retention().toDays() + " days are wanted");
        judgeDisks(found);
        Long ahead = found.clockAheadMillis();
        boolean off = ahead != null && Math.abs(ahead) > settings.clockLimit().toMillis();
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
        metrics.put("polls", polls);
        site.telemetry().send("nvr/" + id + "/metrics", Payload.of(site.clock().instant(), metrics), Priority.METRICS);
    }

    private static List<String> names(Health health) {
        return health.channels().stream().map(Channel::name).toList();
    }

    /** When it answered last; null when it never did. */
    @Nullable
    Instant lastSeen() {
        return lastSeen;
    }

    /** As the inventory tells of it. */
    Device describe() {
        Health now = health;
        DeviceInformation information = now.information();
        Endpoint endpoint = settings.endpoint();
        return new Device(
                id,
                DeviceType.NVR,
                null,
                cut(settings.label()),
                information == null ? null : cut(information.manufacturer()),
                information == null ? null : cut(information.model()),
                information == null ? null : cut(information.firmware()),
                information == null ? null : cut(information.serial()),
                endpoint == null ? null : endpoint.authority(),
                names(now).stream().map(Recorder::cut).limit(64).toList(),
                polls == 0 ? "unknown" : now.status());
    }

    private static String cut(String text) {
        return text.length() > 128 ? text.substring(0, 128) : text;
    }
}
