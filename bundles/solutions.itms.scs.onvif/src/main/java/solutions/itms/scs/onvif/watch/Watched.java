package solutions.itms.scs.onvif.watch;

import java.util.concurrent.CompletableFuture;
import solutions.itms.scs.message.inventory.Device;

/** One device of a {@link Fleet}. Thread-safe. */
public interface Watched<S extends WatchedSettings> {
    /** Names it everywhere. */
    String id();

    /** Begins, within the first second at most. */
    void start();

    /** Other settings from now on, with the same id; what is known of it stays. */
    void change(S settings);

    /** Ends it for good. @return done when it was told, or did not answer to it */
    CompletableFuture<Void> stop();

    /** As the inventory tells of it. */
    Device describe();
}
