package solutions.itms.scs.station;

import org.jspecify.annotations.Nullable;

/** A device and where it stands, as far as that is known. */
record Located(
        String id,
        @Nullable String gateId,
        @Nullable String side,
        @Nullable String type) {

    static Located of(Device device) {
        Gate gate = device.gate();
        PlannedDevice plan = device.planned();
        if (gate != null) {
            return new Located(device.id(), gate.gateId(), gate.side(), gate.type());
        }
        return plan == null
                ? new Located(device.id(), null, null, null)
                : new Located(device.id(), plan.gateId(), plan.side(), plan.type());
    }
}
