package solutions.itms.scs.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.server.ingest.BrokerLink;

/** The server's command line. */
public final class Main {
    private static final int FAILED = 1;
    private static final int MAX_HISTORY_DAYS = 3_650;
    private static final int MAX_AUDIT_DAYS = 36_500;
    private static final Logger LOGGER = LoggerFactory.getLogger(Main.class);
    private static final String HELP = """
            SCS server: MQTT broker for gateways, HTTP API and console for people

            run --data DIR            starts the server; it runs until SIGTERM or Ctrl-C
              --http-port N           console and API, default 8080
              --mqtt-port N           MQTT for gateways, default 1883
              --bind ADDRESS          where both listen, default 127.0.0.1; 0.0.0.0 for all networks
              --admin-password-file F first line is the first password of user 'admin';
                                      without it a random one is made and told once
              --history-days N        how long metrics are kept, 1 to 3650, default 30
              --command-days N        how long commands are kept after their end, 1 to 3650, default 365
              --audit-days N          how long the audit is kept, 30 to 36500, default 1825
              --artifact-max-mb N     largest uploaded file, 1 to 1048576 MiB, default 2048
              --artifact-gateway-mb N  all files of one gateway, default 20480
              --artifact-account-mb N  all files of one account, default 204800
              --artifact-gateway-files N  files of one gateway, 1 to 1000000, default 10000
              --artifact-stale-minutes N  silence after which an upload has failed, 1 to 1440, default 30
              --artifact-days KIND=N,…  how long files are kept: log, snapshot, clip, other (30 each), video and
                                      recording (90 each), 1 to 3650
              --s3-bucket NAME        keeps files in a bucket instead of the data folder
              --s3-url URL            of another S3 store than AWS
              --s3-region R           default us-east-1
              --s3-prefix P           before each key, default none
              --s3-access-key K       or SCS_S3_ACCESS_KEY
              --s3-secret-key-file F  first line is the secret; or SCS_S3_SECRET_KEY
              --s3-presigned          browsers fetch downloads from the store itself
              --reset-corrupt-db      keeps a damaged database aside and begins anew
              --broker-url URL        tcp:// or ssl://host:port of another MQTT 5 broker instead of the server's own;
                                      or SCS_BROKER_URL. ssl trusts what the JVM trusts, unless told otherwise
              --broker-ca-file F      PEM certificates that are trusted instead; or SCS_BROKER_CA_FILE
              --broker-keystore-file F  PKCS #12 with the certificate that the server shows there;
                                      or SCS_BROKER_KEYSTORE_FILE
              --broker-keystore-password-file F  first line is its password; or SCS_BROKER_KEYSTORE_PASSWORD
              --broker-user U         who the server is there; or SCS_BROKER_USER
              --broker-password-file F  first line is the password; or SCS_BROKER_PASSWORD
              --broker-client-id ID   its own for each of several servers, default scs-server
              --database-url URL      jdbc:postgresql://host/name instead of SQLite in the data folder;
                                      or the variable SCS_DATABASE_URL
              --database-user U       who the server is there; or SCS_DATABASE_USER
              --database-password-file F  first line is the password; or SCS_DATABASE_PASSWORD

            add-gateway ID --data DIR registers a gateway, also while a server runs, and prints its configuration
              --account NAME          first topic level, default scs
              --mqtt-url URL          how the gateway reaches the broker, default tcp://127.0.0.1:1883
              --renew                 gives a known gateway a new password
              and the options of the database, as above

            add-token NAME --data DIR prints a new token, with which GET /api/v1/metrics/export may be read
            remove-token NAME --data DIR
                                      both work while a server runs, and take the options of the database

            remove-gateway ID --data DIR  takes a gateway out, with its gates, its keys and what it reported; its
                                      commands end as REMOVED and stay

            add-user NAME --role R --data DIR  adds somebody who may log in: viewer, operator, approver or admin
              --password-file F       first line is the password; without it a random one is made and printed

            rotate-command-key --data DIR  makes a new key that signs commands; a running server takes it at its next
                                      start, and uses it for each gateway that was told of it
            command-keys GATEWAY --data DIR  prints the keys that a gateway has to know, and notes that it was told
            add-device-key GATEWAY --data DIR  makes a key for the HTTP API of devices and prints it as id:secret
            revoke-key KEY --data DIR refuses what this key of a device or a gateway signs, from now on

            help                      prints this
            """;

