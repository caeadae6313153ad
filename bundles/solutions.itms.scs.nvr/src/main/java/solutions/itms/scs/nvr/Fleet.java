package solutions.itms.scs.nvr;

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

/** All recorders of this gateway; tells the inventory when it changes, and on every connection to the cloud. Thread-safe. */
final class Fleet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Recorder.LAST_WORDS.plusMillis(500);

    private final Site site;
    private final Map<String, Recorder> recorders = new ConcurrentHashMap<>();
    private final AutoCloseable connected;
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

    /** Adds a recorder, or gives it other settings. @return false when another one has its id, or there are too many */
    synchronized boolean put(NvrSettings settings) {
        settings.problems().forEach(text -> LOG.warn("Configuration of recorder {}: {}", settings.id(), text));
        if (settings.id().isEmpty()) {
            return false;
        }
        Recorder known = recorders.get(settings.id());
        if (known != null) {
            known.change(settings);
        } else if (recorders.size() >= Inventory.MAX_DEVICES) {
            LOG.error("There are {} recorders already; {} is not used", Inventory.MAX_DEVICES, settings.id());
            return false;
        } else {
            Recorder recorder = new Recorder(settings, site, this::announceSoon);
            recorders.put(settings.id(), recorder);
            recorder.start();
        }
        announceSoon();
        return true;
    }

    /** Ends a recorder. @return done when it was told */
    CompletableFuture<Void> remove(String id) {
        Recorder recorder = recorders.remove(id);
        announceSoon();
        return recorder == null ? CompletableFuture.completedFuture(null) : recorder.stop();
    }

    Optional<Recorder> find(String id) {
        return Optional.ofNullable(recorders.get(id));
    }

    List<Recorder> all() {
        return recorders.values().stream()
                .sorted(java.util.Comparator.comparing(Recorder::id))
                .toList();
    }

    private synchronized void announceSoon() {
        if (!announcing) {
            announcing = true;
            announcement = site.loop().after(SETTLE, this::announce);
        }
    }

    private void announce() {
        Inventory inventory;
        synchronized (this) {
            announcing = false;
            revision = Math.max(revision + 1, site.clock().millis());
            inventory = new Inventory(
                    "nvr", revision, all().stream().map(Recorder::describe).toList());
        }
        site.telemetry()
                .send(Inventory.SUBJECT, inventory.toPayload(site.clock().instant()), Priority.INVENTORY);
    }

    /** Ends all recorders; each was told, or did not answer in time. */
    @Override
    public void close() {
        synchronized (this) {
            announcement.cancel();
            announcing = true;
        }
        try {
            connected.close();
            CompletableFuture.allOf(all().stream().map(Recorder::stop).toArray(CompletableFuture<?>[]::new))
                    .get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("A recorder was not told that it is not used any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.warn("Ending a recorder", e);
        } catch (Exception e) {
            LOG.warn("Ending the recorders", e);
        }
        recorders.clear();
    }
}
