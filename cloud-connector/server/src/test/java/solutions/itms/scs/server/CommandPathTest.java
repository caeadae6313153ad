package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.command.Ed25519;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.message.command.Jws;
import solutions.itms.scs.message.command.SigningKey;
import solutions.itms.scs.server.command.CommandRetention;
import solutions.itms.scs.server.db.Database;

/** Commands from the API to a gateway and back, over a real broker. */
class CommandPathTest {
    @TempDir
    static Path directory;

    private static TestServer server;
    private static int gateways;
    private TestApi api;
    private String id;
    private CommandGateway gateway;

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
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
    }

    @Test
    void aCommandGoesToItsGatewayAndItsResultComesBack() throws Exception {
        gateway.connect();
        JsonNode created;
        try (TestStream live = api.live()) {
            live.next();

            created = create("get_ip_config", "{}");

            assertThat(created.get("state").asText()).isIn("PENDING", "DISPATCHED");
            Envelope envelope = gateway.nextCommand();
            assertThat(envelope.id()).isEqualTo(id(created));
            assertThat(envelope.requestedBy()).isEqualTo("admin");
            awaitState(created, "DISPATCHED");
            gateway.ack(envelope.id(), GatewayState.RUNNING);
            awaitState(created, "RUNNING");
            gateway.progress(envelope.id(), 50);
            JsonNode command = created;
            await().until(() -> get(command).path("progress").path("percent").asInt() == 50);
            gateway.success(envelope.id());
            awaitState(created, "SUCCESS");
            assertThat(gateway.nextConfirmation().body()).isEqualTo("{\"ids\":[\"" + id(created) + "\"]}");
            assertThat(get(created).at("/result/result/ok").asBoolean()).isTrue();
            assertThat(states(created)).containsExactly("PENDING", "DISPATCHED", "RUNNING", "SUCCESS");
            await().until(() -> {
                TestStream.Event event = live.next();
                return event.name().equals("command")
                        && event.data().get("state").asText().equals("SUCCESS");
            });
        }
        assertThat(auditStates(created)).isEqualTo(states(created));
        assertThat(TestApi.json(api.get("/api/v1/audit/check")).get("whole").asBoolean())
                .isTrue();
    }

    @Test
    void aCommandWaitsForItsGatewayWhichAsksForIt() throws Exception {
        JsonNode created = create("get_ip_config", "{}");
        assertThat(created.get("state").asText()).isEqualTo("PENDING");
        assertThat(created.get("attempts").asInt()).isZero();

        gateway.connect().pull(Map.of(), "get_ip_config");

        Envelope envelope = gateway.nextCommand();
        gateway.success(envelope.id());
        awaitState(created, "SUCCESS");
        JsonNode ready = TestApi.json(api.get("/api/v1/commands/readiness?gateway=" + id + "&type=get_ip_config"));
        assertThat(ready.get("ready").asBoolean()).as(ready.toString()).isTrue();
        JsonNode unable = TestApi.json(api.get("/api/v1/commands/readiness?gateway=" + id + "&type=update_check"));
        assertThat(unable.get("ready").asBoolean()).isFalse();
    }

    @Test
    void whatAGatewayWasSentBeforeItsConnectionBrokeIsSentAgain() throws Exception {
        gateway.connect();
        JsonNode created = create("get_ip_config", "{}");
        gateway.nextCommand();
        awaitState(created, "DISPATCHED");
        gateway.die();

        gateway = server.again(gateway).connect();
        gateway.pull(Map.of());

        await().until(() -> get(created).get("attempts").asInt() == 2);
        assertThat(gateway.nextCommand().id()).isEqualTo(id(created));
    }

    @Test
    void whatTheGatewaySaysItHasIsNotSentAgain() throws Exception {
        gateway.connect();
        JsonNode created = create("get_ip_config", "{}");
        gateway.nextCommand();
        awaitState(created, "DISPATCHED");

        gateway.pull(Map.of(id(created), GatewayState.QUEUED));

        await().until(() -> !get(created).get("acknowledgedAt").isNull());
        assertThat(get(created).get("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void commandsOfATargetComeOneAfterAnotherAlsoWhenTheServerWasStartedAnew() throws Exception {
        int count = Integer.getInteger("scs.test.queued", 20);
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asked.add(id(create("get_ip_config", "{}")));
            if (i == count / 2) {
                server.restart();
                api = server.admin();
            }
        }

        gateway = server.again(gateway).connect();
        gateway.pull(Map.of());

        List<String> came = new ArrayList<>();
        while (came.size() < count) {
            Envelope envelope = gateway.nextCommand();
            // what was sent just before the pull may come twice
            if (!came.contains(envelope.id())) {
                came.add(envelope.id());
            }
            gateway.success(envelope.id());
        }
        assertThat(came).isEqualTo(asked);
        await().until(() -> api.get("/api/v1/commands?state=SUCCESS&limit=500&gateway=" + id)
                                .body()
                                .split("\"number\"")
                                .length
                        - 1
                == Math.min(count, 500));
    }

    @Test
    void aCommandThatNobodyFetchesExpires() {
        JsonNode created = create("get_ip_config", "{}", "\"expiresInSeconds\":60");

        server.clock().advance(Duration.ofSeconds(61));

        awaitState(created, "EXPIRED");
        assertThat(get(created).at("/error/code").asText()).isEqualTo("not_connected");
    }

    @Test
    void aSilentGatewayIsAskedAgainAndThenGivenUp() throws Exception {
        gateway.connect();
        JsonNode created = create("get_ip_config", "{}");
        for (int attempt = 1; attempt <= 5; attempt++) {
            int expected = attempt;
            await().until(() -> get(created).get("attempts").asInt() == expected);
            gateway.nextCommand();
            await().until(() -> !get(created).get("state").asText().equals("PENDING"));
            server.clock().advance(Duration.ofSeconds(81));
        }

        awaitState(created, "FAILED");
        assertThat(get(created).at("/error/code").asText()).isEqualTo("no_acknowledgement");
        assertThat(get(created).at("/error/stage").asText()).isEqualTo("dispatch");
    }

    @Test
    void aLateResultIsShownAndChangesNothing() throws Exception {
        gateway.connect();
        JsonNode created = create("get_ip_config", "{}");
        gateway.nextCommand();
        gateway.ack(id(created), GatewayState.RUNNING);
        awaitState(created, "RUNNING");
        server.clock().advance(Duration.ofHours(1));
        awaitState(created, "TIMEOUT");

        gateway.success(id(created));

        await().until(() -> get(created).path("late").path("status").asText().equals("SUCCESS"));
        assertThat(get(created).get("state").asText()).isEqualTo("TIMEOUT");
        assertThat(get(created).at("/error/code").asText()).isEqualTo("no_result");
    }

    @Test
    void aWaitingCommandIsCancelledAtOnce() {
        JsonNode created = create("get_ip_config", "{}");

        HttpResponse<String> answer = post(created, "cancel", "{}");

        assertThat(TestApi.json(answer).get("state").asText()).isEqualTo("CANCELLED");
        assertThat(post(created, "cancel", "{}").statusCode()).isEqualTo(409);
    }

    @Test
    void aGatewayIsAskedToStopAndSaysWhatBecameOfIt() throws Exception {
        gateway.connect();
        JsonNode created = create("get_ip_config", "{}");
        gateway.nextCommand();
        gateway.ack(id(created), GatewayState.RUNNING);
        awaitState(created, "RUNNING");

        assertThat(TestApi.json(post(created, "cancel", "{}")).get("state").asText())
                .isEqualTo("CANCELLING");
        CommandGateway.Request cancel = gateway.next();
        assertThat(cancel.resource()).isEqualTo("DEL/commands/" + id(created));
        gateway.answer(cancel, 409);
        awaitState(created, "RUNNING");
        post(created, "cancel", "{}");
        gateway.next();
        gateway.result(
                id(created),
                CommandGateway.ended(id(created), GatewayState.CANCELLED, ErrorCode.CANCELLED)
                        .sign(gateway.key()));

        awaitState(created, "CANCELLED");
        assertThat(states(created)).containsSubsequence("RUNNING", "CANCELLING", "RUNNING", "CANCELLING", "CANCELLED");
    }

    @Test
    void aCancelThatComesTooLateChangesNothing() throws Exception {
        gateway.connect();
        JsonNode created = create("get_ip_config", "{}");
        gateway.nextCommand();
        awaitState(created, "DISPATCHED");
        post(created, "cancel", "{}");
        gateway.next();

        gateway.success(id(created));

        awaitState(created, "SUCCESS");
    }

    @Test
    void aCommandTheGatewayNeverHadIsCancelledUnderItsSignature() throws Exception {
        gateway.connect();
        JsonNode created = create("get_ip_config", "{}");
        gateway.nextCommand();
        awaitState(created, "DISPATCHED");
        post(created, "cancel", "{}");

        gateway.answer(gateway.next(), 404);

        assertThat(gateway.nextCommand().id()).isEqualTo(id(created));
        gateway.result(
                id(created),
                CommandGateway.ended(id(created), GatewayState.CANCELLED, ErrorCode.CANCELLED)
                        .sign(gateway.key()));
        awaitState(created, "CANCELLED");
    }

    @Test
    void whoForcesACancelNeedsAReasonAndStopsWaiting() throws Exception {
        gateway.connect();
        JsonNode created = create("get_ip_config", "{}");
        gateway.nextCommand();

        assertThat(post(created, "cancel", "{\"force\":true}").statusCode()).isEqualTo(422);
        assertThat(TestApi.json(post(created, "cancel", "{\"force\":true,\"reason\":\"gateway is broken\"}"))
                        .get("state")
                        .asText())
                .isEqualTo("CANCELLED");
        assertThat(gateway.next().resource()).startsWith("DEL/commands/");
        gateway.success(id(created));
        await().until(() -> get(created).path("late").path("status").asText().equals("SUCCESS"));
    }

    @Test
    void theDevicesOwnRefusalIsAStateOfItsOwn() throws Exception {
        gateway.connect();
        JsonNode created = create("get_ip_config", "{}");
        gateway.nextCommand();

        gateway.result(
                id(created),
                CommandGateway.ended(id(created), GatewayState.REJECTED, ErrorCode.NOT_ALLOWED)
                        .sign(gateway.key()));

        awaitState(created, "REJECTED");
        assertThat(get(created).at("/error/code").asText()).isEqualTo("not_allowed");
    }

    @Test
    void aForgedResultIsRefusedAndTold() throws Exception {
        gateway.connect();
        CommandGateway other = server.commandGateway(id + "b");
        JsonNode created = create("get_ip_config", "{}");
        gateway.nextCommand();
        SigningKey sameName =
                new SigningKey(gateway.key().id(), Ed25519.generate().getPrivate());

        gateway.result(id(created), CommandGateway.succeeded(id(created)).sign(other.key()));
        gateway.result(id(created), CommandGateway.succeeded(id(created)).sign(sameName));
        gateway.result(id(created), "no.jws.atall");
        gateway.result(id(created), CommandGateway.succeeded("another").sign(gateway.key()));

        await().until(() -> audit("action=command.report_refused&gateway=" + id).size() == 4);
        assertThat(audit("action=command.report_refused&gateway=" + id))
                .extracting(row -> row.at("/metadata/code").asText())
                .containsExactly("malformed", "malformed", "bad_signature", "bad_signature");
        assertThat(get(created).get("final").asBoolean()).isFalse();
        gateway.success(id(created));
        awaitState(created, "SUCCESS");
    }

    @Test
    void aGatewayCanNotSpeakOfAnothersCommand() throws Exception {
        gateway.connect();
        JsonNode created = create("get_ip_config", "{}");
        gateway.nextCommand();
        try (CommandGateway other = server.commandGateway(id + "b").connect()) {
            other.success(id(created));
            other.ack(id(created), GatewayState.RUNNING);

            await().until(() ->
                    audit("action=command.report_refused&gateway=" + id + "b").size() == 2);
        }
        awaitState(created, "DISPATCHED");
    }

    @Test
    void aRefusalThatIsNotSignedIsShownAndEndsNothing() throws Exception {
        gateway.connect();
        JsonNode created = create("get_ip_config", "{}");
        CommandGateway.Request request = gateway.next();

        gateway.answer(request, 401);

        await().until(() -> get(created).path("refusal").path("code").asText().equals("401"));
        awaitState(created, "DISPATCHED");
    }

    @Test
    void theCommandsOfAGatewayThatIsTakenOutEnd() {
        JsonNode created = create("get_ip_config", "{}");

        server.command("remove-gateway", id);

        awaitState(created, "REMOVED");
        assertThat(get(created).at("/error/code").asText()).isEqualTo("gateway_removed");
        assertThat(api.gateway(id).isNull()).isTrue();
    }

    @Test
    void theOldestAreDeletedWhenTheirTimeIsOverAndTheAuditKnowsThemStill() throws Exception {
        long deleted = api.metric("commandsDeleted");
        long succeeded = api.metric("commandsSuccess");
        gateway.connect();
        JsonNode old = create("get_ip_config", "{}");
        gateway.success(gateway.nextCommand().id());
        awaitState(old, "SUCCESS");
        await().until(() -> api.metric("commandsSuccess") == succeeded + 1);
        assertThat(api.metric("commandsOutgoing")).isZero();

        try (Database database = server.openDatabase()) {
            new CommandRetention(database, server.clock(), Duration.ofDays(1)).sweep();
            assertThat(get(old).get("state").asText()).isEqualTo("SUCCESS");
            server.clock().advance(Duration.ofHours(25));
            new CommandRetention(database, server.clock(), Duration.ofDays(1)).sweep();
        }

        assertThat(api.login("admin", TestServer.PASSWORD).statusCode()).isEqualTo(200);
        assertThat(api.get("/api/v1/commands/" + id(old)).statusCode()).isEqualTo(404);
        assertThat(audit("command=" + id(old))).isNotEmpty();
        assertThat(api.metric("commandsDeleted")).isEqualTo(deleted);
    }

    @Test
    void aNewServerKeySignsForThoseWhoWereToldOfIt() throws Exception {
        String before = server.command("command-keys", id);
        server.run("rotate-command-key");
        server.restart();
        api = server.admin();
        gateway = server.again(gateway).connect();
        gateway.pull(Map.of());
        create("get_ip_config", "{}");
        Envelope old = gateway.nextCommand();
        gateway.success(old.id());

        String after = server.command("command-keys", id);

        assertThat(after.strip()).startsWith(before.strip() + ",");
        gateway.tell(after);
        String second = id(create("update_check", "{}"));
        String jws = gateway.next().body();
        // the first may have been sent again by the pull
        while (!gateway.open(jws).id().equals(second)) {
            jws = gateway.next().body();
        }
        String kid = Jws.keyId(jws);
        assertThat(after).contains(kid);
        assertThat(before).doesNotContain(kid);
    }

    private JsonNode create(String type, String params, String... more) {
        String body = "{\"gatewayId\":\"" + id + "\",\"type\":\"" + type + "\",\"params\":" + params
                + (more.length == 0 ? "" : "," + String.join(",", more)) + "}";
        HttpResponse<String> answer = api.post("/api/v1/commands", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestApi.json(answer);
    }

    private HttpResponse<String> post(JsonNode command, String verb, String body) {
        return api.post("/api/v1/commands/" + id(command) + "/" + verb, body);
    }

    private JsonNode get(JsonNode command) {
        return TestApi.json(api.get("/api/v1/commands/" + id(command)));
    }

    private void awaitState(JsonNode command, String state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(get(command).get("state").asText()).isEqualTo(state));
    }

    private List<String> states(JsonNode command) {
        List<String> states = new ArrayList<>();
        get(command).get("history").forEach(step -> states.add(step.get("to").asText()));
        return states;
    }

    private List<String> auditStates(JsonNode command) {
        List<String> states = new ArrayList<>();
        for (JsonNode row : audit("command=" + id(command))) {
            if (!row.get("newState").asText().equals(row.get("previousState").asText())) {
                states.add(0, row.get("newState").asText());
            }
        }
        return states;
    }

    private List<JsonNode> audit(String query) {
        List<JsonNode> rows = new ArrayList<>();
        TestApi.json(api.get("/api/v1/audit?limit=100&" + query)).get("items").forEach(rows::add);
        return rows;
    }

    private static String id(JsonNode command) {
        return command.get("id").asText();
    }
}
