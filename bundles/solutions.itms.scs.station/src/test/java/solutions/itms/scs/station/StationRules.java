package solutions.itms.scs.station;

import org.jspecify.annotations.Nullable;
import solutions.itms.scs.station.config.DeviceRules;

/** The station's own rules, for the tests of its packages. */
public final class StationRules implements DeviceRules {
    @Override
    public @Nullable String canonicalIp(String text) {
        return IpLiteral.canonical(text);
    }

    @Override
    public boolean isDeviceId(String text) {
        return DeviceId.isValid(text);
    }
}
