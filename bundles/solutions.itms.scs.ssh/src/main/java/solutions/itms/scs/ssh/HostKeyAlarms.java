package solutions.itms.scs.ssh;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import solutions.itms.scs.api.alarm.DeviceAlarms;
import solutions.itms.scs.api.telemetry.Telemetry;

/**
 * Alarms of gates that are not the ones they should be. Unlike a gate that does not answer, one with another key is told at
 * the first probe: somebody may sit in between. Thread-safe.
 */
final class HostKeyAlarms {
    private static final String KIND = "gate_host_key";

    private final Telemetry telemetry;
    private final Clock clock;
    private final Map<String, DeviceAlarms> gates = new ConcurrentHashMap<>();

    HostKeyAlarms(Telemetry telemetry, Clock clock) {
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /** Takes the result of each probe; one that did not come as far as the key says nothing of it. */
    void take(ProbeResult result) {
        boolean other = result.failed() == Level.HOST_KEY;
        if (other || result.millis().containsKey(Level.HOST_KEY)) {
            gates.computeIfAbsent(result.gateId(), id -> new DeviceAlarms("Gate", id, telemetry, clock))
                    .set(KIND, other, String.valueOf(result.reason()));
        }
    }
}
