package solutions.itms.scs.onvif.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.message.inventory.Device;
import solutions.itms.scs.onvif.DeviceInformation;
import solutions.itms.scs.onvif.DeviceSettings;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.http.NetworkLoop;

/**
 * Looks at one device again and again, by one link at a time. Other settings make another link; what is counted here stays.
 * Thread-safe.
 */
public final class Watch<S extends WatchedSettings> {
    private static final int SLOWEST = 4;
    private static final Duration LEAST = Duration.ofSeconds(1);
    /** A device says hello a little before it answers. */
    private static final Duration HEARD = Duration.ofMillis(500);

    private static final Duration HEARD_PAUSE = Duration.ofSeconds(2);

    private final NetworkLoop loop;
    private final Clock clock;
    private final CertificateMemory memory;
    private final Subject subject;
    private volatile S settings;
    private volatile @Nullable Link link;
    private volatile @Nullable Instant lastSeen;
    private volatile int failures;
    private volatile long polls;
    private CompletableFuture<Void> left = CompletableFuture.completedFuture(null);
    private boolean stopped;

    /** The device whose looks are timed here. */
    public interface Subject {
        /** A new link is there; nothing was asked by it yet. */
        default void begun(Link link) {}

        /** Looks once, and tells {@link Watch#seen}. @return done when it is over; never fails */
        CompletableFuture<?> look(Link link);

        /** Last words to the device before its link closes. @return done when they were said */
        CompletableFuture<Void> leave(Link link);
    }

    /** Waits for {@link #start}. */
    public Watch(S settings, NetworkLoop loop, Clock clock, CertificateMemory memory, Subject subject) {
        this.settings = settings;
        this.loop = loop;
        this.clock = clock;
        this.memory = memory;
        this.subject = subject;
    }

    /** Begins, within the first second at most. */
    public synchronized void start() {
        Endpoint endpoint = settings.endpoint();
        if (stopped || link != null || endpoint == null || !settings.usable()) {
            return;
        }
        String id = settings.id();
        DeviceSettings to = new DeviceSettings(
                endpoint,
                settings.credentials(),
                fingerprint(),
                settings.watch().limit());
        Link made = new Link(new OnvifDevice(loop, to, clock, first -> memory.pin(id, first)), loop);
        link = made;
        long jitter = ThreadLocalRandom.current()
                .nextLong(Math.min(1_000, settings.interval().toMillis()));
        made.poll = loop.after(Duration.ofMillis(jitter), () -> poll(made));
        subject.begun(made);
    }

    /** Other settings from now on, by another link. */
    public synchronized void change(S other) {
        CompletableFuture<Void> ended = end();
        settings = other;
        failures = 0;
        ended.whenComplete((done, failure) -> start());
    }

    /** Ends it for good. @return done when the device was told, or did not answer to it */
    public synchronized CompletableFuture<Void> stop() {
        stopped = true;
        return end();
    }

    private CompletableFuture<Void> end() {
        Link last = link;
        link = null;
        if (last != null) {
            left = CompletableFuture.allOf(last.end(), subject.leave(last)).handle((done, failure) -> {
                last.device().close();
                return null;
            });
        }
        return left;
    }

    /** Looks at it soon, because something was heard of it; at most every few seconds, whoever says it how often. */
    public synchronized void lookSoon() {
        Link on = link;
        if (on == null || on.soon) {
            return;
        }
        if (on.looking) {
            on.again = true;
        } else if (loop.nanos() - on.lookedNanos > HEARD_PAUSE.toNanos()) {
            on.soon = true;
            on.poll.cancel();
            on.poll = loop.after(HEARD, () -> poll(on));
        }
    }

    private void poll(Link on) {
        long began = loop.nanos();
        synchronized (this) {
            on.looking = true;
            on.soon = false;
            on.lookedNanos = began;
            on.looks++;
        }
        subject.look(on).whenComplete((found, failure) -> next(on, began));
    }

    private synchronized void next(Link on, long began) {
        on.looking = false;
        if (!on.ended()) {
            // one that does not answer is asked less often, up to four times
            int slower = Math.min(SLOWEST, 1 + failures / 3);
            Duration took = Duration.ofNanos(loop.nanos() - began);
            Duration pause = on.again
                    ? HEARD_PAUSE
                    : settings.interval().multipliedBy(slower).minus(took);
            on.again = false;
            on.poll = loop.after(pause.compareTo(LEAST) < 0 ? LEAST : pause, () -> poll(on));
        }
    }

    /** What a look has found. @return false when its link has ended, so that it does not count */
    public synchronized boolean seen(Link on, boolean reachable) {
        if (on.ended()) {
            return false;
        }
        polls++;
        on.reached(reachable);
        failures = reachable ? 0 : failures + 1;
        if (reachable) {
            lastSeen = clock.instant();
        }
        return true;
    }

    /** SHA-256 of the certificate that it must show; empty to trust the first one. */
    public String fingerprint() {
        String configured = settings.watch().fingerprint();
        return configured.isEmpty() ? memory.certificate(settings.id()).orElse("") : configured;
    }

    /** As the inventory tells of it. */
    public Device describe(
            DeviceType type, @Nullable DeviceInformation information, List<String> profiles, String status) {
        Endpoint endpoint = settings.endpoint();
        return new Device(
                settings.id(),
                type,
                null,
                cut(settings.label()),
                information == null ? null : cut(information.manufacturer()),
                information == null ? null : cut(information.model()),
                information == null ? null : cut(information.firmware()),
                information == null ? null : cut(information.serial()),
                endpoint == null ? null : endpoint.authority(),
                profiles.stream().map(Watch::cut).limit(64).toList(),
                polls == 0 ? "unknown" : status);
    }

    private static String cut(String text) {
        return text.length() > 128 ? text.substring(0, 128) : text;
    }

    /** Its settings now. */
    public S settings() {
        return settings;
    }

    /** How it is reached; null while it is not used. */
    public @Nullable Link link() {
        return link;
    }

    /** The device; null while it is not used. */
    public @Nullable OnvifDevice device() {
        Link now = link;
        return now == null ? null : now.device();
    }

    /** When it answered last; null when it never did. */
    public @Nullable Instant lastSeen() {
        return lastSeen;
    }

    /** Looks in a row that found nobody. */
    public int failures() {
        return failures;
    }

    /** Looks that were finished. */
    public long polls() {
        return polls;
    }
}
