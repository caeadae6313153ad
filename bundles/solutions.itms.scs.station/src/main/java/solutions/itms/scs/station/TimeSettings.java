package solutions.itms.scs.station;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import solutions.itms.scs.api.settings.Options;

/**
 * How the station's own clock is checked.
 *
 * @param servers NTP servers, as address or host name with or without a port; empty = ask the system's time service
 * @param maxDrift difference at which an alarm is raised
 * @param every time between two checks
 */
record TimeSettings(List<String> servers, Duration maxDrift, Duration every) {
    static final int DEFAULT_DRIFT_MILLIS = 2_000;
    static final int DEFAULT_INTERVAL_SECONDS = 60;
    private static final int MAX_SERVERS = 8;

    static TimeSettings of(Options options) {
        List<String> servers = new ArrayList<>();
        for (String server : options.text("ntp.servers", "").split("[,\\s]+")) {
            if (servers.size() < MAX_SERVERS && !server.isEmpty()) {
                servers.add(server);
            }
        }
        return new TimeSettings(
                List.copyOf(servers),
                Duration.ofMillis(options.number("ntp.drift.max", 10, 3_600_000, DEFAULT_DRIFT_MILLIS)),
                Duration.ofSeconds(options.number("ntp.interval", 16, 86_400, DEFAULT_INTERVAL_SECONDS)));
    }
}
