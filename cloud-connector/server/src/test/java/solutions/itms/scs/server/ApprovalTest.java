package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.command.Envelope;

/** What a second person has to approve, what goes out in an emergency, and what is refused. */
class ApprovalTest {
    @TempDir
    static Path directory;

    private static TestServer server;
    private static int gateways;
    private static TestApi operator;
    private static TestApi approver;
    private String id;
    private CommandGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(directory);
        operator = server.person("olga", "operator");
        approver = server.person("anan", "approver");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void addGateway() throws Exception {
        id = "GW-" + ++gateways;
        gateway = server.commandGateway(id).connect();
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
    }

    @Test
    void whatIsDangerousWaitsForSomebodyElse() throws Exception {
        JsonNode command = rollback(operator);
        assertThat(command.get("state").asText()).isEqualTo("PENDING_APPROVAL");

        HttpResponse<String> answer =
                approve(approver, command, command.get("paramsHash").asText());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Envelope envelope = gateway.nextCommand();
        assertThat(envelope.requestedBy()).isEqualTo("olga");
        assertThat(envelope.approvedBy()).isEqualTo("anan");
        gateway.success(envelope.id());
        await().until(() -> state(command).equals("SUCCESS"));
    }

    @Test
    void nobodyApprovesWhatTheyAskedForThemselves() {
        JsonNode command = rollback(approver);

        assertRefused(approve(approver, command, command.get("paramsHash").asText()), 403, "own_request");

        assertThat(state(command)).isEqualTo("PENDING_APPROVAL");
        assertThat(audit("command.approve_refused", command))
                .singleElement()
                .satisfies(row -> assertThat(row.at("/metadata/code").asText()).isEqualTo("own_request"));
    }

