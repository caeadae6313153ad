package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.factory.CloudConnectionFactory;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.store.FileStores;

class ComponentsTest {
    private static final String NOWHERE = "tcp://127.0.0.1:1";

    @Test
    void a_publisher_without_an_endpoint_says_so() {
        CloudPublisherComponent publisher = new CloudPublisherComponent();
        publisher.activate(Map.of("cloud.endpoint.service.pid", "cloud-7"));

        assertThatThrownBy(() -> publisher.publish(Gateway.message("x", 1, Map.of())))
                .isInstanceOfSatisfying(
                        KuraException.class, e -> assertThat(e.getCode()).isEqualTo(KuraErrorCode.NOT_CONNECTED))
                .hasMessageContaining("there is no cloud endpoint cloud-7");
    }

    @Test
    void a_publisher_takes_the_only_endpoint_but_does_not_guess_between_two() throws Exception {
        try (Gateway first = new Gateway(NOWHERE);
                Gateway second = new Gateway(NOWHERE)) {
            CloudPublisherComponent publisher = new CloudPublisherComponent();
            publisher.addCloudEndpoint(first.endpoint, Map.of("service.pid", "CloudEndpoint~scs"));
            publisher.activate(Map.of());
            publisher.publish(Gateway.message("x", 1, Map.of()));

            publisher.addCloudEndpoint(second.endpoint, Map.of("kura.service.pid", "second"));
            assertThatThrownBy(() -> publisher.publish(Gateway.message("x", 2, Map.of())))
                    .hasMessageContaining("more than one");

            publisher.modified(Map.of("cloud.endpoint.service.pid", "second"));
            publisher.publish(Gateway.message("x", 3, Map.of()));
            publisher.removeCloudEndpoint(second.endpoint);
            publisher.modified(Map.of("cloud.endpoint.service.pid", "CloudEndpoint~scs"));
            publisher.publish(Gateway.message("x", 4, Map.of()));

            assertThat(first.info("Queued")).isEqualTo("2");
            assertThat(second.info("Queued")).isEqualTo("1");
        }
    }

    @Test
    void a_message_that_cannot_be_sent_is_refused_with_the_reason() {
        try (Gateway gateway = new Gateway(NOWHERE)) {
            KuraPayload unsuited = new KuraPayload();
            unsuited.addMetric("list", List.of(1));

            assertInvalid(gateway, new KuraMessage(new KuraPayload()), "no property 'subject'");
            assertInvalid(gateway, new KuraMessage(new KuraPayload(), null), "no property 'subject'");
            assertInvalid(gateway, new KuraMessage(null, Map.of("subject", "x")), "no payload");
            assertInvalid(gateway, new KuraMessage(unsuited, Map.of("subject", "x")), "metric 'list'");
            assertInvalid(gateway, Gateway.message("a/#", 1, Map.of()), "can't be part of a topic");
            assertInvalid(gateway, Gateway.message("x", 1, Map.of("qos", 2)), "qos '2' is no whole number from 0 to 1");
            assertThat(gateway.info("Queued")).isEqualTo("0");
        }
    }

    @Test
    void an_endpoint_survives_any_properties_and_says_what_is_wrong_with_them() {
        try (Gateway gateway = new Gateway("mqtt.example.org", "keep.alive", "often", "more", new Object())) {
            await().untilAsserted(() -> assertThat(gateway.info("Last error"))
                    .contains("broker.url must be like tcp://host:1883", "keep.alive 'often' is no whole number"));
            assertThat(gateway.info("Broker URL")).isEqualTo("none");
            assertThatThrownBy(gateway.endpoint::connect).hasMessageContaining("no usable broker.url");
        }
    }

    @Test
    void passwords_are_decrypted_or_taken_as_they_are() throws Exception {
        CryptoService crypto = service(CryptoService.class, "decryptAes", arguments -> {
            String text = new String((char[]) arguments[0]);
            if (!text.startsWith("enc:")) {
                throw new IllegalArgumentException("no Base64");
            }
            return text.substring(4).toCharArray();
        });
        try (TestBroker broker = TestBroker.start();
                Gateway encrypted = new Gateway(broker.url(), "password", "enc:secret", "client.id", "gw2")) {
            encrypted.endpoint.setCryptoService(crypto);
            encrypted.awaitConnected();
            try (Gateway plain = new Gateway(broker.url())) {
                plain.endpoint.setCryptoService(crypto);
                plain.awaitConnected();
            }
        }
    }

