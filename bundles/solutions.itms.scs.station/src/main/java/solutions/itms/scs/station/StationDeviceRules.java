package solutions.itms.scs.station;

import org.jspecify.annotations.Nullable;
import solutions.itms.scs.station.config.DeviceRules;

/** What the configuration takes as an id and an address is what the interface takes. */
public final class StationDeviceRules implements DeviceRules {
    @Override
    public @Nullable String canonicalIp(String text) {
        return IpLiteral.canonical(text);
    }

    @Override
    public boolean isDeviceId(String text) {
        return DeviceId.isValid(text);
    }
}
