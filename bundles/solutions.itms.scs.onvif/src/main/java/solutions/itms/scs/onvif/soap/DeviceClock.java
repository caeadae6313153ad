package solutions.itms.scs.onvif.soap;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a device's clock is off. Thread-safe. */
public final class DeviceClock {
    private final Clock clock;
    private @Nullable Duration ahead;
    private @Nullable Instant measured;

    /** @param clock ours */
    public DeviceClock(Clock clock) {
        this.clock = clock;
    }

    /** Takes what the device's clock showed just now. */
    public synchronized void observe(Instant deviceTime) {
        Instant now = clock.instant();
        ahead = Duration.between(now, deviceTime);
        measured = now;
    }

    /** How far it is ahead of ours, negative when behind; null as long as it was never read. */
    public synchronized @Nullable Duration ahead() {
        return ahead;
    }

    /** What the device's clock shows now, as far as is known. */
    public synchronized Instant now() {
        return ahead == null ? clock.instant() : clock.instant().plus(ahead);
    }

    /** Whether it was read within this time. */
    public synchronized boolean isFresh(Duration age) {
        return measured != null
                && Duration.between(measured, clock.instant()).abs().compareTo(age) < 0;
    }

    /** Our own time. */
    public Instant ours() {
        return clock.instant();
    }
}
