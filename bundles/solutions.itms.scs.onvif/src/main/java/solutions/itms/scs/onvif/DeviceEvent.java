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

    /** Whether it just tells how things stand. */
    public boolean isState() {
        return operation.equals("Initialized");
    }
}
