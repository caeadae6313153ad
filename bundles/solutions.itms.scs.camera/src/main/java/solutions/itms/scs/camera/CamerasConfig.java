package solutions.itms.scs.camera;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an administrator sees of the cameras together in the Kura web console. */
@ObjectClassDefinition(
        id = CamerasConfig.PID,
        name = "SCS Cameras",
        description = "What all cameras share, and the search for new ones.")
@interface CamerasConfig {
    String PID = "solutions.itms.scs.camera";

    @AttributeDefinition(
            name = "Search Interval",
            min = "0",
            max = "86400",
            description = "Seconds from one search for cameras to the next; 0 = only when asked.")
    int discovery_interval() default 3600;

    @AttributeDefinition(
            name = "Hear Hello",
            description = "Whether cameras that come and go are heard at once when they say so (UDP port 3702).")
    boolean discovery_hello() default true;

    @AttributeDefinition(
            name = "Ranges",
            required = false,
            description = "Networks behind a router to search in, such as 10.1.2.0/24 or 10.1.2.10-10.1.2.40, between"
                    + " commas; at most 4,096 addresses each.")
    String discovery_ranges() default "";

    @AttributeDefinition(
            name = "Add",
            required = false,
            description =
                    "Addresses of found cameras that become cameras here, between commas, as the search tells them;"
                            + " * = every one that is found.")
    String discovery_add() default "";

    @AttributeDefinition(
            name = "User",
            required = false,
            description = "ONVIF user of cameras that are added by the search.")
    String discovery_user() default "";

    @AttributeDefinition(
            name = "Password",
            type = AttributeType.PASSWORD,
            required = false,
            description = "Password of cameras that are added by the search.")
    String discovery_password() default "";

    @AttributeDefinition(
            name = "Notification Port",
            min = "0",
            max = "65535",
            description = "TCP port where cameras without pull points send their events; 0 = they can't.")
    int notification_port() default 0;

    @AttributeDefinition(
            name = "Notification Address",
            required = false,
            description = "Address by which cameras reach this gateway for that, such as 192.168.1.10.")
    String notification_address() default "";
}