    private Main() {}

    /** Runs the command in {@code args}. Ends with 0, 1 (failed), 2 (wrong usage or in use) or 3 (damaged database). */
    public static void main(String[] args) {
        int status = run(Arrays.asList(args), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** As {@link #main}; returns the exit status. After {@code run} the server goes on in its own threads. */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        try {
            String command = args.isEmpty() ? "help" : args.get(0);
            List<String> words = args.isEmpty() ? args : args.subList(1, args.size());
            switch (command) {
                case "run" -> serve(words, out);
                case "add-gateway" -> AddGateway.run(words, out, Clock.systemUTC());
                case "add-token" -> TokenCommands.add(words, out, Clock.systemUTC());
                case "remove-token" -> TokenCommands.remove(words, Clock.systemUTC());
                case "add-user" -> AdminCommands.addUser(words, out, Clock.systemUTC());
                case "rotate-command-key" -> AdminCommands.rotateCommandKey(words, out, Clock.systemUTC());
                case "command-keys" -> AdminCommands.commandKeys(words, out, Clock.systemUTC());
                case "add-device-key" -> AdminCommands.addDeviceKey(words, out, Clock.systemUTC());
                case "remove-gateway" -> AdminCommands.removeGateway(words, Clock.systemUTC());
                case "revoke-key" -> AdminCommands.revokeKey(words, Clock.systemUTC());
                case "help", "--help", "-h" -> out.print(HELP);
                default -> throw Options.usage("there is no command " + command);
            }
            return 0;
        } catch (StartException e) {
            err.println(e.getMessage());
            return e.exitStatus();
        } catch (IOException | RuntimeException e) {
            LOGGER.error("failed", e);
            return FAILED;
        }
    }

    private static void serve(List<String> words, PrintStream out) throws StartException, IOException {
        Options options = Options.parse(
                words,
                Options.names(
                        Options.names(
                                Options.names(DatabaseOptions.NAMES, BrokerOptions.NAMES.toArray(new String[0])),
                                ArtifactOptions.NAMES.toArray(new String[0])),
                        "--data",
                        "--http-port",
                        "--mqtt-port",
                        "--bind",
                        "--history-days",
                        "--command-days",
                        "--audit-days",
                        "--admin-password-file"),
                Set.of("--reset-corrupt-db", ArtifactOptions.PRESIGNED));
        if (!options.arguments().isEmpty()) {
            throw Options.usage("run takes no argument " + options.arguments().get(0));
        }
        ServerConfig config = new ServerConfig(
                options.path("--data"),
                options.text("--bind").orElse("127.0.0.1"),
                options.port("--http-port", 8080),
                options.port("--mqtt-port", 1883),
                options.has("--admin-password-file") ? options.path("--admin-password-file") : null,
                options.has("--reset-corrupt-db"),
                DatabaseOptions.postgres(options, System.getenv()),
                BrokerOptions.external(options, System.getenv()),
                keep(options),
                ArtifactOptions.settings(options, System.getenv()),
                Clock.systemUTC(),
                ServerConfig.Timing.DEFAULT);
        Server server = Server.start(config);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            // a signal would make the exit status 143, though everything ended as it was asked to
                            Runtime.getRuntime().halt(0);
                        },
                        "stop"));
        String host = reachable(config.bind());
        BrokerLink.Address broker = config.broker();
        String mqtt = broker == null ? "tcp://" + host + ":" + server.mqttPort() : broker.url();
        out.println("ready console=http://" + host + ":" + server.httpPort() + " mqtt=" + mqtt);
        out.flush();
    }

    private static ServerConfig.Keep keep(Options options) throws StartException {
        return new ServerConfig.Keep(
                Duration.ofDays(options.whole("--history-days", 30, 1, MAX_HISTORY_DAYS)),
                Duration.ofDays(options.whole("--command-days", 365, 1, MAX_HISTORY_DAYS)),
                Duration.ofDays(options.whole("--audit-days", 1_825, 30, MAX_AUDIT_DAYS)));
    }

    /** The address by which a browser on this machine reaches what listens there. */
    private static String reachable(String bind) throws UnknownHostException {
        InetAddress address = InetAddress.getByName(bind);
        if (address.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        String host = address.getHostAddress();
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
