package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.cloud.mqtt.outbox.OutboxLimits;

class SettingsTest {
    @Test
    void without_any_property_the_defaults_hold() {
        Settings settings = read(Map.of());

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.enabled()).isTrue();
        assertThat(settings.brokers()).containsExactly(new Broker(false, false, "127.0.0.1", 1883, ""));
        assertThat(settings.queue())
                .isEqualTo(new OutboxLimits(500_000_000L, Duration.ofHours(168), true, true, Duration.ofSeconds(60)));
        assertThat(settings.pacing()).isEqualTo(new Pacing(100, 512_000, Duration.ofSeconds(15)));
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
                "queue.megabytes",
                3.5,
                "confirmation",
                "never",
                "unknown",
                new Object()));

        assertThat(settings.enabled()).isTrue();
        assertThat(settings.account()).isEqualTo("scs");
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.window()).isEqualTo(50);
        assertThat(settings.queue().maxBytes()).isEqualTo(500_000_000L);
        assertThat(settings.queue().receipts()).isTrue();
        assertThat(String.join("\n", settings.problems()))
                .contains(
                        "enabled",
                        "broker.url",
                        "account.name",
                        "keep.alive 'often' is no whole number from 1 to 3600; using 30",
                        "connect.timeout '0'",
                        "in.flight",
                        "queue.megabytes",
                        "confirmation is neither receipt nor broker; using receipt")
                .doesNotContain("unknown");
    }

    @Test
    void a_broker_url_that_is_none_leaves_no_broker() {
        Settings settings = read(Map.of("broker.url", "tcp://user:secret@host:1883"));

        assertThat(settings.brokers()).isEmpty();
        assertThat(String.join("", settings.problems()))
                .contains("broker.url must be like")
                .doesNotContain("secret");
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
        "tcp://host,tcp://host:1883",
        "mqtt://host,tcp://host:1883",
        "ssl://broker.example.org,ssl://broker.example.org:8883",
        "mqtts://broker.example.org,ssl://broker.example.org:8883",
        "tcp://10.0.0.1:1884/,tcp://10.0.0.1:1884",
        "ssl://[fe80::1]:8884,ssl://[fe80::1]:8884",
        "tcp://my_broker:1883,tcp://my_broker:1883",
        "ws://h,ws://h:80",
        "wss://h/mqtt,wss://h:443/mqtt",
        "ws://h:8080/a/b,ws://h:8080/a/b"
    })
    void a_broker_url_is_understood(String url, String whole) {
        assertThat(Broker.parse(url).orElseThrow().url()).isEqualTo(whole);
    }

    @Test
    void several_brokers_may_be_named() {
        assertThat(read(Map.of("broker.url", "tcp://a, ssl://b wss://c/mqtt")).urls())
                .isEqualTo("tcp://a:1883, ssl://b:8883, wss://c:443/mqtt");
        assertThat(read(Map.of("broker.url", "tcp://a, b")).brokers()).isEmpty();
        assertThat(read(Map.of("broker.url", "tcp://a,".repeat(11))).brokers()).isEmpty();
    }

    @Test
    void what_only_tunes_does_not_need_another_connection() {
        Settings before = read(Map.of());
        assertThat(read(Map.of("in.flight", 3, "drain.messages", 7, "queue.megabytes", 2))
                        .connectsLike(before))
                .isTrue();
        assertThat(read(Map.of("password", "x")).connectsLike(before)).isFalse();
        assertThat(read(Map.of("keep.alive", 7)).connectsLike(before)).isFalse();
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
                "tcp://h/path",
                "wss://u:p@h"
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
