package solutions.itms.scs.station.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.station.log.Level;

/**
 * The configuration of the station, with every key of the interface's section 5.2; all paths are absolute.
 *
 * @param databasePath where the document puts the database
 * @param logsPath folder of the log files
 * @param logLevel what is logged at least
 * @param logsRetentionDays days that log files are kept, 1 or more
 * @param environment whether this is the real station
 * @param fullScreen whether the screen is a kiosk
 * @param deviceCommunicationPath folder of the device catalogue and of exported states
 * @param stationIp address or host name by which gates reach the station
 * @param stationName its names
 * @param stationId its id; empty when none is configured
 * @param heartbeatPort TCP port of the HTTP server; 0 = any free one
 * @param deviceProbePort TCP port of the gates' SSH server, 1 to 65535
 * @param tz its time zone; null = the system's
 * @param devices the devices it is told of
 */
public record StationFile(
        Path databasePath,
        Path logsPath,
        Level logLevel,
        int logsRetentionDays,
        Environment environment,
        boolean fullScreen,
        Path deviceCommunicationPath,
        String stationIp,
        StationName stationName,
        String stationId,
        int heartbeatPort,
        int deviceProbePort,
        @Nullable ZoneId tz,
        List<DeviceSeed> devices) {
    public StationFile {
        devices = List.copyOf(devices);
    }

    /** The configured time zone, else the system's. */
    public ZoneId zone() {
        return tz == null ? ZoneId.systemDefault() : tz;
    }

    /**
     * The station's names; empty when none is configured.
     *
     * @param en in English
     * @param th in Thai
     */
    public record StationName(String en, String th) {}

    /** Where the station runs. */
    public enum Environment {
        DEVELOPMENT,
        PRODUCTION
    }
}
