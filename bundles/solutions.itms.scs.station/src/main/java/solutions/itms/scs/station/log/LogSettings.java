package solutions.itms.scs.station.log;

import java.time.ZoneId;

/**
 * What may change while logs are written.
 *
 * @param zone the station's time zone: its midnight ends the day of a file
 * @param stationId written on every line; blank = none
 * @param level what is written at least
 * @param retentionDays local dates that a file is kept after its own, 1 or more
 * @param maxBytes what all files together may take; wins over the days
 */
public record LogSettings(ZoneId zone, String stationId, Level level, int retentionDays, long maxBytes) {
    public static final long DEFAULT_MAX_BYTES = 1024L * 1024 * 1024;
}
