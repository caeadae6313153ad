package solutions.itms.scs.onvif.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a TLS server that others wrote, with certificates that are self-signed, expired and for another name. */
class HttpsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
    private final List<String> first = new CopyOnWriteArrayList<>();
    private NetworkLoop loop;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        loop = new NetworkLoop("test");
    }

    @AfterEach
    void stop() {
        loop.close();
        if (server != null) {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @DisplayName("Q10 a self-signed, expired certificate for another name is trusted when it is the first, and pinned")
    void theFirstCertificateIsPinned(String version) throws Exception {
        String fingerprint = serve("one", version);
        Trust trust = new Trust("", first::add);
        try (HttpClient client = new HttpClient(loop, trust)) {
            assertThat(text(get(client, "/small"))).isEqualTo("small");
            assertThat(text(get(client, "/small"))).isEqualTo("small");
            assertThat(first).containsExactly(fingerprint);
            assertThat(trust.fingerprint()).isEqualTo(fingerprint);
            assertThat(clients).as("connections").hasSize(1);
        }
    }

    @Test
    @DisplayName("Q10 large bodies go both ways over TLS")
    void largeBodiesGoBothWays() throws Exception {
        serve("one", "TLSv1.3");
        byte[] body = new byte[700_000];
        new java.util.Random(3).nextBytes(body);
        try (HttpClient client = new HttpClient(loop, new Trust("", first::add))) {
            HttpRequest post = new HttpRequest("POST", "/echo", Map.of(), body, true);
            assertThat(client.send(endpoint(), post, LIMIT, 1_000_000)
                            .get(20, TimeUnit.SECONDS)
                            .body())
                    .isEqualTo(body);
        }
    }

    @Test
    @DisplayName("Q10 another certificate than the pinned one ends the connection before anything is sent")
    void anotherCertificateIsRefused() throws Exception {
        String fingerprint = serve("one", "TLSv1.3");
        try (HttpClient client = new HttpClient(loop, new Trust(fingerprint.toUpperCase(), first::add))) {
            assertThat(text(get(client, "/small"))).isEqualTo("small");
        }
        server.stop(0);
        clients.clear();
        String other = serve("two", "TLSv1.3");
        try (HttpClient client = new HttpClient(loop, new Trust(fingerprint, first::add))) {
            assertThatThrownBy(() -> get(client, "/small"))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(HttpFailure.class)
                    .hasMessageContaining(other);
        }
        assertThat(first).isEmpty();
        assertThat(clients).isEmpty();
    }

    @Test
    @DisplayName("Q10 a port that takes connections and does not speak TLS costs the time limit, no more")
    void aMutePortEndsAtTheLimit() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                HttpClient client = new HttpClient(loop, new Trust("", first::add))) {
            long begun = System.nanoTime();
            HttpRequest request = new HttpRequest("GET", "/", Map.of(), new byte[0], true);
            assertThatThrownBy(() -> client.send(
                                    new Endpoint(true, "127.0.0.1", mute.getLocalPort()),
                                    request,
                                    Duration.ofMillis(300),
                                    10)
                            .get(20, TimeUnit.SECONDS))
                    .cause()
                    .hasMessage("no answer in time");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private HttpResponse get(HttpClient client, String path) throws Exception {
        return client.send(endpoint(), new HttpRequest("GET", path, Map.of(), new byte[0], true), LIMIT, 10_000)
                .get(20, TimeUnit.SECONDS);
    }

    private static String text(HttpResponse response) {
        assertThat(response.status()).isEqualTo(200);
        return new String(response.body(), UTF_8);
    }

    private Endpoint endpoint() {
        return Endpoint.parse("https://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Starts a server and tells the fingerprint of its certificate. */
    private String serve(String name, String version) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "camera",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=some other name",
                        "-startdate",
                        "-3y",
                        "-validity",
                        "365",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                javax.net.ssl.SSLParameters chosen = context.getDefaultSSLParameters();
                chosen.setProtocols(new String[] {version});
                parameters.setSSLParameters(chosen);
            }
        });
        server.createContext("/", exchange -> {
            clients.add(exchange.getRemoteAddress());
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] answer = body.length > 0 ? body : "small".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(store.getCertificate("camera").getEncoded()));
    }
}
