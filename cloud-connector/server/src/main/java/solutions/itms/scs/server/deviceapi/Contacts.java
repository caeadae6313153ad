package solutions.itms.scs.server.deviceapi;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** When gateways were last heard over HTTPS, where no connection tells that they are there. Thread-safe. */
public final class Contacts {
    /** A gateway that reports every minute may miss one report. */
    private static final Duration RECENT = Duration.ofSeconds(150);

    private final Map<String, Instant> last = new ConcurrentHashMap<>();
    private final Clock clock;

    public Contacts(Clock clock) {
        this.clock = clock;
    }

    /** A request of this gateway was accepted. */
    void heard(String gatewayId) {
        last.put(gatewayId, clock.instant());
    }

    /** When it was heard last; null when it never was since the start. */
    public @Nullable Instant last(String gatewayId) {
        return last.get(gatewayId);
    }

    /** Whether it counts as being there. */
    public boolean isRecent(String gatewayId) {
        Instant at = last.get(gatewayId);
        return at != null && clock.instant().isBefore(at.plus(RECENT));
    }
}
