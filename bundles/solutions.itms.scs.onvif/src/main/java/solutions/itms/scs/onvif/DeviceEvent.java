package solutions.itms.scs.onvif;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as a device told it.
 *
 * @param at the device's time, corrected by what its clock is off; null when it did not say
 * @param topic without prefixes, such as VideoSource/MotionAlarm
 * @param operation Initialized (a state, no change), Changed, Deleted, or empty
 * @param source what it is about, by name
 * @param data what it says, by name
 */
public record DeviceEvent(
        @Nullable Instant at, String topic, String operation, Map<String, String> source, Map<String, String> data) {
    public DeviceEvent {
        source = Map.copyOf(source);
        data = Map.copyOf(data);
    }

    /** A value of its data, or else of its source, whatever the case of its name; null when there is none. */
    public @Nullable String value(String name) {
        String value = value(data, name);
        return value == null ? value(source, name) : value;
    }

    private static @Nullable String value(Map<String, String> items, String name) {
        return items.entrySet().stream()
                .filter(item -> item.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Whether it just tells how things stand. */
    public boolean isState() {
        return operation.equals("Initialized");
    }
}
