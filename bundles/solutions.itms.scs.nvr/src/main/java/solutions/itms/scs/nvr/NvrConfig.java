package solutions.itms.scs.nvr;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What an administrator sees of one recorder in the Kura web console. */
@ObjectClassDefinition(
        id = NvrConfig.PID,
        name = "SCS Recorder",
        description = "One network video recorder: watched, searched, and asked for clips.")
@interface NvrConfig {
    String PID = "solutions.itms.scs.nvr.Recorder";

    @AttributeDefinition(
            name = "Id",
            description = "Names the recorder everywhere: 1 to 64 letters, digits, dots, lines and underscores.")
    String id() default "";

    @AttributeDefinition(name = "Enabled", description = "Whether the recorder is used.")
    boolean enabled() default true;

    @AttributeDefinition(name = "Name", required = false, description = "For people; empty = the id.")
    String name() default "";

    @AttributeDefinition(
            name = "Address",
            description = "Host, host:port, http://host:port or https://host:port of the recorder's ONVIF service.")
    String address() default "";

    @AttributeDefinition(
            name = "User",
            required = false,
            description = "User of the recorder, for ONVIF and for RTSP; empty = none.")
    String user() default "";

    @AttributeDefinition(
            name = "Password",
            type = AttributeType.PASSWORD,
            required = false,
            description = "Password of that user.")
    String password() default "";

    @AttributeDefinition(
            name = "Authentication",
            description = "How to log in; auto finds out what the recorder accepts.",
            options = {
                @Option(value = "auto", label = "What the recorder accepts"),
                @Option(value = "digest", label = "HTTP Digest"),
                @Option(value = "token", label = "WS-UsernameToken"),
                @Option(value = "both", label = "Both at once"),
                @Option(value = "text", label = "Password as text, TLS only")
            })
    String authentication() default "auto";

    @AttributeDefinition(
            name = "Certificate",
            required = false,
            description =
                    "SHA-256 of the recorder's TLS certificate, 64 hexadecimal digits; empty = trust the first one.")
    String tls_fingerprint() default "";

    @AttributeDefinition(
            name = "Interval",
            min = "10",
            max = "3600",
            description = "Seconds from one look at the recorder's health to the next.")
    int interval() default NvrSettings.DEFAULT_INTERVAL;

    @AttributeDefinition(
            name = "Timeout",
            min = "1",
            max = "30",
            description = "Seconds after which a call to the recorder is given up.")
    int timeout() default NvrSettings.DEFAULT_LIMIT;

    @AttributeDefinition(name = "Events", description = "Whether failures of the recorder's disks are listened to.")
    boolean events() default true;

    @AttributeDefinition(
            name = "Replay Address",
            required = false,
            description = "For recorders without ONVIF Profile G: the RTSP address of a replay, with {host}, {channel},"
                    + " {channel0}, {channel:02}, {from:pattern} and {to:pattern} in it; empty = Profile G. A pattern is"
                    + " one of Java's DateTimeFormatter, or epoch.")
    String replay_template() default "";

    @AttributeDefinition(
            name = "Replay Time Zone",
            required = false,
            description = "Time zone of the times in that address, such as UTC, +07:00 or Asia/Bangkok.")
    String replay_zone() default "UTC";

    @AttributeDefinition(
            name = "Channels",
            required = false,
            description = "Channels of a recorder without Profile G, between commas, such as 1=Gate north,2=Platform.")
    String replay_channels() default "";

    @AttributeDefinition(
            name = "Disks",
            description = "How the recorder is asked how full its disks are; ONVIF has no word for that.",
            options = {
                @Option(value = "none", label = "Not at all"),
                @Option(value = "isapi", label = "Hikvision's ISAPI"),
                @Option(value = "dahua", label = "Dahua's HTTP interface")
            })
    String storage() default "none";

    @AttributeDefinition(
            name = "Retention Days",
            min = "0",
            max = "3650",
            description = "Days that each channel must reach back; less is an alarm; 0 = no such alarm.")
    int retention_days() default 0;

    @AttributeDefinition(
            name = "Clock Limit",
            min = "1",
            max = "86400",
            description = "Seconds by which the recorder's clock may be off before there is an alarm.")
    int clock_limit() default 60;

    @AttributeDefinition(
            name = "Clip Seconds",
            min = "10",
            max = "7200",
            description = "Seconds that a clip may be long.")
    int clip_seconds() default NvrSettings.DEFAULT_CLIP_SECONDS;

    @AttributeDefinition(
            name = "Clip Size",
            min = "10",
            max = "20000",
            description = "Megabytes that a clip may have; it ends there.")
    int clip_megabytes() default NvrSettings.DEFAULT_CLIP_MEGABYTES;

    @AttributeDefinition(
            name = "Clips at Once",
            min = "1",
            max = "2",
            description = "Clips that may be fetched from this recorder at the same time.")
    int exports() default 2;
}
