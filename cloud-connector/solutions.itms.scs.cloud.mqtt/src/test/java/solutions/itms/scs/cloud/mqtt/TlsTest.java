package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.store.FileStores;

class TlsTest {
    @TempDir
    Path folder;

    @Test
    void messages_go_over_tls_with_the_ssl_manager_that_was_chosen() throws Exception {
        Certificates certificates = Certificates.selfSigned(folder, "ip:127.0.0.1");
        try (TestBroker broker = TestBroker.start(certificates.acceptor());
                Gateway gateway = new Gateway(broker.url(), "SslManagerService.target", "(kura.service.pid=ours)")) {
            await().untilAsserted(() -> assertThat(gateway.info("Last error"))
                    .contains("SSL manager (kura.service.pid=ours) is not there"));

            gateway.endpoint.setSslManagerService(manager(certificates.trusting()));
            gateway.awaitConnected();
            String id = gateway.publish(1);
            await().untilAsserted(() -> assertThat(gateway.confirmed).containsExactly(id));

            gateway.endpoint.onConfigurationUpdated();
            await().until(() -> gateway.news.contains("disconnected"));
            gateway.awaitConnected();
        }
    }

    @Test
    void messages_go_through_an_encrypted_web_socket() throws Exception {
        Certificates certificates = Certificates.selfSigned(folder, "ip:127.0.0.1");
        try (TestBroker broker = TestBroker.start(certificates.acceptor());
                Gateway gateway = new Gateway(
                        "wss://127.0.0.1:" + broker.port() + "/mqtt",
                        "SslManagerService.target",
                        "(kura.service.pid=ours)")) {
            gateway.endpoint.setSslManagerService(manager(certificates.trusting()));
            gateway.awaitConnected();
            String id = gateway.publish(1);
            await().untilAsserted(() -> assertThat(gateway.confirmed).containsExactly(id));
        }
    }

    @Test
    void a_broker_that_asks_for_a_certificate_is_shown_the_one_of_the_key_store() throws Exception {
        Certificates certificates = Certificates.selfSigned(folder, "ip:127.0.0.1");
        KeyStore keys = certificates.store();
        try (TestBroker broker = TestBroker.start(certificates.acceptorThatAsks());
                Gateway gateway = new Gateway(
                        broker.url(),
                        "KeystoreService.target",
                        "(kura.service.pid=keys)",
                        "ssl.certificate.alias",
                        "stranger")) {
            await().untilAsserted(() ->
                    assertThat(gateway.info("Last error")).contains("key store (kura.service.pid=keys) is not there"));
            gateway.endpoint.setKeystoreService((KeystoreService) Proxy.newProxyInstance(
                    TlsTest.class.getClassLoader(),
                    new Class<?>[] {KeystoreService.class},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "getKeyStore" -> keys;
                        case "getKeyManagers" -> certificates.keyManagers();
                        case "equals" -> self == arguments[0];
                        case "hashCode" -> 1;
                        default -> throw new UnsupportedOperationException(method.getName());
                    }));
            await().during(Duration.ofSeconds(2)).until(() -> !gateway.endpoint.isConnected());

            gateway.reconfigure("ssl.certificate.alias", "broker");
            gateway.awaitConnected();
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused_in_plain_words() throws Exception {
        Certificates certificates = Certificates.selfSigned(folder, "ip:127.0.0.1");
        try (TestBroker broker = TestBroker.start(certificates.acceptor());
                Gateway gateway = new Gateway(broker.url())) {
            await().untilAsserted(() -> assertThat(gateway.info("Last error"))
                    .contains("the certificate of " + broker.url() + " is not signed by anybody this gateway trusts"));
        }
    }

    @Test
    void a_trusted_certificate_for_another_host_is_refused() throws Exception {
        Certificates certificates = Certificates.selfSigned(folder, "dns:other.example.org");
        TlsSource unchecking = new TlsSource() {
            @Override
            public SSLSocketFactory sockets() {
                return certificates.trusting();
            }

            @Override
            public boolean checksHostName() {
                return false;
            }
        };
        try (TestBroker broker = TestBroker.start(certificates.acceptor());
                Connection connection = new Connection(
                        new FileStores(folder, Clock.systemUTC()),
                        "tls",
                        Map::of,
                        new Gateway.NoListener(),
                        id -> {},
                        Clock.systemUTC())) {
            connection.configure(
                    SettingsReader.read(Map.of("broker.url", broker.url()), stored -> stored, () -> "gw1"), unchecking);

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(connection.session().status().lastError())
                                    .contains("the certificate of " + broker.url() + " is refused"));
        }
    }

    /** Kura's service, of which the connector uses one method. */
    private static SslManagerService manager(SSLSocketFactory sockets) {
        return (SslManagerService) Proxy.newProxyInstance(
                TlsTest.class.getClassLoader(),
                new Class<?>[] {SslManagerService.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getSSLSocketFactory" -> sockets;
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> 1;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
