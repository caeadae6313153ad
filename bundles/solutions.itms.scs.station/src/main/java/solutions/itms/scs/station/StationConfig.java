package solutions.itms.scs.station;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What an administrator sees of this component in the Kura web console. */
@ObjectClassDefinition(
        id = StationConfig.PID,
        name = "SCS Station Computer",
        description = "The HTTP server that gates send their heartbeats to.")
@interface StationConfig {
    String PID = "solutions.itms.scs.station";

    @AttributeDefinition(
            name = "Port",
            min = "0",
            max = "65535",
            description = "TCP port of the heartbeat server; 0 takes any free one. Open it in Kura's firewall, too.")
    int port() default Settings.DEFAULT_PORT;

    @AttributeDefinition(
            name = "Bind Address",
            required = false,
            description = "IPv4 or IPv6 address to listen on; empty = all addresses of this gateway.")
    String bind_address() default "";

    @AttributeDefinition(
            name = "Time Zone",
            required = false,
            description = "IANA time zone of the station, such as Asia/Bangkok; empty = the system's.")
    String time_tz() default "";

    @AttributeDefinition(
            name = "Configuration File",
            required = false,
            description = "Path of config.json, whose values go before the ones here; empty = config.json in the folder"
                    + " of the databases. Without that file the values here are all there is.")
    String config_file() default "";

    @AttributeDefinition(
            name = "Station Id",
            required = false,
            description = "Identifies the station in logs, on the screen and in the cloud, such as 13.")
    String stationId() default "";

    @AttributeDefinition(
            name = "Station Name in English",
            required = false,
            description = "What the English screen calls the station, such as SamYan.")
    String stationName_en() default "";

    @AttributeDefinition(
            name = "Station Name in Thai",
            required = false,
            description = "What the Thai screen calls the station.")
    String stationName_th() default "";

    @AttributeDefinition(
            name = "Station Address",
            required = false,
            description = "IPv4 or IPv6 address or host name by which gates reach the station; it is told, not listened"
                    + " on.")
    String stationIp() default "127.0.0.1";

    @AttributeDefinition(
            name = "Device Probe Port",
            min = "1",
            max = "65535",
            description = "TCP port of the gates' SSH server; the firewall must let the station reach it.")
    int deviceProbePort() default 2222;

    @AttributeDefinition(
            name = "Devices",
            required = false,
            description =
                    "Devices known before they are heard, as JSON: [{\"id\":\"G1-01\",\"ip\":\"192.168.1.101\","
                            + "\"gateId\":\"G1\",\"side\":\"north\",\"type\":\"entry-reader\"}]; id and ip are required.|TextArea")
    String devices() default "";

    @AttributeDefinition(
            name = "Environment",
            description =
                    "production shows no diagnostics over HTTP, and warns when logs are kept for less than 14 days.",
            options = {
                @Option(label = "development", value = "development"),
                @Option(label = "production", value = "production")
            })
    String environment() default "development";

    @AttributeDefinition(
            name = "Full Screen",
            description = "Whether the station's screen is a kiosk that fills the display.")
    boolean fullScreen() default false;

    @AttributeDefinition(
            name = "Device Communication Path",
            required = false,
            description = "Folder of the device catalogue and of exported states; empty = devices in the folder of the"
                    + " databases. Nothing in it is executed.")
    String deviceCommunicationPath() default "";

    @AttributeDefinition(
            name = "Logs Path",
            required = false,
            description = "Folder of the station's log files; empty = logs in the folder of the databases.")
    String logsPath() default "";

    @AttributeDefinition(
            name = "Log Level",
            description = "What is logged at least; at debug every heartbeat is a line.",
            options = {
                @Option(label = "error", value = "error"),
                @Option(label = "warn", value = "warn"),
                @Option(label = "info", value = "info"),
                @Option(label = "debug", value = "debug"),
                @Option(label = "trace", value = "trace")
            })
    String logLevel() default "info";

    @AttributeDefinition(
            name = "Logs Retention (days)",
            min = "1",
            max = "3650",
            description = "Days of the station's time zone that log files are kept after their own.")
    int logsRetentionDays() default 14;

    @AttributeDefinition(
            name = "Logs Size (MB)",
            min = "10",
            max = "1000000",
            description = "Megabytes that all log files together may take; wins over the days.")
    int logs_max_size() default 1024;

    @AttributeDefinition(
            name = "Stale After (s)",
            min = "2",
            max = "3600",
            description = "Seconds without a heartbeat after which a gate counts as offline; three heartbeat intervals"
                    + " or more.")
    int stale_after() default Settings.DEFAULT_STALE_SECONDS;

    @AttributeDefinition(
            name = "Write Behind (s)",
            min = "0",
            max = "60",
            description = "Seconds that a heartbeat which changes nothing may wait before it is written to the disk;"
                    + " 0 = every heartbeat is on the disk before it is answered. Changes always are.")
    int write_behind() default Settings.DEFAULT_WRITE_BEHIND_SECONDS;

    @AttributeDefinition(
            name = "Beats Interval (s)",
            min = "1",
            max = "300",
            description = "Seconds between two reports to the cloud of when the unchanged gates were last heard.")
    int beats_interval() default Settings.DEFAULT_BEATS_SECONDS;
}
