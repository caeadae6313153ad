package solutions.itms.scs.ssh;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;

/**
 * Alarms of gates that are not the ones they should be. Unlike a gate that does not answer, one with another key is told at
 * the first probe: somebody may sit in between. Thread-safe.
 */
final class HostKeyAlarms {
    private static final Logger LOG = LoggerFactory.getLogger(HostKeyAlarms.class);
    private static final String KIND = "gate_host_key";

    private final Telemetry telemetry;
    private final Clock clock;
    private final Map<String, Raised> active = new HashMap<>();

    private record Raised(String text, Instant since) {}

    HostKeyAlarms(Telemetry telemetry, Clock clock) {
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /** Takes the result of each probe; one that did not come as far as the key says nothing of it. */
    synchronized void take(ProbeResult result) {
        String gate = result.gateId();
        Raised before = active.get(gate);
        if (result.failed() == Level.HOST_KEY && before == null) {
            Raised now = new Raised(String.valueOf(result.reason()), clock.instant());
            active.put(gate, now);
            LOG.warn("{}: {}; nobody logs in there until it is accepted", gate, now.text());
            send(gate, now, "raised");
        } else if (before != null && result.millis().containsKey(Level.HOST_KEY)) {
            active.remove(gate);
            LOG.info("{} has the host key that it should have", gate);
            send(gate, before, "cleared");
        }
    }

    private void send(String gate, Raised alarm, String state) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("id", KIND + ":" + gate);
        metrics.put("kind", KIND);
        metrics.put("device", gate);
        metrics.put("state", state);
        metrics.put("text", alarm.text());
        metrics.put("since", alarm.since().toEpochMilli());
        metrics.put("count", 1L);
        telemetry.send("event/alarm", Payload.of(clock.instant(), metrics), Priority.EVENT);
    }
}
