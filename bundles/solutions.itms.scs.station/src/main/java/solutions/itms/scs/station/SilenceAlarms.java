package solutions.itms.scs.station;

import java.util.Collection;

/** One alarm for each gate that has fallen silent, until it is back; a gate in maintenance may be silent. */
final class SilenceAlarms implements GateListener {
    private final Alarms alarms;

    SilenceAlarms(Alarms alarms) {
        this.alarms = alarms;
    }

    @Override
    public void changed(Collection<Gate> gates) {
        for (Gate gate : gates) {
            if (gate.status() != Status.OFFLINE) {
                alarms.clear(AlarmKind.GATE_SILENT, gate.id());
            } else if (gate.reported() != Status.MAINTENANCE) {
                alarms.raise(
                        AlarmKind.GATE_SILENT,
                        gate.id(),
                        gate.id() + " has been silent since " + Timestamps.millis(gate.receivedAt()));
            }
        }
    }

    /** The station has been up for long enough to hear every gate. */
    void neverHeard(Collection<PlannedDevice> devices) {
        for (PlannedDevice device : devices) {
            alarms.raise(AlarmKind.GATE_SILENT, device.id(), device.id() + " is planned and was never heard");
        }
    }
}
