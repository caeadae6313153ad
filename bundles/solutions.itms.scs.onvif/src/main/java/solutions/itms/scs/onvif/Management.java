package solutions.itms.scs.onvif;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import solutions.itms.scs.onvif.soap.DeviceTimes;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.soap.Service;
import solutions.itms.scs.onvif.soap.SoapCall;
import solutions.itms.scs.onvif.xml.XmlNode;

/** Device management. Thread-safe. */
public final class Management {
    private static final int MAX_ITEMS = 256;
    private static final int MAX_PAGE = 256 * 1024;

    private final OnvifDevice device;

    Management(OnvifDevice device) {
        this.device = device;
    }

    private SoapCall read(String operation) {
        return device.read(Service.DEVICE, operation);
    }

    /**
     * What the device has under a path of its maker's own, asked for with the same user.
     *
     * @param path with a query, such as /ISAPI/ContentMgmt/Storage
     * @return at most 256 KiB
     */
    public CompletableFuture<byte[]> page(String path) {
        return device.queued(() -> device.soap()
                .get(device.endpoint(), path, device.limit(), MAX_PAGE)
                .thenCompose(answer -> switch (answer.status()) {
                    case 200 -> CompletableFuture.completedFuture(answer.body());
                    case 401, 403 ->
                        CompletableFuture.failedFuture(new OnvifException(
                                OnvifException.Kind.NOT_AUTHORIZED, "the device does not let this user have " + path));
                    default ->
                        CompletableFuture.failedFuture(new OnvifException(
                                OnvifException.Kind.UNSUPPORTED,
                                "the device answers " + path + " with HTTP " + answer.status()));
                }));
    }

    /** What it is; empty fields where it says nothing. */
    public CompletableFuture<DeviceInformation> information() {
        return device.call(read("GetDeviceInformation").withContent())
                .thenApply(node -> new DeviceInformation(
                        text(node, "Manufacturer"),
                        text(node, "Model"),
                        text(node, "FirmwareVersion"),
                        text(node, "SerialNumber"),
                        node.text("HardwareId")
                                .or(() -> node.text("HardwareID"))
                                .map(Management::line)
                                .orElse("")));
    }

    private static String text(XmlNode node, String name) {
        return node.text(name).map(Management::line).orElse("");
    }

    /** Short and in one line, whatever was sent. */
    static String line(String text) {
        String line = text.replaceAll("[\\p{Cntrl}]+", " ").strip();
        return line.length() > MAX_ITEMS ? line.substring(0, MAX_ITEMS) : line;
    }

    /** Its scopes, such as onvif://www.onvif.org/name/Gate. */
    public CompletableFuture<List<String>> scopes() {
        return device.call(read("GetScopes"))
                .thenApply(node -> node.all("Scopes").stream()
                        .flatMap(scope -> scope.text("ScopeItem").stream())
                        .map(Management::line)
                        .limit(MAX_ITEMS)
                        .toList());
    }

    /** Its clock, read without a user if it lets us. */
    public CompletableFuture<DeviceTime> time() {
        return device.queued(() -> device.soap()
                .readClock(device.endpoint(), device.target(Service.DEVICE).path())
                .thenCompose(ignored -> device.soap().call(read("GetSystemDateAndTime")))
                .thenApply(node -> {
                    Optional<Instant> time = DeviceTimes.of(node);
                    XmlNode all = node.find("SystemDateAndTime").orElse(node);
                    return new DeviceTime(
                            time.orElse(null),
                            text(all, "DateTimeType"),
                            all.text("TimeZone", "TZ").map(Management::line).orElse(""),
                            time.map(t -> Duration.between(device.clock().ours(), t)
                                            .toMillis())
                                    .orElse(null));
                }));
    }

    /** Measures how far its clock is off. */
    public CompletableFuture<Instant> measureClock() {
        return device.queued(() -> device.soap()
                .readClock(device.endpoint(), device.target(Service.DEVICE).path()));
    }

