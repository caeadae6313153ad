package solutions.itms.scs.station;

import solutions.itms.scs.station.config.StationFile;

/**
 * What people call the station and how they want to see it; the rest of its configuration is in {@link Settings}.
 *
 * @param id its id; empty when none is configured
 * @param nameEn its English name; empty when none is configured
 * @param nameTh its Thai name; empty when none is configured
 * @param address address or host name by which gates reach it
 * @param probePort TCP port of the gates' SSH server
 * @param production whether this is the real station
 * @param fullScreen whether its screen is a kiosk
 * @param ownZone whether its time zone is configured, and not the system's
 */
record StationProfile(
        String id,
        String nameEn,
        String nameTh,
        String address,
        int probePort,
        boolean production,
        boolean fullScreen,
        boolean ownZone) {
    /** Of a station of which nothing is said. */
    static final StationProfile NONE = new StationProfile("", "", "", "127.0.0.1", 2222, false, false, false);

    static StationProfile of(StationFile file) {
        return new StationProfile(
                file.stationId(),
                file.stationName().en(),
                file.stationName().th(),
                file.stationIp(),
                file.deviceProbePort(),
                file.environment() == StationFile.Environment.PRODUCTION,
                file.fullScreen(),
                file.tz() != null);
    }
}
