package solutions.itms.scs.station;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.settings.Options;

/**
 * Where the server listens: where it is told to; else at the address by which gates reach the station, and at this
 * host's own; else, when that address is none of this host's, everywhere.
 *
 * @param addresses to listen on; empty = all
 * @param warning what somebody should know of that; null = nothing
 */
record Listening(List<String> addresses, @Nullable String warning) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_ADDRESSES = 4;

    /** What was configured; empty when it is for us to find out. */
    static List<String> configured(Options options) {
        List<String> addresses = new ArrayList<>(1);
        for (String entry : options.text("bind.address", "").split("[,\\s]+", -1)) {
            String address = entry.isEmpty() ? "" : IpLiteral.canonical(entry);
            if (address == null) {
                options.problem("bind.address '" + entry + "' is no IPv4 or IPv6 address; it is left out");
            } else if (!address.isEmpty() && !addresses.contains(address) && addresses.size() < MAX_ADDRESSES) {
                addresses.add(address);
            }
        }
        return List.copyOf(addresses);
    }

    /**
     * Where to listen now.
     *
     * @param configured as {@link #configured} has read it
     * @param stationIp address or host name by which gates reach the station; names are not looked up
     * @param ours recognises the addresses of this host
     */
    static Listening at(List<String> configured, String stationIp, Predicate<InetAddress> ours) {
        if (!configured.isEmpty()) {
            return new Listening(configured, null);
        }
        String address = IpLiteral.canonical(stationIp);
        if (address == null) {
            return everywhere("stationIp " + stationIp + " is a host name, and names are not looked up");
        }
        if (address.equals(LOOPBACK) || address.equals("::1")) {
            return everywhere("stationIp " + stationIp + " can't be reached by gates");
        }
        return isOurs(address, ours)
                ? new Listening(List.of(address, LOOPBACK), null)
                : everywhere("stationIp " + stationIp + " is no address of this gateway");
    }

    private static Listening everywhere(String why) {
        return new Listening(
                List.of(), why + "; listening on all addresses. Property bind.address says where to listen instead");
    }

    private static boolean isOurs(String literal, Predicate<InetAddress> ours) {
        try {
            return ours.test(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a literal needs no look-up", e);
        }
    }
}
