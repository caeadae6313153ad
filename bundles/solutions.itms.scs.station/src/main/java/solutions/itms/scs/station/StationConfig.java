package solutions.itms.scs.station;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

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
