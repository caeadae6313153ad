package solutions.itms.scs.station;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rows of the self-check about addresses, ports, firewall, DNS and remote support. */
final class NetworkCheck {
    private static final int SSH_PORT = 22;
    private static final int VNC_FIRST = 5900;
    private static final int VNC_LAST = 5909;
    private static final int RDP = 3389;
    private static final int MAX_HINTS = 100;

    private final StationProfile profile;
    private final Settings settings;
    private final Gates gates;
    private final Alarms alarms;
    private final ListeningPorts listening;
    private final Predicate<InetAddress> ours;

    NetworkCheck(
            StationProfile profile,
            Settings settings,
            Gates gates,
            Alarms alarms,
            ListeningPorts listening,
            Predicate<InetAddress> ours) {
        this.profile = profile;
        this.settings = settings;
        this.gates = gates;
        this.alarms = alarms;
        this.listening = listening;
        this.ours = ours;
    }

    CheckRow ipPlan() {
        List<Device> devices = gates.devices();
        boolean loopback =
                profile.address().equals("localhost") || profile.address().startsWith("127.");
        CheckRow.Builder row = new CheckRow.Builder("B1")
                .fact("plan", "planned", settings.devices().size(), "devices", devices.size())
                .fact("address", "address", profile.address())
                .concern("otherAddress", ids(devices, NetworkCheck::isElsewhere))
                .concern("neverHeard", ids(devices, device -> device.gate() == null))
                .concern(
                        "notPlanned",
                        settings.devices().isEmpty() ? List.of() : ids(devices, device -> device.planned() == null));
        if (loopback) {
            row.fact("addressIsLoopback").attention();
        }
        return settings.devices().isEmpty()
                ? row.fact("noPlan").otherwise(CheckRow.State.UNKNOWN).row()
                : row.row();
    }

    /** @param open the port on which this is being asked */
    CheckRow ports(int open) {
        List<String> addresses = Listening.at(settings.bind(), settings.access().stationHost(), ours)
                .addresses();
        CheckRow.Builder row = new CheckRow.Builder("B2")
                .fact("listening", "port", open, "on", addresses.isEmpty() ? "*" : String.join(", ", addresses))
                .fact(settings.tls() == null ? "plain" : "encrypted")
                .fact("probePort", "port", profile.probePort());
        if (profile.probePort() != SSH_PORT) {
            row.fact("probePortIsNot22").attention();
        }
        return row.row();
    }

    /** @param open the port on which this is being asked */
    CheckRow firewall(int open) {
        AccessSettings access = settings.access();
        List<String> strangers = alarms.all().stream()
                .filter(alarm -> alarm.kind() == AlarmKind.UNKNOWN_SOURCE)
                .map(Alarm::subject)
                .toList();
        AddressList control = access.control();
        List<String> hints = settings.devices().stream()
                .map(PlannedDevice::ip)
                .distinct()
                .limit(MAX_HINTS)
                .map(ip -> hint(ip, open))
                .toList();
        CheckRow.Builder row = new CheckRow.Builder("B3")
                .fact("allowMode", "mode", access.mode().name().toLowerCase(Locale.ROOT))
                .fact(
                        "allowList",
                        "entries",
                        access.allowed().size(),
                        "planned",
                        settings.devices().size())
                .fact(
                        control == null ? "controlAsAllowed" : "controlList",
                        "entries",
                        control == null ? 0 : control.size())
                .concern("strangers", strangers)
                .attentionWhen(access.mode() != AccessSettings.Mode.DENY);
        return hints.isEmpty() ? row.row() : row.fact("hint", "lines", hints).row();
    }

    CheckRow dns() {
        List<String> names = settings.time().servers().stream()
                .filter(server -> !isLiteral(server))
                .toList();
        boolean literal = IpLiteral.canonical(profile.address()) != null;
        return new CheckRow.Builder("B5")
                .fact("neverLooksUp")
                .fact(literal ? "addressIsLiteral" : "addressIsName", "address", profile.address())
                .attentionWhen(!literal)
                .concern("serversByName", names)
                .row();
    }

    CheckRow remoteSupport() {
        CheckRow.Builder row = new CheckRow.Builder("B9").fact("offersNone");
        List<Integer> open = listening.ports();
        if (open == null) {
            return row.fact("portsNotKnown").otherwise(CheckRow.State.UNKNOWN).row();
        }
        List<String> remote = open.stream()
                .filter(p -> p == RDP || (p >= VNC_FIRST && p <= VNC_LAST))
                .map(String::valueOf)
                .toList();
        row.concern("remoteOpen", remote);
        if (remote.isEmpty()) {
            row.fact("remoteClosed");
        }
        return row.otherwise(CheckRow.State.ASK).row();
    }

    private static String hint(String ip, int port) {
        String family = ip.indexOf(':') < 0 ? "ip" : "ip6";
        return "nft add rule inet filter input " + family + " saddr " + ip + " tcp dport " + port + " accept";
    }

    private static List<String> ids(List<Device> devices, Predicate<Device> which) {
        return devices.stream().filter(which).map(Device::id).toList();
    }

    /** Whether the gate says, or shows, another address than the plan has for it. */
    private static boolean isElsewhere(Device device) {
        Gate gate = device.gate();
        PlannedDevice planned = device.planned();
        return gate != null && planned != null && !planned.ip().equals(gate.ip());
    }

    private static boolean isLiteral(String server) {
        int colon = server.lastIndexOf(':');
        boolean port = colon > 0 && (server.indexOf(':') == colon || server.charAt(colon - 1) == ']');
        String host = port ? server.substring(0, colon) : server;
        return IpLiteral.canonical(host.replace("[", "").replace("]", "")) != null;
    }

    /** The TCP ports that somebody listens on at this host. */
    @FunctionalInterface
    interface ListeningPorts {
        /** In order; null when this system does not tell. */
        @Nullable
        List<Integer> ports();
    }
}
