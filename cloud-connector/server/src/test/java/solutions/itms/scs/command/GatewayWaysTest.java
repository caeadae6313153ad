package solutions.itms.scs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.server.TestApi;
import solutions.itms.scs.server.TestServer;

/** Both ways from the server to the real executor: MQTT over a connection like Kura's own, and HTTPS. */
class GatewayWaysTest {
    @TempDir
    static Path directory;

    private static TestServer server;
    private static int gateways;
    private final List<String> effects = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch mayEnd = new CountDownLatch(0);
    private TestApi api;
    private String id;
    private RealGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void begin() {
        api = server.admin();
        id = "GW-" + ++gateways;
        gateway = new RealGateway(server, id, directory.resolve(id));
        gateway.handle("get_ip_config", (parameters, context) -> {
            effects.add(context.id());
            while (!passes(mayEnd)) {
                if (context.isCancelled()) {
                    throw new CommandException(FailureCode.CANCELLED, "asked to stop");
                }
            }
            return new CommandResult(Map.of("interfaces", List.of()));
        });
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void withoutMqttCommandsAreFetchedAndTheirResultsBrought() {
        gateway.fetchWithoutConnection();
        String first = create("get_ip_config");
        String second = create("get_ip_config");

        awaitState(first, "SUCCESS");
        awaitState(second, "SUCCESS");
        assertThat(effects).containsExactly(first, second);
        assertThat(command(first).at("/result/result/interfaces").isArray()).isTrue();
        assertThat(api.gatewayStatus(id)).isEqualTo("online");
    }

    @Test
    void aCommandThatComesByBothWaysHasOneEffect() throws Exception {
        mayEnd = new CountDownLatch(1);
        gateway.fetchWithoutConnection();
        gateway.connect();
        String command = create("get_ip_config");
        awaitState(command, "RUNNING");
        gateway.cut();
        await().until(gateway::isFetching);

        // the same envelope once more, as from the other way
        assertThat(gateway.submit(gateway.envelopes().get(0)).status()).isEqualTo(Reply.OK);
        mayEnd.countDown();

        awaitState(command, "SUCCESS");
        assertThat(gateway.submit(gateway.envelopes().get(0)).status()).isEqualTo(Reply.OK);
        assertThat(effects).containsExactly(command);
        gateway.connect();
        String next = create("get_ip_config");
        awaitState(next, "SUCCESS");
        assertThat(effects).containsExactly(command, next);
        assertThat(gateway.isFetching()).isFalse();
    }

    @Test
    void aCommandThatGotLostWithTheLineIsFetched() throws Exception {
        gateway.fetchWithoutConnection();
        gateway.connect();
        await().until(() -> api.gatewayStatus(id).equals("online"));
        gateway.cut();

        String command = create("get_ip_config");

        await().untilAsserted(() -> {
            server.clock().advance(Duration.ofSeconds(1));
            assertThat(command(command).get("state").asText()).isEqualTo("SUCCESS");
        });
        assertThat(effects).containsExactly(command);
    }

    @Test
    void overKurasOwnConnectionACommandRunsOnceAndItsResultIsSigned() throws Exception {
        gateway.connect();

        String command = create("get_ip_config");

        awaitState(command, "SUCCESS");
        assertThat(effects).containsExactly(command);
        // the gateway tells what it can do when it connects, beside the command
        await().untilAsserted(() -> assertThat(readiness("run_diagnostics").toString())
                .contains("The gateway has nothing that carries out 'run_diagnostics'"));
        assertThat(readiness("get_ip_config").get("ready").asBoolean()).isTrue();
    }

    @Test
    void overKurasOwnConnectionARunningCommandIsCancelled() throws Exception {
        mayEnd = new CountDownLatch(1);
        gateway.connect();
        String command = create("get_ip_config");
        awaitState(command, "RUNNING");

        api.post("/api/v1/commands/" + command + "/cancel", "{}");

        awaitState(command, "CANCELLED");
        assertThat(effects).containsExactly(command);
    }

    @Test
    void aResultThatGotLostIsSentAgainWhenTheConnectionIsBack() throws Exception {
        mayEnd = new CountDownLatch(1);
        gateway.connect();
        String command = create("get_ip_config");
        awaitState(command, "RUNNING");
        gateway.cut();
        mayEnd.countDown();
        await().until(() -> gateway.submit(gateway.envelopes().get(0)).body().get("report") != null);
        assertThat(command(command).get("state").asText()).isEqualTo("RUNNING");

        gateway.connect();

        awaitState(command, "SUCCESS");
        assertThat(effects).containsExactly(command);
    }

    @Test
    void aNewKeyOfTheServerIsTakenWithoutARestart() throws Exception {
        gateway.connect();
        awaitState(create("get_ip_config"), "SUCCESS");
        String before = keyOf(gateway.envelopes().get(0));
        server.run("rotate-command-key");

        awaitState(create("get_ip_config"), "SUCCESS");
        assertThat(keyOf(gateway.envelopes().get(1))).isEqualTo(before);
        gateway.cut();
        server.restart();
        api = server.admin();
        gateway.moveTo(server).connect();
        gateway.tell(server.command("command-keys", id));

        awaitState(create("get_ip_config"), "SUCCESS");

        assertThat(gateway.envelopes()).anyMatch(envelope -> !keyOf(envelope).equals(before));
        assertThat(effects).hasSize(3);
    }

    private static boolean passes(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String keyOf(String jws) {
        String header = new String(java.util.Base64.getUrlDecoder().decode(jws.substring(0, jws.indexOf('.'))));
        return TestApi.json(header).get("kid").asText();
    }

    private String create(String type) {
        HttpResponse<String> answer =
                api.post("/api/v1/commands", "{\"gatewayId\":\"" + id + "\",\"type\":\"" + type + "\",\"params\":{}}");
        return answer.statusCode() == 201 ? TestApi.json(answer).get("id").asText() : "";
    }

    private JsonNode readiness(String type) {
        return TestApi.json(api.get("/api/v1/commands/readiness?gateway=" + id + "&type=" + type));
    }

    private JsonNode command(String command) {
        return TestApi.json(api.get("/api/v1/commands/" + command));
    }

    private void awaitState(String command, String state) {
        await().untilAsserted(() ->
                assertThat(command(command).path("state").asText()).isEqualTo(state));
    }
}
