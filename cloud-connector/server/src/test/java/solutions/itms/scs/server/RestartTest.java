package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server still knows after it was stopped and started again. */
class RestartTest {
    @TempDir
    Path directory;

    @Test
    void dataReceiptsAndSessionsSurviveAndGatewaysAreMissingUntilTheyAreHeard() throws Exception {
        try (TestServer server = TestServer.start(directory)) {
            TestApi api = server.admin();
            String password = server.addGateway("GW-1");
            try (TestGateway gateway = new TestGateway(server.mqttUrl(), "GW-1", password)) {
                gateway.connect("s1").birth("s1").state("e", 1, "G1", "fault");
                await().until(() -> api.gateStatus("GW-1", "G1").equals("fault"));
            }
            await().until(() -> api.gatewayStatus("GW-1").equals("online"));

            server.restart();

            TestApi again = server.admin();
            assertThat(again.gatewayStatus("GW-1")).isEqualTo("missing");
            assertThat(again.gate("GW-1", "G1").get("reportedStatus").asText()).isEqualTo("online");
            try (TestGateway gateway = new TestGateway(server.mqttUrl(), "GW-1", password)) {
                gateway.connect("s2").birth("s2");
                gateway.state("e", 1, "G1", "online");
                gateway.state("e", 2, "G2", "online");

                await().until(() -> again.gateStatus("GW-1", "G2").equals("online"));
                assertThat(again.gateStatus("GW-1", "G1")).as("taken before").isEqualTo("fault");
                assertThat(again.gateway("GW-1").get("duplicates").asInt()).isEqualTo(1);
                assertThat(again.gateway("GW-1").get("gaps").asInt()).isZero();
            }
        }
    }
}
