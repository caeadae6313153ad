package solutions.itms.scs.station;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
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
            description = "IPv4 or IPv6 addresses to listen on, and no others, between commas, 4 at most; empty = the"
                    + " station address and 127.0.0.1, or all addresses when the station address is none of this"
                    + " gateway's.")
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
            description =
                    "IPv4 or IPv6 address or host name by which gates reach the station. An address of this gateway"
                            + " is listened on. It may always send control writes, and they may name it as their host.")
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

    @AttributeDefinition(
            name = "Return Beats",
            min = "1",
            max = "100",
            description = "Number of heartbeats in a row after which a gate that was offline counts as present again.")
    int return_beats() default StatusSettings.DEFAULT_RETURN_BEATS;

    @AttributeDefinition(
            name = "Gate Clock Skew (s)",
            min = "2",
            max = "3600",
            description =
                    "Seconds between a gate's clock and the station's, as the median of five heartbeats, above which"
                            + " an alarm is raised; it is cleared at half of that.")
    int gate_clock_skew() default StatusSettings.DEFAULT_CLOCK_SKEW_SECONDS;

    @AttributeDefinition(
            name = "Unknown Fields",
            options = {@Option(label = "ignore", value = "ignore"), @Option(label = "keep", value = "keep")},
            description =
                    "Fields of heartbeats that are not known: ignore them, or keep up to 2 KiB of them as JSON and"
                            + " show them with the gate.")
    String unknown_fields() default "ignore";

    @AttributeDefinition(
            name = "Transition Retention (days)",
            min = "1",
            max = "3650",
            description = "Days for which changes of a gate's status are kept.")
    int transition_retention_days() default StatusSettings.DEFAULT_TRANSITION_DAYS;

    @AttributeDefinition(
            name = "Audit Retention (days)",
            min = "30",
            max = "36500",
            description = "Days for which the audit of control writes is kept.")
    int audit_retention_days() default StatusSettings.DEFAULT_AUDIT_DAYS;

    @AttributeDefinition(
            name = "Allow-List",
            required = false,
            description =
                    "Addresses and ranges (192.168.1.0/24, fd00::/8) that may use the interface, between commas; the"
                            + " planned devices, this host and the station address always may.")
    String allow_list() default "";

    @AttributeDefinition(
            name = "Allow Mode",
            options = {
                @Option(label = "off", value = "off"),
                @Option(label = "alarm", value = "alarm"),
                @Option(label = "deny", value = "deny")
            },
            description =
                    "Sources that are not on the allow-list: off = serve them, alarm = serve them and raise an alarm,"
                            + " deny = refuse them with 403 and raise an alarm.")
    String allow_mode() default "alarm";

    @AttributeDefinition(
            name = "Control List",
            required = false,
            description =
                    "Addresses and ranges that may set operations, aisle modes and last in-service operations, beside"
                            + " this host and the station address; empty = the allow-list and the planned devices.")
    String control_list() default "";

    @AttributeDefinition(
            name = "Commands",
            options = {
                @Option(label = "read", value = "read"),
                @Option(label = "set", value = "set"),
                @Option(label = "all", value = "all")
            },
            description = "What commands from the cloud may change: read = nothing, set = everything, but not end an"
                    + " emergency, all = that, too, with confirmation and reason. Entering an emergency is"
                    + " always allowed.")
    String commands_allow() default "set";

    @AttributeDefinition(
            name = "Device Groups",
            required = false,
            description = "Names for devices that commands control together, as JSON with ids of devices or gates:"
                    + " {\"hall\":[\"G1-01\",\"G2\"]}; 100 groups with 1,000 ids each at most.|TextArea")
    String device_groups() default "";

    @AttributeDefinition(
            name = "Known Devices Only",
            description =
                    "Whether control writes for devices that are neither planned nor were ever heard are refused with"
                            + " 404; otherwise they are stored, and an alarm is raised.")
    boolean known_devices_only() default false;

    @AttributeDefinition(
            name = "Shared Secret",
            required = false,
            type = AttributeType.PASSWORD,
            description =
                    "What every request must carry as X-SCS-Secret or Authorization: Bearer; empty = nothing. Without"
                            + " it the answer is 401.")
    String shared_secret() default "";

    @AttributeDefinition(
            name = "PIN To Leave Emergency",
            required = false,
            type = AttributeType.PASSWORD,
            description = "What a person at the station screen must enter to end an emergency; empty = nothing.")
    String leave_emergency_pin() default "";

    @AttributeDefinition(
            name = "Heartbeat Limit (1/s)",
            min = "1",
            max = "100000",
            description =
                    "Heartbeat requests that one source may send each second; twice as many at once. This host is not"
                            + " limited.")
    int limit_heartbeat() default AccessSettings.DEFAULT_HEARTBEATS;

    @AttributeDefinition(
            name = "Read Limit (1/s)",
            min = "1",
            max = "100000",
            description = "Reading requests that one source may send each second; twice as many at once.")
    int limit_read() default AccessSettings.DEFAULT_READS;

    @AttributeDefinition(
            name = "Control Limit (1/s)",
            min = "1",
            max = "100000",
            description =
                    "Control writes that one source may send each second; twice as many at once. Setting the operation"
                            + " emergency is never limited.")
    int limit_control() default AccessSettings.DEFAULT_CONTROLS;

    @AttributeDefinition(
            name = "Alarm Window (s)",
            min = "10",
            max = "86400",
            description =
                    "Seconds for which an alarm about something that happened, such as a request of an unknown source,"
                            + " stays after it happened last; until then repetitions are only counted.")
    int alarm_window() default AccessSettings.DEFAULT_ALARM_WINDOW_SECONDS;

    @AttributeDefinition(
            name = "Max Connections",
            min = "10",
            max = "60000",
            description =
                    "Connections that may be open at the same time; when there are more, the oldest ones of sources that"
                            + " are neither on the allow-list nor gates are closed.")
    int max_connections() default Settings.DEFAULT_CONNECTIONS;

    @AttributeDefinition(
            name = "Max Connections Per Source",
            min = "4",
            max = "60000",
            description = "Connections that one source may have open at the same time; when it has more, its oldest are"
                    + " closed. This host is not limited.")
    int max_connections_per_source() default Settings.DEFAULT_PER_SOURCE;

    @AttributeDefinition(
            name = "TLS Key Store",
            required = false,
            description = "Path of a PKCS#12 or JKS file with the key and certificate of this station and, for client"
                    + " certificates, those of who issues them; empty = plain HTTP.")
    String tls_keystore() default "";

    @AttributeDefinition(
            name = "TLS Key Store Password",
            required = false,
            type = AttributeType.PASSWORD,
            description = "Password of the key store and of its key.")
    String tls_keystore_password() default "";

    @AttributeDefinition(
            name = "TLS Client Certificates",
            options = {
                @Option(label = "none", value = "none"),
                @Option(label = "want", value = "want"),
                @Option(label = "need", value = "need")
            },
            description =
                    "Client certificates: none = not asked for, want = checked when there is one, need = required.")
    String tls_client_auth() default "none";

    @AttributeDefinition(
            name = "NTP Servers",
            required = false,
            description =
                    "The time servers that gates and station share, as address or host name with or without :port,"
                            + " between commas, 8 at most; empty = ask chrony or systemd-timesyncd on this host.")
    String ntp_servers() default "";

    @AttributeDefinition(
            name = "Max Clock Drift (ms)",
            min = "10",
            max = "3600000",
            description =
                    "Milliseconds between the station's clock and its time servers above which an alarm is raised; it is"
                            + " cleared at half of that.")
    int ntp_drift_max() default TimeSettings.DEFAULT_DRIFT_MILLIS;

    @AttributeDefinition(
            name = "Clock Check Interval (s)",
            min = "16",
            max = "86400",
            description = "Seconds between two checks of the station's clock.")
    int ntp_interval() default TimeSettings.DEFAULT_INTERVAL_SECONDS;
}
