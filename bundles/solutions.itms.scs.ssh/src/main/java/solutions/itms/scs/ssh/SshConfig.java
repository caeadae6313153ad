package solutions.itms.scs.ssh;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What an administrator sees of this component in the Kura web console. */
@ObjectClassDefinition(
        id = SshConfig.PID,
        name = "SCS Gates over SSH",
        description = "Whether gates answer over SSH, beside their heartbeats.")
@interface SshConfig {
    String PID = "solutions.itms.scs.ssh";
    String NO_KEYSTORE = "(kura.service.pid=changeme)";

    @AttributeDefinition(name = "Enabled", description = "Whether gates are probed.")
    boolean enabled() default true;

    @AttributeDefinition(name = "User", description = "User name on the gates.")
    String user() default "scs";

    @AttributeDefinition(
            name = "Key File",
            required = false,
            description = "Path of the private key to log in with (OpenSSH or PEM; Ed25519, ECDSA or RSA), readable by"
                    + " its owner alone. Passwords are never offered.")
    String key_file() default "";

    @AttributeDefinition(
            name = "Former Key File",
            required = false,
            description = "Path of a second private key, for gates that do not know the first one yet; empty again when"
                    + " the rotation is over.")
    String key_file_old() default "";

    @AttributeDefinition(
            name = "Passphrase",
            type = AttributeType.PASSWORD,
            required = false,
            description = "Opens the key files; empty = they are not encrypted.")
    String key_passphrase() default "";

    @AttributeDefinition(
            name = "Key Store",
            description = "Key store of Kura that has keys to log in with, beside or instead of the files.")
    String KeystoreService_target() default NO_KEYSTORE;

    @AttributeDefinition(
            name = "Key Alias",
            required = false,
            description = "Name of the key in the key store; it is tried before the files.")
    String key_alias() default "";

    @AttributeDefinition(
            name = "Former Key Alias",
            required = false,
            description = "Name of a second key, for gates that do not know the first one yet.")
    String key_alias_old() default "";

    @AttributeDefinition(
            name = "Passwords",
            type = AttributeType.PASSWORD,
            required = false,
            description =
                    "For the few gates that take no keys: G1-01=secret, between blanks. A password is offered to the"
                            + " gate that it belongs to alone, and after the keys.")
    String passwords() default "";

    @AttributeDefinition(
            name = "Old Gates",
            required = false,
            description = "Ids of gates, between commas, that may use algorithms which are no longer safe (SHA-1, CBC),"
                    + " because they have no others.")
    String old_gates() default "";

    @AttributeDefinition(
            name = "Interval",
            min = "5",
            max = "86400",
            description =
                    "Seconds from one probe of a gate to the next; gates that do not answer are probed up to eight"
                            + " times less often.")
    int interval() default SshSettings.DEFAULT_INTERVAL;

    @AttributeDefinition(
            name = "Timeout",
            min = "1",
            max = "60",
            description = "Seconds after which a probe is given up, whatever it is waiting for.")
    int timeout() default SshSettings.DEFAULT_DEADLINE;

    @AttributeDefinition(
            name = "Timeout Connect",
            min = "0",
            max = "60",
            description = "Seconds, within Timeout, until a gate's port has accepted; 0 = as long as Timeout.")
    int timeout_connect() default LevelLimits.DEFAULT_CONNECT;

    @AttributeDefinition(
            name = "Timeout Banner",
            min = "0",
            max = "60",
            description =
                    "Seconds, within Timeout, from there until the gate has shown its host key; 0 = as long as Timeout.")
    int timeout_banner() default 0;

    @AttributeDefinition(
            name = "Timeout Login",
            min = "0",
            max = "60",
            description = "Seconds, within Timeout, until the gate has let us in; 0 = as long as Timeout.")
    int timeout_login() default 0;

    @AttributeDefinition(
            name = "Timeout Command",
            min = "0",
            max = "60",
            description = "Seconds, within Timeout, until the command of a probe has ended; 0 = as long as Timeout.")
    int timeout_command() default 0;

    @AttributeDefinition(
            name = "Parallel Probes",
            min = "1",
            max = "128",
            description = "Gates probed at the same time.")
    int parallel() default SshSettings.DEFAULT_WORKERS;

    @AttributeDefinition(
            name = "Command",
            required = false,
            description =
                    "Run on the gate after the login; empty = uptime, load, clock, disk and version of a Linux system."
                            + " A line that begins with firmware= tells the gate's firmware.")
    String command() default "";

    @AttributeDefinition(
            name = "Ports",
            required = false,
            description = "SSH ports of gates where it is not the station's deviceProbePort, such as G1-01=22, between"
                    + " commas.")
    String ports() default "";

    @AttributeDefinition(
            name = "Host Key Policy",
            description = "What to do with the first host key that a gate shows; one that changes is never taken"
                    + " without asking.",
            options = {
                @Option(value = "first_use", label = "Trust the first one"),
                @Option(value = "ask", label = "Ask")
            })
    String host_key_policy() default "first_use";

    @AttributeDefinition(
            name = "Host Keys",
            required = false,
            description = "Fingerprints that gates must have, such as G1-01=SHA256:…, as ssh-keygen -l prints them,"
                    + " between commas.")
    String host_keys() default "";

    @AttributeDefinition(
            name = "Logs Interval",
            min = "0",
            max = "10080",
            description =
                    "Minutes from one collection of a gate's logs to the next; 0 = only when somebody asks. What is"
                            + " collected is in the catalogues of deviceCommunicationPath.")
    int logs_interval() default 60;

    @AttributeDefinition(
            name = "Logs Maximum",
            min = "1",
            max = "100000",
            description = "Megabytes that are fetched from one gate in one collection; the next one goes on there.")
    int logs_max_size() default 200;

    @AttributeDefinition(
            name = "Logs Rate",
            min = "0",
            max = "1000000",
            description = "Kilobytes a second that are fetched from one gate; 0 = as fast as it goes.")
    int logs_rate() default 2048;

    @AttributeDefinition(
            name = "Logs Retention",
            min = "1",
            max = "365",
            description = "Days that collected logs are kept on this gateway.")
    int logs_days() default 14;

    @AttributeDefinition(
            name = "Logs Quota",
            min = "10",
            max = "1000000",
            description =
                    "Megabytes that collected logs of all gates may take on the disk, compressed; the oldest go first.")
    int logs_quota() default 1024;
}
