package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.Ed25519;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.message.command.SigningKey;

/** Commands over HTTPS, and everything that a signed request can have wrong. */
class DeviceApiTest {
    private static final String DEVICE = "/api/v1/device/";

    @TempDir
    static Path directory;

    private static TestServer server;
    private static int gateways;
    private TestApi api;
    private String id;
    private CommandGateway gateway;
    private SignedDevice device;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void addGateway() {
        api = server.admin();
        id = "GW-" + ++gateways;
        gateway = server.commandGateway(id);
        device = SignedDevice.withKey(api.address(), server.clock(), gateway.key());
    }

    @Test
    void aCommandIsFetchedAndItsResultIsTakenOverHttps() throws Exception {
        String command = create();

        JsonNode poll = TestApi.json(device.get(DEVICE + "commands", "wait=0"));

        assertThat(poll.get("commands")).hasSize(1);
        Envelope envelope =
                gateway.open(poll.get("commands").get(0).get("envelope").asText());
        assertThat(envelope.id()).isEqualTo(command);
        assertThat(state(command)).isEqualTo("DISPATCHED");
        String ack = text(new CommandReport.Ack(
                command, GatewayState.RUNNING, server.clock().instant()));
        assertThat(device.post(DEVICE + "commands/" + command + "/ack", ack).statusCode())
                .isEqualTo(204);
        assertThat(state(command)).isEqualTo("RUNNING");
        String progress =
                text(new CommandReport.Progress(command, 40, "", server.clock().instant()));
        assertThat(device.post(DEVICE + "commands/" + command + "/progress", progress)
                        .statusCode())
                .isEqualTo(204);
        String result = "{\"result\":\"" + CommandGateway.succeeded(command).sign(gateway.key()) + "\"}";
        assertThat(device.post(DEVICE + "commands/" + command + "/result", result)
                        .statusCode())
                .isEqualTo(204);
        assertThat(device.post(DEVICE + "commands/" + command + "/result", result)
                        .statusCode())
                .isEqualTo(204);
        assertThat(state(command)).isEqualTo("SUCCESS");
        assertThat(TestApi.json(device.get(DEVICE + "commands", "wait=0")).get("commands"))
                .isEmpty();
    }

    @Test
    void whoWaitsGetsACommandAtOnceAndACancelAsWell() throws Exception {
        HttpRequest wait = device.request("GET", DEVICE + "commands", "wait=20", "", null);
        CompletableFuture<HttpResponse<String>> answer =
                HttpClient.newHttpClient().sendAsync(wait, HttpResponse.BodyHandlers.ofString());
        await().until(() -> api.gatewayStatus(id) != null);

        String command = create();

        assertThat(TestApi.json(answer.get()).at("/commands/0/id").asText()).isEqualTo(command);
        api.post("/api/v1/commands/" + command + "/cancel", "{}");
        assertThat(TestApi.json(device.get(DEVICE + "commands", "wait=0"))
                        .at("/cancel/0")
                        .asText())
                .isEqualTo(command);
    }

    @Test
    void aSecretSignsAsWellAndIsStoredAsItsHash() throws Exception {
        String apiKey = server.addDeviceKey(id);

        for (boolean sendsSecret : List.of(true, false)) {
            SignedDevice other = SignedDevice.withSecret(api.address(), server.clock(), apiKey, sendsSecret);
            assertThat(other.post(DEVICE + "heartbeat", "{}").statusCode()).isEqualTo(204);
        }
        assertThat(api.gatewayStatus(id)).isEqualTo("online");
        server.revokeKey(apiKey.substring(0, apiKey.indexOf(':')));
        assertRefused(
                SignedDevice.withSecret(api.address(), server.clock(), apiKey, true)
                        .post(DEVICE + "heartbeat", "{}"),
                401,
                "revoked_key");
    }

    @Test
    void aPlainSecretOfAnOlderSystemIsReplacedByItsHashAtItsFirstUse() throws Exception {
        server.database("insert into device_key (id, device_id, secret_plain, created_at_ms) values ('old-" + id
                + "', '" + id + "', 'letmein', 0)");
        SignedDevice old = SignedDevice.withSecret(api.address(), server.clock(), "old-" + id + ":letmein", true);

        assertThat(old.post(DEVICE + "heartbeat", "{}").statusCode()).isEqualTo(204);
        assertThat(old.post(DEVICE + "heartbeat", "{}").statusCode()).isEqualTo(204);

        assertThat(server.count("select count(*) from device_key where id = 'old-" + id
                        + "' and secret_plain is null and length(secret_sha256) = 64"))
                .isEqualTo(1);
        assertRefused(
                SignedDevice.withSecret(api.address(), server.clock(), "old-" + id + ":wrong", true)
                        .post(DEVICE + "heartbeat", "{}"),
                401,
                "bad_signature");
    }