    @Test
    void anApprovalIsForWhatWasSeenAlone() {
        JsonNode command = rollback(operator);

        assertRefused(approve(approver, command, "0".repeat(64)), 409, "params_changed");

        assertThat(audit("command.approve_refused", command)).hasSize(1);
        assertThat(state(command)).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void whatWasChangedAfterItsApprovalIsNotSent() throws Exception {
        gateway.die();
        await().until(() -> !readiness("gateway_online"));
        JsonNode command = rollback(operator);
        approve(approver, command, command.get("paramsHash").asText());
        server.database("update command set params = '{\"reason\":\"another\"}' where id = '"
                + command.get("id").asText() + "'");

        gateway = server.again(gateway).connect();

        await().until(() -> state(command).equals("FAILED"));
        assertThat(get(command).at("/error/code").asText()).isEqualTo("altered");
    }

    @Test
    void anApprovalThatNobodyGivesExpires() {
        JsonNode command = rollback(operator);

        server.clock().advance(Duration.ofMinutes(31));

        await().until(() -> state(command).equals("EXPIRED"));
        assertThat(get(command).at("/error/code").asText()).isEqualTo("not_approved");
        assertRefused(approve(approver, command, command.get("paramsHash").asText()), 409, "wrong_state");
    }

    @Test
    void aRejectionHasAReasonAndIsTheEnd() {
        JsonNode command = rollback(operator);
        String path = "/api/v1/commands/" + command.get("id").asText() + "/reject";

        assertRefused(approver.post(path, "{}"), 422, "reason_required");
        assertThat(approver.post(path, "{\"reason\":\"not at rush hour\"}").statusCode())
                .isEqualTo(200);

        assertThat(state(command)).isEqualTo("REJECTED");
        assertThat(get(command).at("/error/stage").asText()).isEqualTo("approval");
        assertThat(get(command).at("/history/1/reason").asText()).isEqualTo("not at rush hour");
    }

    @Test
    void whatIsCancelledWhileItWaitsForApprovalNeverGoesOut() {
        JsonNode command = rollback(operator);

        operator.post("/api/v1/commands/" + command.get("id").asText() + "/cancel", "{}");

        assertThat(state(command)).isEqualTo("CANCELLED");
        assertRefused(approve(approver, command, command.get("paramsHash").asText()), 409, "wrong_state");
        assertThat(gateway.waiting()).isEmpty();
    }

    @Test
    void othersCommandsAreCancelledBySupervisorsAlone() {
        JsonNode command = rollback(approver);
        String path = "/api/v1/commands/" + command.get("id").asText() + "/cancel";

        assertRefused(operator.post(path, "{}"), 403, "forbidden");
        assertRefused(operator.post(path, "{\"force\":true,\"reason\":\"x\"}"), 403, "forbidden");
    }

    @Test
    void anEmergencyGoesOutAtOnceWithThePasswordAndAReason() throws Exception {
        String emergency = "{\"gatewayId\":\"" + id
                + "\",\"type\":\"set_operation\",\"params\":{\"operation\":\"emergency\",\"all\":true}";
        assertRefused(operator.post("/api/v1/commands", emergency + "}"), 422, "reason_required");
        assertRefused(operator.post("/api/v1/commands", emergency + ",\"reason\":\"fire\"}"), 403, "reauth_required");
        String proof = proof(operator);
        assertRefused(
                approver.post(
                        "/api/v1/commands", emergency + ",\"reason\":\"fire\",\"reauthProof\":\"" + proof + "\"}"),
                403,
                "reauth_required");

        HttpResponse<String> answer = operator.post(
                "/api/v1/commands", emergency + ",\"reason\":\"fire\",\"reauthProof\":\"" + proof + "\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode command = TestApi.json(answer);
        assertThat(command.get("approval").asText()).isEqualTo("break_glass");
        assertThat(gateway.nextCommand().id()).isEqualTo(command.get("id").asText());
        assertThat(audit("command.break_glass", command)).hasSize(1);
        assertRefused(
                operator.post(
                        "/api/v1/commands", emergency + ",\"reason\":\"fire\",\"reauthProof\":\"" + proof + "\"}"),
                403,
                "reauth_required");
    }

    @Test
    void anEmergencyWaitsForNothingBeforeIt() throws Exception {
        operator.post("/api/v1/commands", "{\"gatewayId\":\"" + id + "\",\"type\":\"get_ip_config\",\"params\":{}}");
        gateway.nextCommand();

        operator.post(
                "/api/v1/commands",
                "{\"gatewayId\":\"" + id
                        + "\",\"type\":\"set_operation\",\"params\":{\"operation\":\"emergency\",\"all\":true},"
                        + "\"reason\":\"fire\",\"reauthProof\":\"" + proof(operator) + "\"}");

        assertThat(gateway.nextCommand().type()).isEqualTo("set_operation");
    }

    @Test
    void whatTheRegistryDoesNotAllowIsRefusedAndTold() {
        assertRefused(create("no_such_command", "{}"), 404, "unknown_type");
        assertRefused(create("camera_probe", "{}"), 422, "wrong_target_type");
        HttpResponse<String> wrong = create("run_traceroute", "{\"host\":5,\"more\":1}");
        assertRefused(wrong, 422, "invalid_parameters");
        assertThat(TestApi.json(wrong).get("problems")).hasSize(2);
        assertRefused(
                operator.post("/api/v1/commands", "{\"gatewayId\":\"GW-none\",\"type\":\"get_ip_config\"}"),
                404,
                "not_found");
        assertThat(TestApi.json(approver.get("/api/v1/audit?action=command.create_refused&gateway=" + id))
                        .get("items"))
                .hasSize(3);
    }

    @Test
    void theSameKeyMakesOneCommand() {
        String body = "{\"gatewayId\":\"" + id + "\",\"type\":\"get_ip_config\",\"idempotencyKey\":\"k-" + id + "\"}";
        HttpResponse<String> first = operator.post("/api/v1/commands", body);
        HttpResponse<String> second = operator.post("/api/v1/commands", body);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(TestApi.json(second).get("id")).isEqualTo(TestApi.json(first).get("id"));
        assertRefused(
                operator.post("/api/v1/commands", body.replace("get_ip_config", "update_check")),
                409,
                "idempotency_conflict");
    }

    private boolean readiness(String point) {
        for (JsonNode one : TestApi.json(operator.get("/api/v1/commands/readiness?type=get_ip_config&gateway=" + id))
                .get("points")) {
            if (one.get("name").asText().equals(point)) {
                return one.get("ok").asBoolean();
            }
        }
        return false;
    }

    private static String proof(TestApi person) {
        return TestApi.json(person.post("/api/v1/auth/reauth", "{\"password\":\"" + TestServer.PASSWORD + "\"}"))
                .get("proof")
                .asText();
    }

    private JsonNode rollback(TestApi person) {
        HttpResponse<String> answer = person.post(
                "/api/v1/commands",
                "{\"gatewayId\":\"" + id + "\",\"type\":\"update_rollback\",\"params\":{\"reason\":\"faulty\"}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestApi.json(answer);
    }

    private HttpResponse<String> create(String type, String params) {
        return operator.post(
                "/api/v1/commands",
                "{\"gatewayId\":\"" + id + "\",\"type\":\"" + type + "\",\"params\":" + params + "}");
    }

    private static HttpResponse<String> approve(TestApi person, JsonNode command, String hash) {
        return person.post(
                "/api/v1/commands/" + command.get("id").asText() + "/approve", "{\"paramsHash\":\"" + hash + "\"}");
    }

    private static JsonNode get(JsonNode command) {
        return TestApi.json(operator.get("/api/v1/commands/" + command.get("id").asText()));
    }

    private static String state(JsonNode command) {
        return get(command).get("state").asText();
    }

    private static List<JsonNode> audit(String action, JsonNode command) {
        List<JsonNode> rows = new ArrayList<>();
        TestApi.json(approver.get("/api/v1/audit?action=" + action + "&command="
                        + command.get("id").asText()))
                .get("items")
                .forEach(rows::add);
        return rows;
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(TestApi.json(answer).get("code").asText()).isEqualTo(code);
    }
}