    /** Sets its clock by hand; what it had before, such as NTP, is off after that. */
    public CompletableFuture<Void> setTime(Instant time) {
        OffsetDateTime utc = time.plusMillis(500).atOffset(ZoneOffset.UTC);
        String parameters =
                "<tds:DateTimeType>Manual</tds:DateTimeType><tds:DaylightSavings>false</tds:DaylightSavings>"
                        + "<tds:UTCDateTime><tt:Time><tt:Hour>" + utc.getHour() + "</tt:Hour><tt:Minute>"
                        + utc.getMinute()
                        + "</tt:Minute><tt:Second>" + utc.getSecond() + "</tt:Second></tt:Time><tt:Date><tt:Year>"
                        + utc.getYear() + "</tt:Year><tt:Month>" + utc.getMonthValue() + "</tt:Month><tt:Day>"
                        + utc.getDayOfMonth() + "</tt:Day></tt:Date></tds:UTCDateTime>";
        return device.call(read("SetSystemDateAndTime").with(parameters).once()).thenAccept(done -> {});
    }

    /** Lets it take its time from the NTP servers it knows. */
    public CompletableFuture<Void> useNtp() {
        return device.call(read("SetSystemDateAndTime")
                        .with(
                                "<tds:DateTimeType>NTP</tds:DateTimeType><tds:DaylightSavings>false</tds:DaylightSavings>")
                        .once())
                .thenAccept(done -> {});
    }

    /** Restarts it. @return what it says to that, for people */
    public CompletableFuture<String> reboot() {
        return device.call(read("SystemReboot").once()).thenApply(node -> text(node, "Message"));
    }

    /** How it is on the network; what it does not tell is left out. */
    public CompletableFuture<NetworkFacts> network() {
        CompletableFuture<String> host = optional(
                "GetHostname", node -> node.text("HostnameInformation", "Name").orElse(""), "");
        CompletableFuture<List<String>> macs = values("GetNetworkInterfaces", "HwAddress");
        CompletableFuture<List<String>> addresses = optional(
                "GetNetworkInterfaces",
                node -> node.walk()
                        .filter(n -> n.text("Address").isPresent()
                                && n.text("PrefixLength").isPresent())
                        .filter(n -> !n.text("Address").orElse("").contains(":"))
                        .map(n -> line(n.text("Address").orElse("") + "/"
                                + n.text("PrefixLength").orElse("")))
                        .distinct()
                        .limit(MAX_ITEMS)
                        .toList(),
                List.of());
        CompletableFuture<List<String>> gateways = values("GetNetworkDefaultGateway", "IPv4Address");
        CompletableFuture<List<String>> dns = values("GetDNS", "IPv4Address");
        CompletableFuture<List<String>> ntp = optional(
                "GetNTP",
                node -> node.walk()
                        .filter(n -> n.name().equals("IPv4Address") || n.name().equals("DNSname"))
                        .map(n -> line(n.text()))
                        .limit(MAX_ITEMS)
                        .toList(),
                List.of());
        CompletableFuture<List<String>> protocols = optional(
                "GetNetworkProtocols",
                node -> node.all("NetworkProtocols").stream()
                        .filter(n -> n.text("Enabled").orElse("").equalsIgnoreCase("true"))
                        .map(n -> line(
                                n.text("Name").orElse("") + " " + n.text("Port").orElse("")))
                        .limit(MAX_ITEMS)
                        .toList(),
                List.of());
        return CompletableFuture.allOf(host, macs, addresses, gateways, dns, ntp, protocols)
                .thenApply(all -> new NetworkFacts(
                        host.join().isEmpty() ? null : line(host.join()),
                        macs.join(),
                        addresses.join(),
                        gateways.join(),
                        dns.join(),
                        ntp.join(),
                        protocols.join()));
    }

    /** Its users, never with a password. */
    public CompletableFuture<List<DeviceUser>> users() {
        return device.call(read("GetUsers"))
                .thenApply(node -> node.all("User").stream()
                        .map(user -> new DeviceUser(text(user, "Username"), text(user, "UserLevel")))
                        .limit(MAX_ITEMS)
                        .toList());
    }

    /** Certificates that it holds. */
    public CompletableFuture<List<DeviceCertificate>> certificates() {
        return device.call(read("GetCertificates"))
                .thenApply(node -> node.walk()
                        .filter(n -> n.text("CertificateID").isPresent())
                        .limit(MAX_ITEMS)
                        .map(Management::certificate)
                        .toList());
    }

