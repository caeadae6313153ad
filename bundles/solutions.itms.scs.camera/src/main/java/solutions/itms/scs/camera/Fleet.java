package solutions.itms.scs.camera;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.message.inventory.Inventory;
import solutions.itms.scs.onvif.http.NetworkLoop;

/** All cameras of this gateway; tells the inventory when it changes, and on every connection to the cloud. Thread-safe. */
final class Fleet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Duration.ofSeconds(4);

    private final Site site;
    private final Map<String, Camera> cameras = new ConcurrentHashMap<>();
    private final AutoCloseable connected;

    /** Of the announcement; nobody else is called under it, for who tells of a change has a lock of his own. */
    private final Object telling = new Object();

    private NetworkLoop.Timer announcement = () -> {};
    private boolean announcing;
    private long revision;

    Fleet(Site site) {
        this.site = site;
        revision = site.clock().millis();
        connected = site.telemetry().onConnected(this::announceSoon);
    }

    Site site() {
        return site;
    }

    /** Adds a camera, or gives it other settings. @return false when another one has its id, or there are too many */
    synchronized boolean put(CameraSettings settings) {
        settings.problems().forEach(text -> LOG.warn("Configuration of camera {}: {}", settings.id(), text));
        if (settings.id().isEmpty()) {
            return false;
        }
        Camera known = cameras.get(settings.id());
        if (known != null) {
            known.change(settings);
        } else if (cameras.size() >= Inventory.MAX_DEVICES) {
            LOG.error("There are {} cameras already; {} is not used", Inventory.MAX_DEVICES, settings.id());
            return false;
        } else {
            Camera camera = new Camera(settings, site, this::announceSoon);
            cameras.put(settings.id(), camera);
            camera.start();
        }
        announceSoon();
        return true;
    }

    /** Ends a camera. @return done when it was told */
    CompletableFuture<Void> remove(String id) {
        Camera camera = cameras.remove(id);
        announceSoon();
        return camera == null ? CompletableFuture.completedFuture(null) : camera.stop();
    }

    Optional<Camera> find(String id) {
        return Optional.ofNullable(cameras.get(id));
    }

    List<Camera> all() {
        return cameras.values().stream()
                .sorted(java.util.Comparator.comparing(Camera::id))
                .toList();
    }

    private void announceSoon() {
        synchronized (telling) {
            if (!announcing) {
                announcing = true;
                announcement = site.loop().after(SETTLE, this::announce);
            }
        }
    }

    private void announce() {
        long next;
        synchronized (telling) {
            announcing = false;
            revision = Math.max(revision + 1, site.clock().millis());
            next = revision;
        }
        Inventory inventory = new Inventory(
                "camera", next, all().stream().map(Camera::describe).toList());
        site.telemetry()
                .send(Inventory.SUBJECT, inventory.toPayload(site.clock().instant()), Priority.INVENTORY);
    }

    /** Ends all cameras; each was told, or did not answer in time. */
    @Override
    public void close() {
        synchronized (telling) {
            announcement.cancel();
            announcing = true;
        }
        try {
            connected.close();
            CompletableFuture.allOf(all().stream().map(Camera::stop).toArray(CompletableFuture<?>[]::new))
                    .get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("A camera was not told that it is not used any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.warn("Ending a camera", e);
        } catch (Exception e) {
            LOG.warn("Ending the cameras", e);
        }
        cameras.clear();
    }
}
