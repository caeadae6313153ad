package solutions.itms.scs.station.config;

import org.jspecify.annotations.Nullable;

/** What the station's interface takes as the id and as the address of a device; thread-safe. */
public interface DeviceRules {
    /** The canonical form of an IPv4 or IPv6 literal; null when the text is none. Never asks a name server. */
    @Nullable
    String canonicalIp(String text);

    /** Whether a device may have this id. */
    boolean isDeviceId(String text);
}
