package solutions.itms.scs.onvif;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a device is on the network.
 *
 * @param hostname null when it does not say
 * @param macAddresses of its interfaces
 * @param addresses IPv4 addresses with their prefix, such as 192.168.1.64/24
 * @param gateways default gateways
 * @param dns name servers
 * @param ntp time servers
 * @param protocols such as HTTP 80, those that are on
 */
public record NetworkFacts(
        @Nullable String hostname,
        List<String> macAddresses,
        List<String> addresses,
        List<String> gateways,
        List<String> dns,
        List<String> ntp,
        List<String> protocols) {}
