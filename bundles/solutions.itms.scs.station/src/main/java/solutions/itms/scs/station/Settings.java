package solutions.itms.scs.station;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * How the station works; always usable, whatever was configured.
 *
 * @param host address to listen on; empty = all
 * @param port TCP port of the heartbeat server
 * @param zone the station's time zone
 * @param staleAfter silence after which a gate counts as offline
 * @param writeBehind how long a heartbeat that changes nothing may wait for the disk; zero = not at all
 * @param beatsEvery how often the cloud is told when unchanged gates were last heard
 * @param problems what could not be used as it was configured, in words; the default stands in its place
 */
record Settings(
        String host,
        int port,
        ZoneId zone,
        Duration staleAfter,
        Duration writeBehind,
        Duration beatsEvery,
        List<String> problems) {

    static final int DEFAULT_PORT = 3070;
    static final int DEFAULT_STALE_SECONDS = 30;
    static final int DEFAULT_WRITE_BEHIND_SECONDS = 5;
    static final int DEFAULT_BEATS_SECONDS = 10;

    /** Checks what was configured; Kura checks ranges only in its own web console. */
    static Settings of(String host, int port, String zone, int staleSeconds, int writeBehindSeconds, int beatsSeconds) {
        List<String> problems = new ArrayList<>();
        return new Settings(
                address(host.strip(), problems),
                inRange("port", port, 0, 65535, DEFAULT_PORT, problems),
                zone(zone.strip(), problems),
                Duration.ofSeconds(inRange("stale.after", staleSeconds, 2, 3600, DEFAULT_STALE_SECONDS, problems)),
                Duration.ofSeconds(
                        inRange("write.behind", writeBehindSeconds, 0, 60, DEFAULT_WRITE_BEHIND_SECONDS, problems)),
                Duration.ofSeconds(inRange("beats.interval", beatsSeconds, 1, 300, DEFAULT_BEATS_SECONDS, problems)),
                List.copyOf(problems));
    }

    private static String address(String host, List<String> problems) {
        String canonical = host.isEmpty() ? "" : IpLiteral.canonical(host);
        if (canonical == null) {
            problems.add("bind.address '" + host + "' is no IPv4 or IPv6 address; listening on all");
            return "";
        }
        return canonical;
    }

    private static ZoneId zone(String zone, List<String> problems) {
        if (zone.isEmpty()) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            problems.add("time.tz '" + zone + "' is no IANA time zone; using the system's, " + ZoneId.systemDefault());
            return ZoneId.systemDefault();
        }
    }

    private static int inRange(String name, int value, int min, int max, int standard, List<String> problems) {
        if (value < min || value > max) {
            problems.add(name + " " + value + " is not within " + min + " to " + max + "; using " + standard);
            return standard;
        }
        return value;
    }
}
