package solutions.itms.scs.onvif.watch;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The place in a {@link Fleet} of one configuration, whose id may change. Thread-safe. */
public final class Member<S extends WatchedSettings, D extends Watched<S>> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Member.class);
    private static final long PATIENCE_MILLIS = 4_000;

    private final Fleet<S, D> fleet;
    private volatile String id = "";

    /** Has no device until it is configured. */
    public Member(Fleet<S, D> fleet) {
        this.fleet = fleet;
    }

    /** Makes its device, or changes it; another id ends the one it had. An id that is taken is not used. */
    public synchronized void configure(S settings) {
        if (!settings.id().equals(id)) {
            close();
            if (fleet.find(settings.id()).isPresent()) {
                LOG.error("There is another {} {}; this one is not used", fleet.word(), settings.id());
                return;
            }
        }
        id = fleet.put(settings) ? settings.id() : "";
    }

    /** Its device; empty while there is none. */
    public Optional<D> device() {
        return fleet.find(id);
    }

    /** Waits until the device was told, so that nothing of ours is left there. */
    @Override
    public synchronized void close() {
        if (id.isEmpty()) {
            return;
        }
        CompletableFuture<Void> ended = fleet.remove(id);
        id = "";
        try {
            ended.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("The {} was not told that it is not used any more", fleet.word());
        } catch (ExecutionException e) {
            LOG.warn("Ending a {}", fleet.word(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
