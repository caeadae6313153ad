package solutions.itms.scs.onvif.watch;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.soap.Credentials;

/** Settings of one kind of device: what all kinds have, and more. Immutable. */
public interface WatchedSettings {
    /** What every device is configured with. */
    WatchSettings watch();

    /** What could not be used, in words. */
    List<String> problems();

    /** Its id; empty when that can't be used. */
    default String id() {
        return watch().id();
    }

    /** Where its device service listens; null when its address can't be used. */
    default @Nullable Endpoint endpoint() {
        return watch().endpoint();
    }

    /** Who we are to it. */
    default Credentials credentials() {
        return watch().credentials();
    }

    /** From one look at it to the next. */
    default Duration interval() {
        return watch().interval();
    }

    /** Whether the device can be used. */
    default boolean usable() {
        return watch().enabled() && endpoint() != null && !id().isEmpty();
    }

    /** What people call it. */
    default String label() {
        return watch().name().isEmpty() ? id() : watch().name();
    }
}
