package solutions.itms.scs.onvif;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.onvif.http.Datagrams;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.xml.MalformedXmlException;
import solutions.itms.scs.onvif.xml.XmlNode;
import solutions.itms.scs.onvif.xml.XmlReader;

/**
 * WS-Discovery: asks on every interface, and in networks behind a router each address of a range; hears who comes and goes.
 * Thread-safe.
 */
public final class Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final String GROUP = "239.255.255.250";
    private static final int PORT = 3702;
    private static final int REPEATS = 3;
    private static final int PACE = 64;
    private static final int MAX_FOUND = 2_000;
    private static final int MAX_DATAGRAM = 32 * 1024;
    /** Some devices answer one of them alone. */
    private static final List<String> TYPES = List.of("dn:NetworkVideoTransmitter", "tds:Device", "");

    private final NetworkLoop loop;
    private final int port;

    public Discovery(NetworkLoop loop) {
        this(loop, PORT);
    }

    /** @param port of devices that are asked directly; multicasts go there, too */
    public Discovery(NetworkLoop loop, int port) {
        this.loop = loop;
        this.port = port;
    }

    /**
     * Searches.
     *
     * @param hosts literal addresses to ask directly, beside the multicast
     * @param multicast whether to ask on every interface
     * @param time how long answers are taken; devices wait up to four seconds
     * @return each device once, with all its addresses
     */
    public CompletableFuture<List<FoundDevice>> search(List<InetAddress> hosts, boolean multicast, Duration time) {
        Map<String, FoundDevice> found = new LinkedHashMap<>();
        List<Datagrams> sockets = new ArrayList<>();
        try {
            if (multicast) {
                for (NetworkInterface each : interfaces()) {
                    Datagrams socket = Datagrams.open(loop, new InetSocketAddress(ipv4(each), 0), take(found));
                    sockets.add(socket);
                    socket.leaveBy(each);
                    ask(List.of(socket), List.of(new InetSocketAddress(InetAddress.getByName(GROUP), port)), time);
                }
            }
            if (!hosts.isEmpty()) {
                Datagrams socket = Datagrams.open(loop, new InetSocketAddress(0), take(found));
                sockets.add(socket);
                ask(
                        List.of(socket),
                        hosts.stream()
                                .map(host -> new InetSocketAddress(host, port))
                                .toList(),
                        time);
            }
        } catch (IOException e) {
            sockets.forEach(Datagrams::close);
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<List<FoundDevice>> result = new CompletableFuture<>();
        loop.after(time, () -> {
            sockets.forEach(Datagrams::close);
            synchronized (found) {
                result.complete(List.copyOf(found.values()));
            }
        });
        return result;
    }

    /** Tells who says hello; end it by closing. */
    public AutoCloseable listen(Consumer<FoundDevice> hello, Consumer<String> bye) throws IOException {
        Datagrams socket = Datagrams.open(loop, new InetSocketAddress(port), (from, bytes) -> {
            XmlNode message = read(bytes);
            if (message != null) {
                message.find("Hello").ifPresent(node -> hello.accept(device(node, from)));
                message.find("Bye")
                        .flatMap(node -> node.find("Address"))
                        .ifPresent(id -> bye.accept(Management.line(id.text())));
            }
        });
        for (NetworkInterface each : interfaces()) {
            try {
                socket.join(InetAddress.getByName(GROUP), each);
            } catch (IOException e) {
                LOG.debug("No multicast on {}", each.getName());
            }
        }
        return socket;
    }

    /** The same message several times: datagrams get lost. Many hosts are asked a few at a time. */
    private void ask(List<Datagrams> sockets, List<InetSocketAddress> to, Duration time) {
        List<byte[]> probes = TYPES.stream().map(Discovery::probe).toList();
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            Duration start = time.dividedBy(4).multipliedBy(repeat);
            for (int from = 0; from < to.size(); from += PACE) {
                List<InetSocketAddress> some = to.subList(from, Math.min(to.size(), from + PACE));
                loop.after(start.plusMillis(from / PACE * 10L), () -> send(sockets, some, probes));
            }
        }
    }

    private static void send(List<Datagrams> sockets, List<InetSocketAddress> to, List<byte[]> probes) {
        for (Datagrams socket : sockets) {
            for (InetSocketAddress each : to) {
                for (byte[] probe : probes) {
                    try {
                        socket.send(probe, each);
                    } catch (IOException e) {
                        LOG.debug("Not sent to {}: {}", each, e.getMessage());
                    }
                }
            }
        }
    }

    private static byte[] probe(String types) {
        String text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                + " xmlns:wsa=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
                + " xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\""
                + " xmlns:dn=\"http://www.onvif.org/ver10/network/wsdl\""
                + " xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\"><s:Header>"
                + "<wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</wsa:Action>"
                + "<wsa:MessageID>urn:uuid:" + UUID.randomUUID() + "</wsa:MessageID>"
                + "<wsa:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</wsa:To></s:Header><s:Body><d:Probe>"
                + (types.isEmpty() ? "<d:Types/>" : "<d:Types>" + types + "</d:Types>")
                + "</d:Probe></s:Body></s:Envelope>";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static java.util.function.BiConsumer<InetSocketAddress, byte[]> take(Map<String, FoundDevice> found) {
        return (from, bytes) -> {
            XmlNode message = read(bytes);
            if (message == null) {
                return;
            }
            message.walk()
                    .filter(node -> node.name().equals("ProbeMatch"))
                    .limit(64)
                    .forEach(match -> {
                        FoundDevice device = device(match, from);
                        synchronized (found) {
                            if (found.size() < MAX_FOUND || found.containsKey(device.id())) {
                                found.merge(device.id(), device, Discovery::merged);
                            }
                        }
                    });
        };
    }

    private static @Nullable XmlNode read(byte[] bytes) {
        if (bytes.length > MAX_DATAGRAM) {
            return null;
        }
        try {
            return XmlReader.read(bytes);
        } catch (MalformedXmlException e) {
            return null;
        }
    }

    private static FoundDevice device(XmlNode match, InetSocketAddress from) {
        String host = from.getAddress().getHostAddress();
        List<String> addresses = words(match.text("XAddrs").orElse(""));
        String id = match.at("EndpointReference", "Address")
                .or(() -> match.find("Address"))
                .map(node -> Management.line(node.text()))
                .filter(text -> !text.isEmpty())
                .orElse(host);
        return new FoundDevice(
                id,
                addresses.isEmpty() ? List.of("http://" + host) : addresses,
                host,
                words(match.text("Scopes").orElse("")));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(Addresses::redacted)
                .map(Management::line)
                .limit(64)
                .toList();
    }

    private static FoundDevice merged(FoundDevice a, FoundDevice b) {
        Set<String> addresses = new LinkedHashSet<>(a.addresses());
        addresses.addAll(b.addresses());
        Set<String> scopes = new LinkedHashSet<>(a.scopes());
        scopes.addAll(b.scopes());
        return new FoundDevice(
                a.id(),
                addresses.stream().limit(16).toList(),
                a.from(),
                scopes.stream().limit(64).toList());
    }

    private static List<NetworkInterface> interfaces() throws IOException {
        List<NetworkInterface> all = new ArrayList<>();
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            if (each.isUp() && each.supportsMulticast() && !each.isPointToPoint() && ipv4(each) != null) {
                all.add(each);
            }
        }
        return all;
    }

    private static @Nullable InetAddress ipv4(NetworkInterface of) {
        return of.inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .orElse(null);
    }

    /**
     * The addresses of a range such as 192.168.1.0/24 or 192.168.1.10-192.168.1.40.
     *
     * @throws IllegalArgumentException when it is none, or has more than 4,096
     */
    public static List<InetAddress> range(String text) {
        String[] ends = text.strip().split("-");
        long first;
        long last;
        if (ends.length == 2) {
            first = number(ends[0].strip());
            last = number(ends[1].strip());
        } else {
            String[] parts = text.strip().split("/");
            int prefix = parts.length == 2 && parts[1].matches("\\d{1,2}") ? Integer.parseInt(parts[1]) : 32;
            if (prefix > 32 || prefix < 20) {
                throw new IllegalArgumentException("a range has a prefix of /20 to /32: " + text);
            }
            long size = 1L << (32 - prefix);
            first = number(parts[0]) / size * size;
            last = first + size - 1;
            if (size > 2) {
                first++; // neither the network nor its broadcast
                last--;
            }
        }
        if (last < first || last - first >= 4_096) {
            throw new IllegalArgumentException("a range has 1 to 4,096 addresses: " + text);
        }
        List<InetAddress> all = new ArrayList<>();
        for (long each = first; each <= last; each++) {
            all.add(address(each));
        }
        return all;
    }

    private static long number(String literal) {
        if (!literal.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            throw new IllegalArgumentException("no IPv4 address: " + literal);
        }
        long value = 0;
        for (String part : literal.split("\\.")) {
            int octet = Integer.parseInt(part);
            if (octet > 255) {
                throw new IllegalArgumentException("no IPv4 address: " + literal);
            }
            value = value << 8 | octet;
        }
        return value;
    }

    private static InetAddress address(long value) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
