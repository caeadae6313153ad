package solutions.itms.scs.station;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.station.config.StationFile;

/**
 * How the station works; always usable, whatever was configured.
 *
 * @param bind addresses to listen on, and no others; empty = as {@link Listening} finds them
 * @param database file of the database; null = the usual one
 * @param port TCP port of the heartbeat server
 * @param zone the station's time zone
 * @param staleAfter silence after which a gate counts as offline
 * @param writeBehind how long a heartbeat that changes nothing may wait for the disk; zero = not at all
 * @param beatsEvery how often the cloud is told when unchanged gates were last heard
 * @param maxConnections connections that may be open at the same time
 * @param maxPerSource connections that one source may have open at the same time
 * @param tls how the interface is encrypted; null = not at all
 * @param devices the devices that the station is to have
 * @param status how the status of gates is found
 * @param access who may use the interface
 * @param time how the station's own clock is checked
 * @param commands what commands from the cloud may change
 * @param groups names for devices that are controlled together
 * @param problems what could not be used as it was configured, in words; the default stands in its place
 */
record Settings(
        List<String> bind,
        @Nullable Path database,
        int port,
        ZoneId zone,
        Duration staleAfter,
        Duration writeBehind,
        Duration beatsEvery,
        int maxConnections,
        int maxPerSource,
        @Nullable TlsSettings tls,
        List<PlannedDevice> devices,
        StatusSettings status,
        AccessSettings access,
        TimeSettings time,
        CommandPolicy commands,
        DeviceGroups groups,
        List<String> problems) {

    static final int DEFAULT_PORT = 3070;
    static final int DEFAULT_STALE_SECONDS = 30;
    static final int DEFAULT_WRITE_BEHIND_SECONDS = 5;
    static final int DEFAULT_BEATS_SECONDS = 10;
    static final int DEFAULT_CONNECTIONS = 12_000;
    static final int DEFAULT_PER_SOURCE = 256;

    /**
     * Reads what was configured.
     *
     * @param decrypt makes plain text of a stored password
     */
    static Settings of(Options options, UnaryOperator<String> decrypt) {
        List<String> bind = Listening.configured(options);
        int port = options.number("port", 0, 65535, DEFAULT_PORT);
        ZoneId zone = zone(options);
        Duration staleAfter = Duration.ofSeconds(options.number("stale.after", 2, 3600, DEFAULT_STALE_SECONDS));
        Duration writeBehind = Duration.ofSeconds(options.number("write.behind", 0, 60, DEFAULT_WRITE_BEHIND_SECONDS));
        Duration beatsEvery = Duration.ofSeconds(options.number("beats.interval", 1, 300, DEFAULT_BEATS_SECONDS));
        int maxConnections = OpenFileLimit.fit(options, "max.connections", 10, 60_000, DEFAULT_CONNECTIONS);
        int maxPerSource = options.number("max.connections.per.source", 4, 60_000, DEFAULT_PER_SOURCE);
        TlsSettings tls = TlsSettings.of(options, decrypt);
        StatusSettings status = StatusSettings.of(options);
        AccessSettings access = AccessSettings.of(options, decrypt);
        TimeSettings time = TimeSettings.of(options);
        CommandPolicy commands = CommandPolicy.of(options);
        DeviceGroups groups = DeviceGroups.of(options);
        return new Settings(
                bind,
                null,
                port,
                zone,
                staleAfter,
                writeBehind,
                beatsEvery,
                maxConnections,
                maxPerSource,
                tls,
                List.of(),
                status,
                access,
                time,
                commands,
                groups,
                options.problems());
    }

    /** These settings with the devices and the database of the configuration. */
    Settings with(StationFile file) {
        return with(file.devices().stream().map(PlannedDevice::of).toList(), file.databasePath());
    }

    private Settings with(List<PlannedDevice> planned, @Nullable Path file) {
        return new Settings(
                bind,
                file,
                port,
                zone,
                staleAfter,
                writeBehind,
                beatsEvery,
                maxConnections,
                maxPerSource,
                tls,
                List.copyOf(planned),
                status,
                access,
                time,
                commands,
                groups,
                problems);
    }

    /** These settings for a station with these devices. */
    Settings withDevices(List<PlannedDevice> planned) {
        return with(planned, database);
    }

    private static ZoneId zone(Options options) {
        String zone = options.text("time.tz", "");
        if (zone.isEmpty()) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            options.problem(
                    "time.tz '" + zone + "' is no IANA time zone; using the system's, " + ZoneId.systemDefault());
            return ZoneId.systemDefault();
        }
    }
}
