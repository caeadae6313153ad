package solutions.itms.scs.command;

import java.time.Clock;
import java.util.Map;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;

/** Reports as numbered messages, over whichever cloud connection there is. */
final class TelemetryUplink implements Uplink {
    private final Telemetry telemetry;
    private final Clock clock;

    TelemetryUplink(Telemetry telemetry, Clock clock) {
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @Override
    public void send(String subject, byte[] body) {
        telemetry.send(subject, new Payload(clock.instant(), null, Map.of(), body), Priority.COMMAND);
    }

    @Override
    public void event(String name, Map<String, Object> metrics) {
        telemetry.send("event/" + name, Payload.of(clock.instant(), metrics), Priority.EVENT);
    }
}
