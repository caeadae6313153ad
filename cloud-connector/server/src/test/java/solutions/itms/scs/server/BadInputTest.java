package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Sequence;

/** What a gateway must not send, through the real broker: it harms nobody, itself included. */
class BadInputTest {
    private static final Instant AT = Instant.parse("2026-03-01T07:00:00Z");

    @TempDir
    static Path directory;

    private static TestServer server;
    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(directory);
        api = server.admin();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aPayloadBeyondTheLimitEndsItsConnectionAloneAndTheGatewayMayComeBack() throws Exception {
        String password = server.addGateway("GW-large");
        try (TestGateway other = server.gateway("GW-other").connect("s").birth("s")) {
            TestGateway gateway = new TestGateway(server.mqttUrl(), "GW-large", password).connect("s");
            gateway.mqtt()
                    .getTopic(gateway.topic("gateway/metrics"))
                    .publish(new MqttMessage(new byte[17 * 1024 * 1024]));
            await().until(() -> !gateway.mqtt().isConnected());
            gateway.close();

            other.publish(other.topic("gateway/metrics"), cpu(1));
            try (TestGateway again = new TestGateway(server.mqttUrl(), "GW-large", password).connect("s2")) {
                again.publish(again.topic("gateway/metrics"), cpu(1));

                await().until(() -> latest("GW-large") == 1 && latest("GW-other") == 1);
            }
        }
    }

    @Test
    void whatCannotBeReadIsCountedOnAConnectionThatGoesOn() throws Exception {
        long before = api.metric("messagesBad");
        try (TestGateway gateway = server.gateway("GW-odd").connect("s").birth("s")) {
            gateway.publish(gateway.topic("gateway/metrics"), new byte[] {1, 2, 3});
            gateway.publish(gateway.topic("gateway//metrics"), cpu(1));
            gateway.publish(gateway.topic("gateway/metrics"), cpu(2));

            await().until(() -> latest("GW-odd") == 2);
            assertThat(api.metric("messagesBad") - before).isEqualTo(2);
            assertThat(gateway.mqtt().isConnected()).isTrue();
            assertThat(api.gateway("GW-odd").get("gaps").asInt()).isZero();
        }
    }

    private static byte[] cpu(long seq) {
        return PayloadCodec.encode(new Sequence("e", seq).on(Payload.of(AT, Map.of("cpu", seq))));
    }

    private static long latest(String gateway) {
        return TestApi.json(api.get("/api/v1/metrics/latest?gateway=" + gateway))
                .path(0)
                .path("value")
                .asLong();
    }
}
