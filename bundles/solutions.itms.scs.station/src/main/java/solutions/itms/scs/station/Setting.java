package solutions.itms.scs.station;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a device is to do, and what shows that it knows: its own asking for it is all that the interface
 * offers.
 *
 * @param value what it is to do; null when that was never set
 * @param requestedAt when it was set, in whole milliseconds; differs from one setting of a device to its next
 * @param polledAt when the device itself asked last, whatever the answer was
 * @param deliveredAt when the device itself asked first and was answered with this value; null = not yet
 */
record Setting<T>(
        @Nullable T value,
        @Nullable Instant requestedAt,
        @Nullable Instant polledAt,
        @Nullable Instant deliveredAt) {

    static <T> Setting<T> unset() {
        return new Setting<>(null, null, null, null);
    }

    /** A new value, of which the device does not know yet. */
    Setting<T> to(T next, Instant now) {
        Instant at = now.equals(requestedAt) ? now.plusMillis(1) : now;
        return new Setting<>(next, at, polledAt, null);
    }

    /** The device has asked. */
    Setting<T> polled(Instant now) {
        return new Setting<>(value, requestedAt, now, deliveredAt == null && value != null ? now : deliveredAt);
    }

    /** This one, with what is known of the device's asking by the one that it follows. */
    Setting<T> following(Setting<T> before) {
        boolean same = Objects.equals(requestedAt, before.requestedAt);
        return new Setting<>(value, requestedAt, before.polledAt, same ? before.deliveredAt : null);
    }
}
