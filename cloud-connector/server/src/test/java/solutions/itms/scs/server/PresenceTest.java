package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a gateway is there, has said goodbye, or is missing. */
class PresenceTest {
    @TempDir
    static Path directory;

    private static TestServer server;
    private static TestApi api;
    private static int gateways;

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
    void aGatewayThatNeverConnectedIsNeverSeen() {
        String id = nextId();
        server.addGateway(id);

        assertThat(api.gatewayStatus(id)).isEqualTo("never_seen");
        assertThat(api.gateway(id).get("lastSeen").isNull()).isTrue();
    }

    @ParameterizedTest(name = "session id {0}")
    @NullSource // stock Kura
    @ValueSource(strings = "s1")
    void aBirthMakesItOnlineAndAGoodbyeDisconnected(@Nullable String session) throws Exception {
        String id = nextId();
        try (TestGateway gateway = server.gateway(id).connect(session).birth(session)) {
            await().until(() -> api.gatewayStatus(id).equals("online"));

            gateway.goodbye(session);

            await().until(() -> api.gatewayStatus(id).equals("disconnected"));
            assertThat(api.gateway(id).get("connectedSince").isNull()).isTrue();
        }
    }

    @ParameterizedTest(name = "session id {0}")
    @NullSource
    @ValueSource(strings = "s1")
    void aConnectionThatBreaksMakesItMissingAndItsGatesUnknown(@Nullable String session) throws Exception {
        String id = nextId();
        TestGateway gateway = server.gateway(id).connect(session).birth(session);
        gateway.state("e", 1, "G1", "fault");
        await().until(() -> api.gateStatus(id, "G1").equals("fault"));

        gateway.die();

        await().until(() -> api.gatewayStatus(id).equals("missing"));
        assertThat(api.gateStatus(id, "G1")).isEqualTo("unknown");
        assertThat(api.gate(id, "G1").get("reportedStatus").asText()).isEqualTo("online");
    }

    @Test
    void aWillOfAnOlderSessionIsIgnored() throws Exception {
        String id = nextId();
        try (TestGateway gateway = server.gateway(id).connect("s2").birth("s1").birth("s2")) {
            gateway.lateWill("s1");
            gateway.lateWill(null);
            gateway.state("e", 1, "G1", "online");

            await().until(() -> api.gateStatus(id, "G1").equals("online"));
            assertThat(api.gatewayStatus(id)).isEqualTo("online");
        }
    }

    @Test
    void aWillAfterAGoodbyeChangesNothing() throws Exception {
        String id = nextId();
        try (TestGateway gateway = server.gateway(id).connect("s1").birth("s1")) {
            gateway.goodbye("s1");
            gateway.lateWill("s1");
            gateway.publish("$EDC/scs/" + id + "/MQTT/APPS", new byte[0]);

            await().until(() -> api.gateway(id).get("received").asInt() == 4);
            assertThat(api.gatewayStatus(id)).isEqualTo("disconnected");
        }
    }

    @Test
    void dataBringsAMissingGatewayBack() throws Exception {
        String id = nextId();
        try (TestGateway gateway = server.gateway(id).connect("s1").birth("s1")) {
            gateway.lateWill("s1");
            await().until(() -> api.gatewayStatus(id).equals("missing"));

            gateway.state("e", 1, "G1", "online");

            await().until(() -> api.gatewayStatus(id).equals("online"));
            assertThat(api.gateStatus(id, "G1")).isEqualTo("online");
        }
    }

    @Test
    void aGatewayWhoseConnectionHasNotBeenHeardForThreeMinutesIsMissing() throws Exception {
        String id = nextId();
        try (TestGateway gateway = server.gateway(id).connect("s1").birth("s1")) {
            await().until(() -> api.gatewayStatus(id).equals("online"));

            server.clock().advance(TestServer.STALE_AFTER.plus(Duration.ofSeconds(1)));

            await().until(() -> api.gatewayStatus(id).equals("missing"));
            gateway.state("e", 1, "G1", "online");
            await().until(() -> api.gatewayStatus(id).equals("online"));
        }
    }

    @Test
    void aBirthToldAgainInTheSameSessionKeepsTheTimeItConnected() throws Exception {
        String id = nextId();
        try (TestGateway gateway = server.gateway(id).connect("s1").birth("s1")) {
            await().until(() -> api.gatewayStatus(id).equals("online"));
            String since = api.gateway(id).get("connectedSince").asText();
            server.clock().advance(Duration.ofSeconds(40));

            gateway.birth("s1");

            await().until(() -> api.gateway(id).get("received").asInt() == 2);
            assertThat(api.gateway(id).get("connectedSince").asText()).isEqualTo(since);
        }
    }

    private static String nextId() {
        return "GW-" + ++gateways;
    }
}
