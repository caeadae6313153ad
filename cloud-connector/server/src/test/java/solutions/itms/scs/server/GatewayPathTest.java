package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static solutions.itms.scs.server.TestGateway.payload;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a gateway's MQTT client through the broker and the database to the API. */
class GatewayPathTest {
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
    void aGatesStateIsShownAsTheStationSaidIt() throws Exception {
        try (TestGateway gateway = server.gateway("GW.state").connect("s1").birth("s1")) {
            gateway.state("e", 1, "G1-01", "fault");

            await().until(() -> api.gateStatus("GW.state", "G1-01").equals("fault"));
            JsonNode gate = api.gate("GW.state", "G1-01");
            assertThat(gate.get("reportedStatus").asText()).isEqualTo("online");
            assertThat(gate.get("lastSeen").asText()).isEqualTo("2026-03-01T08:00:00.000Z");
            assertThat(gate.get("lastHeartbeat").asText()).isEqualTo("2026-03-01T08:00:00.000Z");
            assertThat(gate.get("ip").asText()).isEqualTo("192.0.2.7");
            assertThat(gate.get("gateId").asText()).isEqualTo("A");
            assertThat(gate.get("side").asText()).isEqualTo("north");
            assertThat(gate.get("type").asText()).isEqualTo("entry");
            assertThat(gate.get("message").asText()).isEqualTo("all well");
            JsonNode shown = api.gateway("GW.state");
            assertThat(shown.get("account").asText()).isEqualTo("scs");
            assertThat(shown.get("gates").asInt()).isEqualTo(1);
            assertThat(shown.get("status").asText()).isEqualTo("online");
            assertThat(shown.get("connectedSince").asText())
                    .isEqualTo(server.clock().instant().toString().replace("Z", ".000Z"));
        }
    }

    @Test
    void aGateIdMayHoldDotsSlashesAndBlanks() throws Exception {
        try (TestGateway gateway = server.gateway("GW-odd").connect("s1").birth("s1")) {
            gateway.state("e", 1, "A.1/+#%*>\\ ประตู", "online");

            await().until(() -> api.gateStatus("GW-odd", "A.1/+#%*>\\ ประตู").equals("online"));
        }
    }

    @Test
    void beatsMoveTheTimeAGateWasLastSeen() throws Exception {
        try (TestGateway gateway = server.gateway("GW-beats").connect("s1").birth("s1")) {
            gateway.state("e", 1, "G1", "online");
            gateway.beats("e", 2, Map.of("G1", Instant.parse("2026-03-01T08:00:09.250Z"), "unknown", Instant.EPOCH));

            await().until(() ->
                    api.gate("GW-beats", "G1").path("lastSeen").asText().equals("2026-03-01T08:00:09.250Z"));
            assertThat(api.gate("GW-beats", "unknown").isNull()).isTrue();
        }
    }

    @Test
    void aMessageDeliveredTwiceIsTakenOnce() throws Exception {
        try (TestGateway gateway = server.gateway("GW-twice").connect("s1").birth("s1")) {
            gateway.state("e", 1, "G1", "online");
            gateway.state("e", 1, "G1", "online");
            gateway.state("e", 2, "G1", "fault");

            await().until(() -> api.gateStatus("GW-twice", "G1").equals("fault"));
            assertThat(api.gateway("GW-twice").get("duplicates").asInt()).isEqualTo(1);
            assertThat(api.gateway("GW-twice").get("received").asInt()).isEqualTo(3);
        }
    }

    @Test
    void aNumberThatNeverCameIsShownAsAGapUntilItComes() throws Exception {
        try (TestGateway gateway = server.gateway("GW-gap").connect("s1").birth("s1")) {
            gateway.state("e", 1, "G1", "online");
            gateway.state("e", 4, "G1", "fault");
            await().until(() -> api.gateway("GW-gap").get("gaps").asInt() == 2);

            gateway.state("e", 2, "G1", "maintenance");

            await().until(() -> api.gateway("GW-gap").get("gaps").asInt() == 1);
            assertThat(api.gateStatus("GW-gap", "G1")).as("older news").isEqualTo("fault");
        }
    }

    @Test
    void aMessageThatCannotBeReadDoesNotStopTheNext() throws Exception {
        try (TestGateway gateway = server.gateway("GW-bad").connect("s1").birth("s1")) {
            gateway.publish(gateway.topic("gate/G1/state"), "no payload".getBytes(StandardCharsets.UTF_8));
            gateway.publish(gateway.topic("gate/other/state"), payload("e", 1, "G1", "online"));
            gateway.publish(gateway.topic("gate/G1/state"), payload("e", 2, "G1", "exploded"));
            gateway.state("e", 3, "G1", "online");

            await().until(() -> api.gateStatus("GW-bad", "G1").equals("online"));
            assertThat(api.gateway("GW-bad").get("gaps").asInt()).isZero();
        }
    }

    @Test
    void aGatewayThatNobodyAddedIsRefused() {
        TestGateway stranger = new TestGateway(server.mqttUrl(), "stranger", "guess");

        assertThatThrownBy(() -> stranger.connect("s1")).isInstanceOf(MqttException.class);
        assertThat(api.gateway("stranger").isNull()).isTrue();
    }

    @Test
    void aWrongPasswordIsRefused() {
        server.addGateway("GW-wrong");
        TestGateway gateway = new TestGateway(server.mqttUrl(), "GW-wrong", "guess");

        assertThatThrownBy(() -> gateway.connect("s1")).isInstanceOf(MqttException.class);
        assertThat(api.gatewayStatus("GW-wrong")).isEqualTo("never_seen");
    }

    @Test
    void aRenewedPasswordCountsAtOnceAndTheOldOneNoMore() throws Exception {
        String old = server.addGateway("GW-renew");
        String renewed = server.renewGateway("GW-renew");

        assertThatThrownBy(() -> new TestGateway(server.mqttUrl(), "GW-renew", old).connect("s1"))
                .isInstanceOf(MqttException.class);
        try (TestGateway gateway = new TestGateway(server.mqttUrl(), "GW-renew", renewed)) {
            gateway.connect("s1").birth("s1");
            await().until(() -> api.gatewayStatus("GW-renew").equals("online"));
        }
    }
}
