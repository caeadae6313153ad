package solutions.itms.scs.station;

import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;

/** Puts the station's id on every message: the cloud sees many stations. */
record StationTelemetry(Telemetry telemetry, String stationId) implements Telemetry {
    /** @param stationId empty = there is none to tell */
    static Telemetry of(Telemetry telemetry, String stationId) {
        return stationId.isEmpty() ? telemetry : new StationTelemetry(telemetry, stationId);
    }

    @Override
    public void send(String subject, Payload payload, Priority priority) {
        telemetry.send(subject, payload.with("station", stationId), priority);
    }

    @Override
    public AutoCloseable onConnected(Runnable callback) {
        return telemetry.onConnected(callback);
    }
}