    @Test
    void an_empty_client_id_becomes_the_mac_address_as_soon_as_it_is_known() {
        try (Gateway gateway = new Gateway(NOWHERE, "client.id", "")) {
            assertThat(gateway.info("Client ID")).isNotEmpty();

            gateway.endpoint.setSystemService(
                    service(SystemService.class, "getPrimaryMacAddress", arguments -> "AA:BB:CC:00:11:22"));

            assertThat(gateway.info("Client ID")).isEqualTo("AA:BB:CC:00:11:22");
        }
    }

    @Test
    void a_connection_without_acknowledgements_is_dropped_though_pings_are_answered() throws Exception {
        try (MuteBroker broker = new MuteBroker();
                Gateway gateway = new Gateway(broker.url(), "keep.alive", 1, "connect.timeout", 1).awaitConnected()) {
            gateway.publish(1);

            await().atMost(Duration.ofSeconds(20)).until(() -> broker.connections() >= 2);
            assertThat(gateway.news).contains("lost");
            assertThat(gateway.info("Last error")).contains("no answer from " + broker.url());
        }
    }

    @Test
    void the_factory_makes_lists_and_removes_endpoints_through_the_configuration_service(@TempDir Path directory)
            throws Exception {
        Files.writeString(directory.resolve("outbox-two.sqlite"), "");
        List<Object> calls = new ArrayList<>();
        ConfigurationService configuration = service(ConfigurationService.class, null, arguments -> {
            calls.add(List.of(arguments));
            return null;
        });
        CloudConnectionFactoryComponent factory =
                new CloudConnectionFactoryComponent(new FileStores(directory, Clock.systemUTC()));
        assertThatThrownBy(() -> factory.createConfiguration("x")).hasMessageContaining("no configuration service");
        factory.setConfigurationService(configuration);

        factory.createConfiguration("solutions.itms.scs.cloud.mqtt.CloudEndpoint-2");
        try (Gateway gateway = new Gateway(NOWHERE)) {
            factory.addCloudEndpoint(gateway.endpoint, Map.of("kura.service.pid", "two"));
            assertThat(factory.getManagedCloudConnectionPids()).containsExactly("two");
            assertThat(factory.getStackComponentsPids("two")).containsExactly("two");
            factory.removeCloudEndpoint(gateway.endpoint);
            assertThat(factory.getManagedCloudConnectionPids()).isEmpty();
        }
        factory.deleteConfiguration("two");
        assertThat(directory.resolve("outbox-two.removed")).exists();

        assertThat(factory.getFactoryPid()).isEqualTo("solutions.itms.scs.cloud.mqtt.CloudEndpoint");
        assertThat(calls)
                .containsExactly(
                        List.of(
                                factory.getFactoryPid(),
                                "solutions.itms.scs.cloud.mqtt.CloudEndpoint-2",
                                Map.of(
                                        CloudConnectionFactory.KURA_CLOUD_CONNECTION_FACTORY_PID,
                                        "solutions.itms.scs.cloud.mqtt.CloudConnectionFactory"),
                                true),
                        List.of("two", true));
    }

    private static void assertInvalid(Gateway gateway, KuraMessage message, String why) {
        assertThatThrownBy(() -> gateway.publisher.publish(message))
                .isInstanceOfSatisfying(
                        KuraException.class, e -> assertThat(e.getCode()).isEqualTo(KuraErrorCode.INVALID_PARAMETER))
                .hasMessageContaining(why);
    }

    private interface Answer {
        @Nullable
        Object to(Object[] arguments);
    }

    /** A service of Kura that answers one method, or all if none is named, and null otherwise. */
    private static <T> T service(Class<T> type, @Nullable String method, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, arguments) ->
                        method == null || called.getName().equals(method) ? answer.to(arguments) : null));
    }
}
