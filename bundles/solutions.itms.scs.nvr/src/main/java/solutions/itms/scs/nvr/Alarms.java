package solutions.itms.scs.nvr;

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

/** The alarms of one recorder, told when they begin and when they end. Outlive a change of its settings. Thread-safe. */
final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    private final String recorder;
    private final Telemetry telemetry;
    private final Clock clock;
    private final Map<String, Raised> active = new LinkedHashMap<>();

    private record Raised(String text, Instant since, long count) {}

    Alarms(String recorder, Telemetry telemetry, Clock clock) {
        this.recorder = recorder;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /** Something is wrong, or is not any more. */
    synchronized void set(String kind, boolean wrong, String text) {
        Raised before = active.get(kind);
        if (wrong) {
            Raised now = new Raised(
                    text, before == null ? clock.instant() : before.since(), before == null ? 1 : before.count() + 1);
            active.put(kind, now);
            if (before == null) {
                LOG.warn("Recorder {}: {}", recorder, text);
                send(kind, now, "raised");
            }
        } else if (before != null) {
            active.remove(kind);
            LOG.info("Recorder {}: {} is over", recorder, kind);
            send(kind, before, "cleared");
        }
    }

    /** The kinds that are active. */
    synchronized List<String> active() {
        return List.copyOf(active.keySet());
    }

    /** All are over, since the recorder is not used any more. */
    synchronized void clear() {
        for (String kind : active()) {
            set(kind, false, "");
        }
    }

    private void send(String kind, Raised alarm, String state) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("id", kind + ":" + recorder);
        metrics.put("kind", kind);
        metrics.put("device", recorder);
        metrics.put("state", state);
        metrics.put("text", alarm.text());
        metrics.put("since", alarm.since().toEpochMilli());
        metrics.put("count", alarm.count());
        telemetry.send("event/alarm", Payload.of(clock.instant(), metrics), Priority.EVENT);
    }
}
