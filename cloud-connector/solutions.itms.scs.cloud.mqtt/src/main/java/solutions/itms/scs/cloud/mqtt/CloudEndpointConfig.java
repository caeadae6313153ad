package solutions.itms.scs.cloud.mqtt;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

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
            description = "tcp://host:1883, or ssl://host:8883 for an encrypted connection; ws://host/path or"
                    + " wss://host/path through a WebSocket. Several with commas between: the first one that answers.")
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
            description = "Seconds of silence after which the connection is tested. A dead one is noticed within one"
                    + " and a half such times.")
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
            name = "Confirmation",
            description = "What a numbered message is kept for. receipt: until the server says that it has stored it."
                    + " broker: until the broker acknowledges it, for servers that send no receipts.",
            options = {
                @Option(label = "Server's receipt", value = SettingsReader.RECEIPT),
                @Option(label = "Broker's acknowledgement", value = SettingsReader.BROKER)
            })
    String confirmation() default SettingsReader.RECEIPT;

    @AttributeDefinition(
            name = "Receipt timeout (s)",
            min = "1",
            max = "" + SettingsReader.MAX_RECEIPT_TIMEOUT,
            description = "Seconds without a receipt after which a message is sent again. Doubled, up to 64 times, as"
                    + " long as none comes at all.")
    int receipt_timeout() default SettingsReader.RECEIPT_TIMEOUT;

    @AttributeDefinition(
            name = "Queue size (MB)",
            min = "1",
            max = "" + SettingsReader.MAX_QUEUE_MEGABYTES,
            description = "Megabytes on the disk that undelivered messages may take. Beyond it the oldest message of"
                    + " the least urgent priority is dropped and counted; results of commands (priority 2) never are.")
    int queue_megabytes() default SettingsReader.QUEUE_MEGABYTES;

    @AttributeDefinition(
            name = "Queue age (h)",
            min = "0",
            max = "" + SettingsReader.MAX_QUEUE_HOURS,
            description = "Hours of running time after which an undelivered message is dropped and counted. 0: never.")
    int queue_hours() default SettingsReader.QUEUE_HOURS;

    @AttributeDefinition(
            name = "Queue sync",
            description = "full: an accepted message survives a power cut. normal: it survives the end of the process,"
                    + " a power cut may take the last ones; spares the flash.",
            options = {
                @Option(label = "Full", value = SettingsReader.FULL),
                @Option(label = "Normal", value = SettingsReader.NORMAL)
            })
    String queue_sync() default SettingsReader.FULL;

    @AttributeDefinition(
            name = "Drain (messages/s)",
            min = "0",
            max = "" + SettingsReader.MAX_DRAIN_MESSAGES,
            description = "Messages of priority 5 or more that are sent in a second, so that gateways that come back"
                    + " together do not flood the server. 0: no limit.")
    int drain_messages() default SettingsReader.DRAIN_MESSAGES;

    @AttributeDefinition(
            name = "Drain (kB/s)",
            min = "0",
            max = "" + SettingsReader.MAX_DRAIN_KILOBYTES,
            description = "Kilobytes of payload of such messages that are sent in a second. 0: no limit.")
    int drain_kilobytes() default SettingsReader.DRAIN_KILOBYTES;

    @AttributeDefinition(
            name = "Drain start (s)",
            min = "0",
            max = "" + SettingsReader.MAX_DRAIN_START,
            description = "A backlog of more than 200 messages waits for a random time up to so many seconds after the"
                    + " connection came up. 0: not at all.")
    int drain_start() default SettingsReader.DRAIN_START;

    @AttributeDefinition(
            name = "Announcement delay (s)",
            min = "0",
            max = "" + SettingsReader.MAX_ANNOUNCE_DELAY,
            description = "Seconds for which changes of the list of applications are gathered before the cloud is told."
                    + " The birth message at connecting is not delayed.")
    int announce_delay() default SettingsReader.ANNOUNCE_DELAY;

    @AttributeDefinition(
            name = "Request timeout (s)",
            min = "1",
            max = "" + SettingsReader.MAX_REQUEST_TIMEOUT,
            description = "Seconds that a request from the cloud may take before it is answered with an error.")
    int request_timeout() default SettingsReader.REQUEST_TIMEOUT;

    @AttributeDefinition(
            name = "SSL manager",
            description = "The service with the keys and the trusted certificates for ssl://. While it is "
                    + TlsAdapter.NONE
                    + ", those of the Java runtime are used.")
    String SslManagerService_target() default TlsAdapter.NONE;

    @AttributeDefinition(
            name = "Certificate alias",
            required = false,
            description =
                    "Name of the gateway's own key and certificate in the key store, for brokers that ask for one."
                            + " Empty: whichever fits.")
    String ssl_certificate_alias() default "";

    @AttributeDefinition(
            name = "Key store",
            description = "The service with keys and trusted certificates, where no SSL manager is chosen. While it is "
                    + TlsAdapter.NONE
                    + ", there is none.")
    String KeystoreService_target() default TlsAdapter.NONE;
}
