package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void without_any_property_the_defaults_hold() {
        Settings settings = read(Map.of());

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.enabled()).isTrue();
        assertThat(settings.broker()).isEqualTo(new Broker(false, "127.0.0.1", 1883));
        assertThat(settings.account()).isEqualTo("scs");
        assertThat(settings.clientId()).isEqualTo("AA:BB");
        assertThat(settings.window()).isEqualTo(50);
    }

    @Test
    void wrong_types_and_values_are_replaced_and_named() {
        Settings settings = read(Map.of(
                "enabled",
                "perhaps",
                "broker.url",
                17,
                "account.name",
                "a/b",
                "client.id",
                new String[] {"x"},
                "keep.alive",
                "often",
                "connect.timeout",
                0,
                "in.flight",
                1_000_000L,
                "reconnect.max",
                "30",
                "queue.limit",
                3.5,
                "unknown",
                new Object()));

        assertThat(settings.enabled()).isTrue();
        assertThat(settings.account()).isEqualTo("scs");
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.window()).isEqualTo(50);
        assertThat(settings.reconnectMax()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.queueLimit()).isEqualTo(10_000);
        assertThat(String.join("\n", settings.problems()))
                .contains(
                        "enabled",
                        "broker.url",
                        "account.name",
                        "keep.alive 'often' is no whole number from 1 to 3600; using 30",
                        "connect.timeout '0'",
                        "in.flight",
                        "queue.limit")
                .doesNotContain("reconnect.max", "unknown");
    }

    @Test
    void a_broker_url_that_is_none_leaves_no_broker() {
        Settings settings = read(Map.of("broker.url", "tcp://user:secret@host:1883"));

        assertThat(settings.broker()).isNull();
        assertThat(settings.problems()).containsExactly("broker.url must be like tcp://host:1883 or ssl://host:8883");
    }

    @Test
    void characters_that_topics_cannot_hold_become_dashes_in_the_client_id() {
        assertThat(read(Map.of("client.id", "gate.way/7#+")).clientId()).isEqualTo("gate-way-7--");
    }

    @Test
    void a_password_is_decrypted_and_never_shown() {
        Settings settings = SettingsReader.read(Map.of("password", " s "), stored -> stored + "!", () -> "x");

        assertThat(settings.password()).isEqualTo(" s !");
        assertThat(settings.toString()).doesNotContain("s !");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://host,false,host,1883",
        "ssl://broker.example.org,true,broker.example.org,8883",
        "tcp://10.0.0.1:1884/,false,10.0.0.1,1884",
        "ssl://[fe80::1]:8884,true,[fe80::1],8884",
        "tcp://my_broker:1883,false,my_broker,1883"
    })
    void a_broker_url_is_taken_apart(String url, boolean tls, String host, int port) {
        assertThat(Broker.parse(url)).contains(new Broker(tls, host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host:1883",
                "http://host",
                "tcp://",
                "tcp://host:0",
                "tcp://host:70000",
                "tcp://a b",
                "ws://h"
            })
    void other_urls_are_refused(String url) {
        assertThat(Broker.parse(url)).isEmpty();
    }

    @Test
    void a_publisher_fills_its_topic_and_lets_a_message_decide_qos_and_priority() {
        PublisherSettings settings = PublisherSettings.read(Map.of("app.topic", "A1/$assetName/$n", "qos", 0));

        assertThat(settings.properties(Map.of("assetName", "a$1", "n", 3)))
                .containsEntry("appId", "SCS-V1")
                .containsEntry("appTopic", "A1/a$1/3")
                .containsEntry("qos", 0)
                .containsEntry("priority", 7);
        assertThat(settings.properties(Map.of("assetName", "a", "n", 3, "qos", 1, "priority", 2)))
                .containsEntry("qos", 1)
                .containsEntry("priority", 2);
    }

    @Test
    void a_publisher_survives_wrong_properties() {
        Map<String, Object> properties = new HashMap<>(Map.of("appId", "a/b", "message.type", "secret", "qos", "two"));

        PublisherSettings settings = PublisherSettings.read(properties);

        assertThat(settings.appId()).isEqualTo("SCS-V1");
        assertThat(settings.control()).isFalse();
        assertThat(settings.qos()).isEqualTo(1);
        assertThat(settings.problems()).hasSize(3);
    }

    private static Settings read(Map<String, ?> properties) {
        return SettingsReader.read(properties, stored -> stored, () -> "AA:BB");
    }
}
