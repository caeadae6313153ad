package solutions.itms.scs.station;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The time by NTP servers: the median of those that answer. */
final class NtpReference implements ReferenceTime {
    private final List<String> servers;
    private final SntpClient client;

    /** @param servers addresses or host names, with or without a port */
    NtpReference(List<String> servers, SntpClient client) {
        this.servers = servers;
        this.client = client;
    }

    @Override
    public Reading read() {
        List<Duration> offsets = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String server : servers) {
            try {
                offsets.add(client.offset(address(server)));
            } catch (IOException | RuntimeException e) {
                problems.add(server + ": " + e.getMessage());
            }
        }
        if (offsets.isEmpty()) {
            return Reading.unknown("no NTP server answers: " + String.join("; ", problems));
        }
        Collections.sort(offsets);
        Duration median = offsets.get((offsets.size() - 1) / 2);
        return new Reading(median, true, offsets.size() + " of " + servers.size() + " NTP servers");
    }

    private static InetSocketAddress address(String server) throws IOException {
        int colon = server.lastIndexOf(':');
        // an IPv6 address with a port has brackets; without them all its colons are its own
        boolean port = colon > 0 && (server.indexOf(':') == colon || server.charAt(colon - 1) == ']');
        String host = port ? server.substring(0, colon) : server;
        int number = port ? Integer.parseInt(server.substring(colon + 1)) : SntpClient.DEFAULT_PORT;
        return new InetSocketAddress(InetAddress.getByName(host), number);
    }
}
