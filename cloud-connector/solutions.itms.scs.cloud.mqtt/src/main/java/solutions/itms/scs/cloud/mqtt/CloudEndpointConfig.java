package solutions.itms.scs.cloud.mqtt;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a person can set of a {@link CloudEndpointComponent}. {@link SettingsReader} reads it, with the same defaults. */
@ObjectClassDefinition(
        id = CloudEndpointComponent.PID,
        name = "SCS cloud connection",
        description = "Connects this gateway to an MQTT 3.1.1 broker, with Kura's topics and payloads.")
@interface CloudEndpointConfig {
    @AttributeDefinition(
            name = "Enabled",
            description = "Whether to connect. When it is, the gateway connects by itself and tries again for ever.")
    boolean enabled() default true;

    @AttributeDefinition(
            name = "Broker URL",
            description = "tcp://host:1883, or ssl://host:8883 for an encrypted connection.")
    String broker_url() default SettingsReader.BROKER_URL;

    @AttributeDefinition(name = "Account", description = "The first level of all topics.")
    String account_name() default SettingsReader.ACCOUNT;

    @AttributeDefinition(
            name = "Client ID",
            required = false,
            description = "The name of this gateway, the second level of all topics. Empty: the primary MAC address, or"
                    + " the host name where that is not known. Slashes, dots, + and # become dashes.")
    String client_id() default "";

    @AttributeDefinition(name = "Username", required = false, description = "MQTT user name. Empty: none is sent.")
    String username() default "";

    @AttributeDefinition(
            name = "Password",
            required = false,
            type = AttributeType.PASSWORD,
            description = "MQTT password. Empty: none is sent.")
    String password() default "";

    @AttributeDefinition(
            name = "Keep alive (s)",
            min = "" + SettingsReader.MIN_KEEP_ALIVE,
            max = "" + SettingsReader.MAX_KEEP_ALIVE,
            description = "Seconds of silence after which the connection is tested. A dead one is noticed within two"
                    + " such times.")
    int keep_alive() default SettingsReader.KEEP_ALIVE;

    @AttributeDefinition(
            name = "Connect timeout (s)",
            min = "1",
            max = "" + SettingsReader.MAX_CONNECT_TIMEOUT,
            description = "Seconds that one attempt to connect may take.")
    int connect_timeout() default SettingsReader.CONNECT_TIMEOUT;

    @AttributeDefinition(
            name = "Clean session",
            description = "Whether the broker forgets subscriptions, and messages to this gateway, when the connection"
                    + " ends.")
    boolean clean_session() default true;

    @AttributeDefinition(
            name = "In flight",
            min = "1",
            max = "" + SettingsReader.MAX_WINDOW,
            description =
                    "Messages that may wait for the broker's acknowledgement at the same time. More is faster over"
                            + " slow lines.")
    int in_flight() default SettingsReader.WINDOW;

    @AttributeDefinition(
            name = "Shortest pause (s)",
            min = "1",
            max = "" + SettingsReader.MAX_RECONNECT_MIN,
            description = "Seconds before the first new attempt to connect. Doubled with each attempt that fails, and"
                    + " shortened by up to a half at random.")
    int reconnect_min() default SettingsReader.RECONNECT_MIN;

    @AttributeDefinition(
            name = "Longest pause (s)",
            min = "1",
            max = "" + SettingsReader.MAX_RECONNECT_MAX,
            description = "Seconds between attempts to connect, at most.")
    int reconnect_max() default SettingsReader.RECONNECT_MAX;

    @AttributeDefinition(
            name = "Queue limit (messages)",
            min = "1",
            max = "" + SettingsReader.MAX_QUEUE_LIMIT,
            description =
                    "Messages that are kept, in memory, until the broker has them. Beyond it the oldest message of"
                            + " the least urgent priority is dropped and counted.")
    int queue_limit() default SettingsReader.QUEUE_LIMIT;

    @AttributeDefinition(
            name = "SSL manager",
            description = "The service with the keys and the trusted certificates for ssl://. While it is "
                    + TlsAdapter.NONE
                    + ", those of the Java runtime are used.")
    String SslManagerService_target() default TlsAdapter.NONE;
}
