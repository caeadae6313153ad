package solutions.itms.scs.server;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.ingest.BrokerLink;
import solutions.itms.scs.server.ingest.BrokerTls;

/** Which MQTT broker the server uses, from the command line and the environment. */
final class BrokerOptions {
    static final Set<String> NAMES = Set.of(
            "--broker-url",
            "--broker-user",
            "--broker-password-file",
            "--broker-client-id",
            "--broker-ca-file",
            "--broker-keystore-file",
            "--broker-keystore-password-file");

    private static final Map<String, Integer> PORTS = Map.of("tcp", 1883, "ssl", 8883);

    private BrokerOptions() {}

    /** The broker that is asked for; null for the server's own. */
    static BrokerLink.@Nullable Address external(Options options, Map<String, String> environment)
            throws StartException {
        Optional<String> url = options.value("--broker-url", environment, "SCS_BROKER_URL");
        if (url.isEmpty()) {
            return null;
        }
        URI uri = uri(url.get());
        String user =
                options.value("--broker-user", environment, "SCS_BROKER_USER").orElse(null);
        String password = options.secret("--broker-password-file", environment, "SCS_BROKER_PASSWORD");
        return new BrokerLink.Address(
                uri.getHost(),
                uri.getPort() > 0 ? uri.getPort() : PORTS.getOrDefault(uri.getScheme(), 0),
                uri.getScheme().equals("ssl") ? tls(options, environment) : null,
                options.value("--broker-client-id", environment, "SCS_BROKER_CLIENT_ID")
                        .orElse("scs-server"),
                user,
                user == null ? null : password,
                BrokerLink.GENEROUS_RECEIVE_MAXIMUM);
    }

    private static BrokerTls tls(Options options, Map<String, String> environment) throws StartException {
        Path authorities = options.value("--broker-ca-file", environment, "SCS_BROKER_CA_FILE")
                .map(Path::of)
                .orElse(null);
        Path keyStore = options.value("--broker-keystore-file", environment, "SCS_BROKER_KEYSTORE_FILE")
                .map(Path::of)
                .orElse(null);
        String password =
                options.secret("--broker-keystore-password-file", environment, "SCS_BROKER_KEYSTORE_PASSWORD");
        try {
            return BrokerTls.read(authorities, keyStore, password);
        } catch (IOException e) {
            throw Options.usage("the broker's connection can't be encrypted: " + e.getMessage());
        }
    }

    private static URI uri(String url) throws StartException {
        try {
            URI uri = new URI(url);
            if (PORTS.containsKey(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        // not repeated: it may hold a password
        throw Options.usage("option --broker-url must look like tcp://host:1883 or ssl://host:8883; user and password"
                + " have options of their own");
    }
}
