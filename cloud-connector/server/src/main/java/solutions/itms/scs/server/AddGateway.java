package solutions.itms.scs.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import solutions.itms.scs.message.command.Ed25519;
import solutions.itms.scs.message.command.SigningKey;
import solutions.itms.scs.server.command.GatewayKeys;
import solutions.itms.scs.server.command.ServerKeys;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.PostgresAddress;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.GatewayRegistry;

/** The command {@code add-gateway}: new credentials, printed as the configuration of the gateway's cloud connection. */
final class AddGateway {
    private static final String PID = "solutions.itms.scs.cloud.mqtt.CloudEndpoint~scs";
    /** The component of the gateway that carries out commands. */
    static final String EXECUTOR = "solutions.itms.scs.command.Executor";

    private static final Set<String> SCHEMES = Set.of("tcp", "ssl", "ws", "wss");

    private AddGateway() {}

    static void run(List<String> words, PrintStream out, Clock clock) throws StartException, IOException {
        Options options = Options.parse(
                words, Options.names(DatabaseOptions.NAMES, "--data", "--account", "--mqtt-url"), Set.of("--renew"));
        if (options.arguments().size() != 1) {
            throw Options.usage("add-gateway needs exactly one id");
        }
        GatewayIdentity gateway =
                identity(options.arguments().get(0), options.text("--account").orElse("scs"));
        String url = brokerUrl(options.text("--mqtt-url").orElse("tcp://127.0.0.1:1883"));
        DataDirectory data = DataDirectory.create(options.path("--data"));
        PostgresAddress postgres = DatabaseOptions.postgres(options, System.getenv());
        try (Database database = DatabaseOptions.open(postgres, data)) {
            String secret = credentials(database, gateway, options.has("--renew"), clock);
            configuration(gateway, url, secret).forEach((key, value) -> out.println(PID + "/" + key + "=" + value));
            ServerKeys keys = ServerKeys.open(data.commandKeys(), clock.instant());
            SigningKey own = GatewayKeys.enrol(database, gateway.id(), keys, clock.instant());
            commands(keys, own).forEach((key, value) -> out.println(EXECUTOR + "/" + key + "=" + value));
        }
        out.flush();
    }

    /** By which keys the gateway knows its commands, and signs what comes of them. */
    private static Map<String, String> commands(ServerKeys keys, SigningKey own) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("server.keys", String.join(",", keys.publicKeys()));
        lines.put("gateway.key", own.id() + ":" + Ed25519.text(own.key()));
        return lines;
    }

    private static String credentials(Database database, GatewayIdentity gateway, boolean renew, Clock clock)
            throws StartException {
        GatewayRegistry gateways = new GatewayRegistry(database, clock);
        Optional<String> secret = renew ? gateways.renew(gateway) : gateways.add(gateway);
        return secret.orElseThrow(() -> refusal(gateway, renew));
    }

    private static StartException refusal(GatewayIdentity gateway, boolean renew) {
        return new StartException(
                StartException.USAGE,
                renew
                        ? "there is no gateway " + gateway.id() + " in account " + gateway.account()
                        : "there is a gateway " + gateway.id() + " already; --renew gives it a new password");
    }

    private static Map<String, String> configuration(GatewayIdentity gateway, String url, String secret) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("broker.url", url);
        lines.put("account.name", gateway.account());
        lines.put("client.id", gateway.id());
        lines.put("username", gateway.id());
        lines.put("password", secret);
        return lines;
    }

    private static GatewayIdentity identity(String id, String account) throws StartException {
        try {
            return new GatewayIdentity(id, account);
        } catch (IllegalArgumentException e) {
            throw Options.usage(String.valueOf(e.getMessage()));
        }
    }

    private static String brokerUrl(String url) throws StartException {
        try {
            URI uri = new URI(url);
            if (uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw Options.usage("option --mqtt-url must look like tcp://host:1883, not " + url);
    }
}
