package solutions.itms.scs.station;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.GateBeats;
import solutions.itms.scs.message.GateState;

/**
 * Tells the cloud of the gates: each change at once, all of them when the connection comes up, and from time to time
 * when the unchanged ones were last heard. Thread-safe.
 */
final class CloudReporter implements GateListener {
    /** Gates in one summary; more make several. */
    private static final int MAX_PER_SUMMARY = 1_000;

    private final Telemetry telemetry;
    private final Clock clock;
    private final Map<String, Instant> reported = new ConcurrentHashMap<>();

    CloudReporter(Telemetry telemetry, Clock clock) {
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @Override
    public void changed(Collection<Gate> gates) {
        for (Gate gate : gates) {
            GateState state = state(gate);
            reported.put(gate.id(), gate.receivedAt());
            telemetry.send(state.subject(), state.toPayload(clock.instant()), Priority.STATE);
        }
    }

    /** Tells of the planned gates that were never heard. */
    void neverHeard(Collection<PlannedDevice> devices) {
        for (PlannedDevice device : devices) {
            GateState state = new GateState(
                    device.id(),
                    Status.OFFLINE.text(),
                    null,
                    null,
                    null,
                    device.ip(),
                    device.gateId(),
                    device.side(),
                    device.type(),
                    null);
            telemetry.send(state.subject(), state.toPayload(clock.instant()), Priority.STATE);
        }
    }

    /** Sends when gates were last heard, for those of which the cloud has an older time. */
    void summarise(List<Gate> gates) {
        Map<String, GateBeats.Beat> news = new LinkedHashMap<>();
        for (Gate gate : gates) {
            if (gate.receivedAt().equals(reported.put(gate.id(), gate.receivedAt()))) {
                continue;
            }
            news.put(gate.id(), new GateBeats.Beat(gate.receivedAt(), gate.lastHeartbeat()));
            if (news.size() == MAX_PER_SUMMARY) {
                send(news);
                news.clear();
            }
        }
        if (!news.isEmpty()) {
            send(news);
        }
        forgetOthers(gates);
    }

    private void send(Map<String, GateBeats.Beat> news) {
        telemetry.send(GateBeats.SUBJECT, new GateBeats(news).toPayload(clock.instant()), Priority.METRICS);
    }

    private void forgetOthers(List<Gate> gates) {
        if (reported.size() > gates.size()) {
            reported.keySet().retainAll(Set.copyOf(gates.stream().map(Gate::id).toList()));
        }
    }

    private static GateState state(Gate gate) {
        return new GateState(
                gate.id(),
                gate.status().text(),
                gate.reported().text(),
                gate.lastHeartbeat(),
                gate.receivedAt(),
                gate.ip(),
                gate.gateId(),
                gate.side(),
                gate.type(),
                gate.message());
    }
}
