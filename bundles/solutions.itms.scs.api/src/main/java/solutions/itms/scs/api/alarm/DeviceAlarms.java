package solutions.itms.scs.api.alarm;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;

/** The alarms of one device, told when they begin and when they end, as event {@code alarm}. Thread-safe. */
public final class DeviceAlarms {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceAlarms.class);

    private final String what;
    private final String device;
    private final Telemetry telemetry;
    private final Clock clock;
    private final Map<String, Raised> active = new LinkedHashMap<>();

    private record Raised(String text, Instant since, long count) {}

    /**
     * @param what the device is, for the log, such as {@code Camera}
     * @param device its id
     */
    public DeviceAlarms(String what, String device, Telemetry telemetry, Clock clock) {
        this.what = what;
        this.device = device;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /**
     * Something is wrong, or is not any more; told when that is news.
     *
     * @param kind such as {@code camera_unreachable}
     * @param text in words for people; without a meaning when nothing is wrong
     */
    public synchronized void set(String kind, boolean wrong, String text) {
        Raised before = active.get(kind);
        if (wrong) {
            Raised now = new Raised(
                    text, before == null ? clock.instant() : before.since(), before == null ? 1 : before.count() + 1);
            active.put(kind, now);
            if (before == null) {
                LOG.warn("{} {}: {}", what, device, text);
                send(kind, now, "raised");
            }
        } else if (before != null) {
            active.remove(kind);
            LOG.info("{} {}: {} is over", what, device, kind);
            send(kind, before, "cleared");
        }
    }

    /** The kinds that are active. */
    public synchronized List<String> active() {
        return List.copyOf(active.keySet());
    }

    /** All are over, since the device is not used any more. */
    public synchronized void clear() {
        for (String kind : active()) {
            set(kind, false, "");
        }
    }

    private void send(String kind, Raised alarm, String state) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("id", kind + ":" + device);
        metrics.put("kind", kind);
        metrics.put("device", device);
        metrics.put("state", state);
        metrics.put("text", alarm.text());
        metrics.put("since", alarm.since().toEpochMilli());
        metrics.put("count", alarm.count());
        telemetry.send("event/alarm", Payload.of(clock.instant(), metrics), Priority.EVENT);
    }
}
