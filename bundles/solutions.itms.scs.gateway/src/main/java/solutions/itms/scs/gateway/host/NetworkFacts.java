package solutions.itms.scs.gateway.host;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Interfaces, addresses, routes and name servers. Thread-safe. */
final class NetworkFacts {
    private static final int MAX_INTERFACES = 64;
    private static final int MAX_ADDRESSES = 16;
    private static final String UNSPECIFIED = "00000000";

    private final SystemFiles files;

    NetworkFacts(SystemFiles files) {
        this.files = files;
    }

    Map<String, @Nullable Object> ipConfig() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(
                "hostname",
                files.text("/proc/sys/kernel/hostname").map(String::strip).orElse(null));
        values.put("interfaces", interfaces());
        values.put("defaultRoutes", defaultRoutes());
        return values;
    }

    Map<String, @Nullable Object> dnsConfig() {
        List<String> servers = new ArrayList<>();
        List<String> search = new ArrayList<>();
        List<String> options = new ArrayList<>();
        String source = "/etc/resolv.conf";
        read(source, servers, search, options);
        // systemd's stub hides the servers that it asks itself
        if (servers.equals(List.of("127.0.0.53"))
                && !files.lines("/run/systemd/resolve/resolv.conf").isEmpty()) {
            servers.clear();
            search.clear();
            options.clear();
            source = "/run/systemd/resolve/resolv.conf";
            read(source, servers, search, options);
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("servers", servers);
        values.put("search", search);
        values.put("options", options);
        values.put("source", source);
        return values;
    }

    /** The routes to everywhere, IPv4 before IPv6. */
    List<Map<String, @Nullable Object>> defaultRoutes() {
        List<Map<String, @Nullable Object>> routes = new ArrayList<>();
        for (String line : files.lines("/proc/net/route")) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length > 7 && fields[1].equals(UNSPECIFIED) && fields[7].equals(UNSPECIFIED)) {
                routes.add(route(fields[0], littleEndian(fields[2]), fields[6], 10));
            }
        }
        for (String line : files.lines("/proc/net/ipv6_route")) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length > 9
                    && fields[0].equals("0".repeat(32))
                    && fields[1].equals("00")
                    && !fields[4].equals("0".repeat(32))) {
                routes.add(route(fields[9], address(fields[4]), fields[5], 16));
            }
        }
        return routes;
    }

    private List<Map<String, @Nullable Object>> interfaces() {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (all.size() < MAX_INTERFACES) {
                    all.add(describe(each));
                }
            }
        } catch (SocketException e) {
            // there is none that can be told of
        }
        return all;
    }

    private Map<String, @Nullable Object> describe(NetworkInterface each) throws SocketException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        byte[] mac = each.getHardwareAddress();
        values.put("name", each.getName());
        values.put("up", each.isUp());
        values.put("mac", mac == null ? null : HexFormat.ofDelimiter(":").formatHex(mac));
        values.put("mtu", (long) each.getMTU());
        values.put(
                "addresses",
                each.getInterfaceAddresses().stream()
                        .limit(MAX_ADDRESSES)
                        .map(NetworkFacts::text)
                        .toList());
        long speed = files.number("/sys/class/net/" + each.getName() + "/speed").orElse(-1L);
        values.put("speedMbit", speed > 0 ? speed : null);
        return values;
    }

    private void read(String path, List<String> servers, List<String> search, List<String> options) {
        for (String line : files.lines(path)) {
            String[] words = line.strip().split("\\s+");
            List<String> rest = List.of(words).subList(1, words.length);
            switch (words[0]) {
                case "nameserver" -> servers.addAll(rest.subList(0, Math.min(1, rest.size())));
                case "search", "domain" -> {
                    search.clear();
                    search.addAll(rest);
                }
                case "options" -> options.addAll(rest);
                default -> {}
            }
        }
    }

    private static String text(InterfaceAddress address) {
        String literal = address.getAddress().getHostAddress();
        int zone = literal.indexOf('%');
        return (zone < 0 ? literal : literal.substring(0, zone)) + "/" + address.getNetworkPrefixLength();
    }

    private static Map<String, @Nullable Object> route(
            String name, @Nullable String gateway, String metric, int radix) {
        Map<String, @Nullable Object> route = new LinkedHashMap<>();
        route.put("interface", name);
        route.put("gateway", gateway);
        route.put("metric", Long.parseLong(metric, radix));
        return route;
    }

    private static @Nullable String littleEndian(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        byte[] turned = {bytes[3], bytes[2], bytes[1], bytes[0]};
        return literal(turned);
    }

    private static @Nullable String address(String hex) {
        return literal(HexFormat.of().parseHex(hex));
    }

    private static @Nullable String literal(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
