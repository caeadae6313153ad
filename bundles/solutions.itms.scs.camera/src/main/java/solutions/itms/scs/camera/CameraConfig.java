package solutions.itms.scs.camera;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What an administrator sees of one camera in the Kura web console. */
@ObjectClassDefinition(
        id = CameraConfig.PID,
        name = "SCS Camera",
        description = "One ONVIF camera: watched, and told what to do.")
@interface CameraConfig {
    String PID = "solutions.itms.scs.camera.Camera";

    @AttributeDefinition(
            name = "Id",
            description = "Names the camera everywhere: 1 to 64 letters, digits, dots, lines and underscores.")
    String id() default "";

    @AttributeDefinition(name = "Enabled", description = "Whether the camera is used.")
    boolean enabled() default true;

    @AttributeDefinition(name = "Name", required = false, description = "For people; empty = the id.")
    String name() default "";

    @AttributeDefinition(
            name = "Address",
            description = "Host, host:port, http://host:port or https://host:port of the camera's ONVIF service.")
    String address() default "";

    @AttributeDefinition(name = "User", required = false, description = "ONVIF user of the camera; empty = none.")
    String user() default "";

    @AttributeDefinition(
            name = "Password",
            type = AttributeType.PASSWORD,
            required = false,
            description =
                    "Password of that user; it is never sent as it is, but to a camera with TLS that wants it so.")
    String password() default "";

    @AttributeDefinition(
            name = "Authentication",
            description = "How to log in; auto finds out what the camera accepts.",
            options = {
                @Option(value = "auto", label = "What the camera accepts"),
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
                    "SHA-256 of the camera's TLS certificate, 64 hexadecimal digits; empty = trust the first one.")
    String tls_fingerprint() default "";

    @AttributeDefinition(
            name = "Profile",
            required = false,
            description = "Token of the media profile to watch; empty = the camera's first.")
    String profile() default "";

    @AttributeDefinition(
            name = "Interval",
            min = "5",
            max = "3600",
            description = "Seconds from one look at the camera's health to the next.")
    int interval() default CameraSettings.DEFAULT_INTERVAL;

    @AttributeDefinition(
            name = "Timeout",
            min = "1",
            max = "30",
            description = "Seconds after which a call to the camera is given up.")
    int timeout() default CameraSettings.DEFAULT_LIMIT;

    @AttributeDefinition(
            name = "Check the Stream",
            description = "Whether the camera's RTSP server is asked to describe the stream each time.")
    boolean stream_check() default true;

    @AttributeDefinition(name = "Events", description = "Whether motion, tampering and inputs are listened to.")
    boolean events() default true;

    @AttributeDefinition(
            name = "All Events",
            description = "Whether events of other kinds, such as analytics, are passed on as they are.")
    boolean events_all() default false;

    @AttributeDefinition(
            name = "Motion Timeout",
            min = "5",
            max = "3600",
            description = "Seconds without a word after which motion is over, for cameras that never say so.")
    int motion_timeout() default 60;

    @AttributeDefinition(
            name = "Thumbnail Interval",
            min = "0",
            max = "86400",
            description = "Seconds from one picture for the cloud to the next; 0 = none.")
    int thumbnail_interval() default 0;

    @AttributeDefinition(
            name = "Clock Limit",
            min = "1",
            max = "86400",
            description = "Seconds by which the camera's clock may be off before there is an alarm.")
    int clock_limit() default 60;
}
