package solutions.itms.scs.camera;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.DeviceInformation;

/**
 * What the last look at a camera found. Immutable.
 *
 * @param reachable whether it answered at all
 * @param authenticated whether it let us in; null when that was not tried
 * @param latencyMillis of the first answer
 * @param clockAheadMillis null when its clock can't be read
 * @param stream whether its stream is there; null when that was not tried
 * @param information null as long as it was never read
 * @param reason why something is wrong; empty when nothing is
 */
record Health(
        boolean reachable,
        @Nullable Boolean authenticated,
        @Nullable Long latencyMillis,
        @Nullable Long clockAheadMillis,
        @Nullable Boolean stream,
        @Nullable DeviceInformation information,
        List<String> profiles,
        String authentication,
        String reason) {
    static final Health UNKNOWN = new Health(false, null, null, null, null, null, List.of(), "", "");

    /** Whether nothing is wrong. */
    boolean well() {
        return reachable && !Boolean.FALSE.equals(authenticated) && !Boolean.FALSE.equals(stream);
    }

    /** online, fault or offline. */
    String status() {
        return well() ? "online" : reachable ? "fault" : "offline";
    }

    Map<String, Object> metrics() {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("reachable", reachable);
        put(metrics, "authenticated", authenticated);
        put(metrics, "latency.ms", latencyMillis);
        put(metrics, "clock.ahead.ms", clockAheadMillis);
        put(metrics, "stream.ok", stream);
        put(metrics, "firmware", information == null ? null : information.firmware());
        put(metrics, "authentication", authentication.isEmpty() ? null : authentication);
        put(metrics, "reason", reason.isEmpty() ? null : reason);
        return metrics;
    }

    private static void put(Map<String, Object> metrics, String name, @Nullable Object value) {
        if (value != null) {
            metrics.put(name, value);
        }
    }
}