    private static DeviceCertificate certificate(XmlNode node) {
        String id = text(node, "CertificateID");
        try {
            byte[] der = Base64.getMimeDecoder()
                    .decode(node.find("Data").map(XmlNode::text).orElse(""));
            X509Certificate x509 = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return new DeviceCertificate(
                    id,
                    line(x509.getSubjectX500Principal().getName()),
                    x509.getNotAfter().toInstant());
        } catch (CertificateException | IllegalArgumentException e) {
            return new DeviceCertificate(id, "", null);
        }
    }

    /** Discoverable or NonDiscoverable. */
    public CompletableFuture<String> discoveryMode() {
        return device.call(read("GetDiscoveryMode")).thenApply(node -> text(node, "DiscoveryMode"));
    }

    /** Names the device whatever its address is, such as urn:uuid:… */
    public CompletableFuture<String> endpointReference() {
        return device.call(read("GetEndpointReference")).thenApply(node -> text(node, "GUID"));
    }

    /** What a service can do, as attributes and elements with their values. */
    public CompletableFuture<XmlNode> serviceCapabilities(Service service) {
        return device.call(device.read(service, "GetServiceCapabilities"));
    }

    /** Where it stores recordings; how large that is, ONVIF has no word for. */
    public CompletableFuture<List<StorageConfiguration>> storageConfigurations() {
        return device.call(read("GetStorageConfigurations"))
                .thenApply(node -> items(node, "StorageConfigurations").stream()
                        .map(storage -> {
                            XmlNode data = storage.child("Data").orElse(storage);
                            return new StorageConfiguration(
                                    line(storage.attribute("token").orElse("")),
                                    line(data.attribute("type").orElse("")),
                                    text(data, "LocalPath"),
                                    Addresses.redacted(text(data, "StorageUri")));
                        })
                        .toList());
    }

    /** Its relay outputs. */
    public CompletableFuture<List<RelayOutput>> relayOutputs() {
        return device.call(read("GetRelayOutputs"))
                .thenApply(node -> node.all("RelayOutputs").stream()
                        .map(relay -> new RelayOutput(
                                relay.attribute("token").orElse(""),
                                relay.text("Properties", "Mode").orElse(""),
                                relay.text("Properties", "IdleState").orElse("")))
                        .limit(MAX_ITEMS)
                        .toList());
    }

    /** Switches a relay output. */
    public CompletableFuture<Void> setRelayOutput(String token, boolean active) {
        String parameters =
                "<tds:RelayOutputToken>" + XmlNode.escape(token) + "</tds:RelayOutputToken><tds:LogicalState>"
                        + (active ? "active" : "inactive") + "</tds:LogicalState>";
        return device.call(read("SetRelayOutputState").with(parameters)).thenAccept(done -> {});
    }

    private CompletableFuture<List<String>> values(String operation, String element) {
        return optional(
                operation,
                node -> node.walk()
                        .filter(n -> n.name().equals(element) && !n.text().isEmpty())
                        .map(n -> line(n.text()))
                        .distinct()
                        .limit(MAX_ITEMS)
                        .toList(),
                List.of());
    }

    /** What many devices lack is no reason to fail the rest. */
    private <T> CompletableFuture<T> optional(String operation, Function<XmlNode, T> reading, T without) {
        return device.call(read(operation)).thenApply(reading).exceptionallyCompose(failure -> {
            OnvifException.Kind kind = OnvifException.of(failure).kind();
            boolean lacking = kind == OnvifException.Kind.UNSUPPORTED
                    || kind == OnvifException.Kind.FAULT
                    || kind == OnvifException.Kind.NO_ANSWER
                    || kind == OnvifException.Kind.MALFORMED
                    || kind == OnvifException.Kind.NOT_AUTHORIZED;
            return lacking ? CompletableFuture.completedFuture(without) : CompletableFuture.failedFuture(failure);
        });
    }

    /** All answers as a list, in order; used where a device answers one item at a time. */
    static List<XmlNode> items(XmlNode node, String name) {
        return new ArrayList<>(node.all(name).stream().limit(MAX_ITEMS).toList());
    }
}