    @Test
    void aClockThatIsWrongIsToldTheServersTime() throws Exception {
        HttpResponse<String> answer = device.post(DEVICE + "heartbeat", "{}", SignedDevice.skewed(301_000));

        assertRefused(answer, 401, "clock_skew");
        assertThat(TestApi.json(answer).get("serverTime").asLong())
                .isEqualTo(server.clock().millis());
        assertThat(device.post(DEVICE + "heartbeat", "{}", SignedDevice.skewed(-299_000))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void ofTwoRequestsWithOneNonceAtOnceOnlyOneIsTaken() throws Exception {
        SignedDevice.Fault same = new SignedDevice.Fault(0, SignedDevice.nonce(), "", null);
        HttpRequest request = device.request("POST", DEVICE + "heartbeat", "", "{}", same);
        HttpClient http = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }

        List<Integer> codes = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            codes.add(answer.get().statusCode());
        }

        assertThat(codes).containsOnly(204, 401).containsOnlyOnce(204);
        assertAudited("replayed");
    }

    @Test
    void aBodyThatWasAlteredAndASignatureThatIsWrongAreRefused() throws Exception {
        assertRefused(
                device.post(
                        DEVICE + "heartbeat",
                        "{}",
                        new SignedDevice.Fault(0, SignedDevice.nonce(), "{\"device\":\"x\"}", null)),
                401,
                "body_altered");
        assertRefused(
                device.post(DEVICE + "heartbeat", "{}", new SignedDevice.Fault(0, SignedDevice.nonce(), "", "AAAA")),
                401,
                "bad_signature");
        SigningKey forged =
                new SigningKey(gateway.key().id(), Ed25519.generate().getPrivate());
        assertRefused(
                SignedDevice.withKey(api.address(), server.clock(), forged).post(DEVICE + "heartbeat", "{}"),
                401,
                "bad_signature");
        assertAudited("body_altered");
        assertAudited("bad_signature");
    }

    @Test
    void whatIsMissingOrUnknownIsRefused() throws Exception {
        assertThat(api.post(DEVICE + "heartbeat", "{}").statusCode()).isEqualTo(401);
        SigningKey unknown = new SigningKey("nobody#1", Ed25519.generate().getPrivate());
        assertRefused(
                SignedDevice.withKey(api.address(), server.clock(), unknown).post(DEVICE + "heartbeat", "{}"),
                401,
                "unknown_key");
    }

    @Test
    void aKeyIsGoodForItsOwnDeviceAlone() throws Exception {
        String command = create();
        CommandGateway other = server.commandGateway(id + "b");
        SignedDevice stranger = SignedDevice.withKey(api.address(), server.clock(), other.key());

        assertRefused(
                stranger.post(
                        DEVICE + "commands/" + command + "/ack",
                        text(new CommandReport.Ack(
                                command, GatewayState.RUNNING, server.clock().instant()))),
                403,
                "out_of_scope");
        assertRefused(stranger.post(DEVICE + "heartbeat", "{\"device\":\"" + id + "\"}"), 403, "out_of_scope");
        assertThat(audit("gateway=" + id + "b&action=device.refused")).hasSize(2);
        assertThat(state(command)).isEqualTo("PENDING");
    }

    private void assertAudited(String code) {
        assertThat(audit("gateway=" + id + "&action=device.refused"))
                .extracting(row -> row.at("/metadata/code").asText())
                .contains(code);
    }

    private List<JsonNode> audit(String query) {
        List<JsonNode> rows = new ArrayList<>();
        TestApi.json(api.get("/api/v1/audit?limit=100&" + query)).get("items").forEach(rows::add);
        return rows;
    }

    private String create() {
        HttpResponse<String> answer =
                api.post("/api/v1/commands", "{\"gatewayId\":\"" + id + "\",\"type\":\"get_ip_config\",\"params\":{}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestApi.json(answer).get("id").asText();
    }

    private String state(String command) {
        return TestApi.json(api.get("/api/v1/commands/" + command)).get("state").asText();
    }

    private static String text(CommandReport report) {
        return new String(report.encode(), StandardCharsets.UTF_8);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(TestApi.json(answer).get("code").asText()).isEqualTo(code);
    }
}
