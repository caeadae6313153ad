package solutions.itms.scs.onvif.watch;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.inventory.Inventory;
import solutions.itms.scs.onvif.http.NetworkLoop;

/**
 * All devices of one kind; tells the inventory when it changes, and on every connection to the cloud. Thread-safe.
 *
 * @param <S> settings of one device
 * @param <D> the device
 */
public final class Fleet<S extends WatchedSettings, D extends Watched<S>> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Duration.ofSeconds(4);

    private final Kind kind;
    private final NetworkLoop loop;
    private final Telemetry telemetry;
    private final Clock clock;
    private final BiFunction<S, Runnable, D> making;
    private final Map<String, D> devices = new ConcurrentHashMap<>();
    private final AutoCloseable connected;

    /** Of the announcement; nobody else is called under it, for who tells of a change has a lock of his own. */
    private final Object telling = new Object();

    private NetworkLoop.Timer announcement = () -> {};
    private boolean announcing;
    private long revision;

    /**
     * What the devices are.
     *
     * @param inventory their part of the inventory, such as {@code nvr}
     * @param word for people, such as {@code recorder}
     */
    public record Kind(String inventory, String word) {}

    /** @param making makes a device of its settings and of whom to tell that the inventory has changed */
    public Fleet(Kind kind, NetworkLoop loop, Telemetry telemetry, Clock clock, BiFunction<S, Runnable, D> making) {
        this.kind = kind;
        this.loop = loop;
        this.telemetry = telemetry;
        this.clock = clock;
        this.making = making;
        revision = clock.millis();
        connected = telemetry.onConnected(this::announceSoon);
    }

    /** Adds a device, or gives it other settings. @return false when its id can't be used, or there are too many */
    public synchronized boolean put(S settings) {
        settings.problems().forEach(text -> LOG.warn("Configuration of {} {}: {}", kind.word(), settings.id(), text));
        if (settings.id().isEmpty()) {
            return false;
        }
        D known = devices.get(settings.id());
        if (known != null) {
            known.change(settings);
        } else if (devices.size() >= Inventory.MAX_DEVICES) {
            LOG.error("There are {} {}s already; {} is not used", Inventory.MAX_DEVICES, kind.word(), settings.id());
            return false;
        } else {
            D device = making.apply(settings, this::announceSoon);
            devices.put(settings.id(), device);
            device.start();
        }
        announceSoon();
        return true;
    }

    /** Ends a device. @return done when it was told */
    public CompletableFuture<Void> remove(String id) {
        D device = devices.remove(id);
        announceSoon();
        return device == null ? CompletableFuture.completedFuture(null) : device.stop();
    }

    /** The device of an id. */
    public Optional<D> find(String id) {
        return Optional.ofNullable(devices.get(id));
    }

    /** All devices, by id. */
    public List<D> all() {
        return devices.values().stream().sorted(Comparator.comparing(D::id)).toList();
    }

    /** What its devices are called, for people. */
    String word() {
        return kind.word();
    }

    private void announceSoon() {
        synchronized (telling) {
            if (!announcing) {
                announcing = true;
                announcement = loop.after(SETTLE, this::announce);
            }
        }
    }

    private void announce() {
        long next;
        synchronized (telling) {
            announcing = false;
            revision = Math.max(revision + 1, clock.millis());
            next = revision;
        }
        Inventory inventory = new Inventory(
                kind.inventory(), next, all().stream().map(D::describe).toList());
        telemetry.send(Inventory.SUBJECT, inventory.toPayload(clock.instant()), Priority.INVENTORY);
    }

    /** Ends all devices; each was told, or did not answer in time. */
    @Override
    public void close() {
        synchronized (telling) {
            announcement.cancel();
            announcing = true;
        }
        try {
            connected.close();
            CompletableFuture.allOf(all().stream().map(D::stop).toArray(CompletableFuture<?>[]::new))
                    .get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("A {} was not told that it is not used any more", kind.word());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.warn("Ending a {}", kind.word(), e);
        } catch (Exception e) {
            LOG.warn("Ending the {}s", kind.word(), e);
        }
        devices.clear();
    }
}
