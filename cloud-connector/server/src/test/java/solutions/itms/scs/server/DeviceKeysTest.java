package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.message.inventory.Device;
import solutions.itms.scs.message.inventory.Inventory;

/** Ingest over HTTPS, and what the keys of gateways and of devices behind them are good for. */
class DeviceKeysTest {
    private static final String INGEST = "/api/v1/device/ingest";
    private static final String HEARTBEAT = "/api/v1/device/heartbeat";
    private static final String KEYS = "/api/v1/device-keys";
    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

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
    void addGatewayWithACamera() throws Exception {
        api = server.admin();
        id = "GW-" + ++gateways;
        gateway = server.commandGateway(id).connect();
        device = SignedDevice.withKey(api.address(), server.clock(), gateway.key());
        tellOfCamera(gateway, id);
    }

    @AfterEach
    void disconnect() throws Exception {
        gateway.close();
    }

    @Test
    void whatIsPostedIsStoredOnceAndTheAnswerIsTheReceipt() throws Exception {
        String body = messages(
                numbered("gateway/metrics", "h1", 1, "\"cpu\":1.0"),
                numbered("gateway/metrics", "h1", 3, "\"cpu\":2.5"));

        HttpResponse<String> first = device.post(INGEST, body);
        HttpResponse<String> again = device.post(INGEST, body);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(TestApi.json(first).toString())
                .isEqualTo(
                        "{\"messages\":2,\"receipts\":[{\"epoch\":\"h1\",\"seq\":1,\"ranges\":[{\"first\":3,\"last\":3}]}]}");
        assertThat(TestApi.json(again).get("receipts"))
                .isEqualTo(TestApi.json(first).get("receipts"));
        JsonNode samples = TestApi.json(api.get("/api/v1/metrics?gateway=" + id
                + "&subject=gateway/metrics&metric=cpu&from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z"));
        assertThat(samples.get("type").asText()).isEqualTo("double");
        assertThat(samples.get("samples").findValuesAsText("value")).containsExactly("1.0", "2.5");
        assertThat(api.gateway(id).get("duplicates").asLong()).isEqualTo(2);
    }

    @Test
    void aNumberIsTakenOnceWhicheverWayItComes() throws Exception {
        byte[] payload = PayloadCodec.encode(new Sequence("both", 1).on(Payload.of(AT, Map.of("cpu", 5))));
        gateway.gateway().publish(gateway.gateway().topic("gateway/metrics"), payload);
        String body = "{\"messages\":[{\"subject\":\"gateway/metrics\",\"payload\":\""
                + Base64.getEncoder().encodeToString(payload) + "\"}]}";

        assertThat(device.post(INGEST, body).statusCode()).isEqualTo(200);

        await().until(() -> api.gateway(id).get("duplicates").asLong() == 1);
        assertThat(TestApi.json(api.get("/api/v1/metrics/latest?gateway=" + id)).findValuesAsText("type"))
                .containsExactly("int32");
    }

    @Test
    void whatMakesNoSenseIsRefusedWithItsPlaceAndNothingIsTaken() throws Exception {
        long taken = api.gateway(id).get("received").asLong();
        String good = numbered("gateway/metrics", "h1", 1, "\"cpu\":1");
        for (String bad : List.of(
                "{}",
                "{\"subject\":\"\"}",
                "{\"subject\":\"a/+/b\"}",
                "{\"subject\":\"a\",\"metrics\":5}",
                "{\"subject\":\"a\",\"payload\":\"%%%\"}",
                "{\"subject\":\"a\",\"payload\":\"AAAA\"}",
                "{\"subject\":\"a\",\"metrics\":{\"epoch\":\"e\"}}")) {
            HttpResponse<String> answer = device.post(INGEST, messages(good, bad));

            assertRefused(answer, 400, "bad_request");
            assertThat(TestApi.json(answer).get("detail").asText()).contains("'messages/1'");
        }
        for (String body : List.of("{", "[]", "{\"messages\":[]}", "{\"messages\":7}")) {
            assertRefused(device.post(INGEST, body), 400, "bad_request");
        }
        assertThat(device.post(INGEST, "x".repeat(1024 * 1024 + 1)).statusCode())
                .isEqualTo(413);
        assertThat(api.gateway(id).get("received").asLong()).isEqualTo(taken);
    }

    @Test
    void aGatewaysKeyIngestsForItsOwnDevicesAndForNoOthers() throws Exception {
        try (CommandGateway other = server.commandGateway(id + "b").connect()) {
            tellOf(other, id + "b", "foreign-1");
            String own = numbered("camera/cam-1/metrics", "h1", 1, "\"status\":\"fault\"");
            String foreign = numbered("camera/foreign-1/metrics", "h1", 2, "\"status\":\"fault\"");

            assertThat(device.post(INGEST, messages(own)).statusCode()).isEqualTo(200);
            assertRefused(device.post(INGEST, messages(foreign)), 403, "out_of_scope");

            assertThat(status(id, "cam-1")).isEqualTo("fault");
            assertThat(status(id + "b", "foreign-1")).isEqualTo("online");
            assertAudited("out_of_scope");
        }
    }

    @Test
    void aKeyOfADeviceSpeaksForThatDeviceAlone() throws Exception {
        SignedDevice camera = withKeyOf("cam-1");
        String heartbeats = "{\"device\":\"cam-1\"}";
        gateway.die();
        await().untilAsserted(() -> assertThat(status(id, "cam-1")).isEqualTo("unknown"));

        assertThat(camera.post(HEARTBEAT, heartbeats).statusCode()).isEqualTo(204);
        assertThat(status(id, "cam-1")).isEqualTo("online");
        assertThat(api.gatewayStatus(id)).isNotEqualTo("online");
        String own = numbered("camera/cam-1/metrics", "cam-1/e", 1, "\"fps\":25");
        assertThat(camera.post(INGEST, messages(own)).statusCode()).isEqualTo(200);

        assertRefused(camera.post(HEARTBEAT, "{\"device\":\"" + id + "\"}"), 403, "out_of_scope");
        for (String foreign : List.of(
                numbered("camera/cam-2/metrics", "cam-1/e", 2, "\"fps\":25"),
                numbered("camera/cam-1/metrics", "e-of-gateway", 2, "\"fps\":25"),
                numbered("camera/cam-1/metrics", "cam-1/e", 2, "\"id\":\"cam-2\""),
                numbered("gateway/metrics", "cam-1/e", 2, "\"cpu\":25"),
                numbered("inventory", "cam-1/e", 2, "\"cpu\":25"),
                numbered("command/cam-1/result", "cam-1/e", 2, "\"cpu\":25"))) {
            assertRefused(camera.post(INGEST, messages(foreign)), 403, "out_of_scope");
        }
        assertRefused(camera.get("/api/v1/device/commands", "wait=0"), 403, "out_of_scope");
        assertRefused(camera.post("/api/v1/device/pull", "{}"), 403, "out_of_scope");
        assertAudited("out_of_scope");
        server.clock().advance(Duration.ofMinutes(4));
        assertThat(status(id, "cam-1")).isEqualTo("unknown");
    }

    @Test
    void aHeartbeatOverHttpsKeepsAGatewayOnline() throws Exception {
        gateway.close();
        assertThat(device.post(HEARTBEAT, "").statusCode()).isEqualTo(204);
        for (int i = 0; i < 3; i++) {
            server.clock().advance(Duration.ofSeconds(60));
            assertThat(device.post(HEARTBEAT, "{}").statusCode()).isEqualTo(204);
            assertThat(api.gatewayStatus(id)).isEqualTo("online");
        }
        server.clock().advance(Duration.ofMinutes(4));
        await().untilAsserted(() -> assertThat(api.gatewayStatus(id)).isEqualTo("missing"));
    }

    @Test
    void keysAreMadeListedReplacedAndRevokedByAdministratorsWithAudit() throws Exception {
        JsonNode made = TestApi.json(api.post(KEYS, "{\"gatewayId\":\"" + id + "\"}"));
        String first = made.get("id").asText();
        SignedDevice before = signed(made);

        JsonNode next = TestApi.json(api.post(KEYS + "/" + first + "/rotate", "{\"graceSeconds\":60}"));

        assertThat(before.post(HEARTBEAT, "{}").statusCode()).isEqualTo(204);
        assertThat(signed(next).post(HEARTBEAT, "{}").statusCode()).isEqualTo(204);
        server.clock().advance(Duration.ofSeconds(61));
        assertRefused(before.post(HEARTBEAT, "{}"), 401, "revoked_key");
        assertThat(signed(next).post(HEARTBEAT, "{}").statusCode()).isEqualTo(204);
        assertThat(api.post(KEYS + "/" + next.get("id").asText() + "/revoke", "{}")
                        .statusCode())
                .isEqualTo(204);
        assertRefused(signed(next).post(HEARTBEAT, "{}"), 401, "revoked_key");
        JsonNode list = TestApi.json(api.get(KEYS + "?gateway=" + id));
        assertThat(list.findValuesAsText("kind")).containsExactlyInAnyOrder("ed25519", "secret", "secret");
        assertThat(list.toString()).doesNotContain(made.get("secret").asText());
        assertThat(audit("gateway=" + id))
                .extracting(row -> row.get("action").asText())
                .contains("device_key.add", "device_key.rotate", "device_key.revoke");
        assertThat(audit("gateway=" + id + "&action=device_key.rotate")
                        .get(0)
                        .get("actor")
                        .asText())
                .isEqualTo("admin");
    }

    @Test
    void onlyAdministratorsManageKeysAndOnlyOfDevicesThatThereAre() throws Exception {
        TestApi approver = server.person("approver-" + id, "approver");
        for (HttpResponse<String> answer : List.of(
                approver.get(KEYS),
                approver.post(KEYS, "{\"gatewayId\":\"" + id + "\"}"),
                approver.post(KEYS + "/" + gateway.key().id().replace("#", "%23") + "/revoke", "{}"))) {
            assertRefused(answer, 403, "forbidden");
        }
        assertRefused(api.post(KEYS, "{}"), 400, "bad_request");
        assertRefused(api.post(KEYS, "{\"gatewayId\":\"nobody\"}"), 404, "not_found");
        assertRefused(api.post(KEYS, "{\"gatewayId\":\"" + id + "\",\"device\":\"cam-9\"}"), 404, "not_found");
        assertRefused(api.post(KEYS + "/nothing/rotate", "{}"), 404, "not_found");
        assertRefused(api.post(KEYS + "/nothing/revoke", "{}"), 404, "not_found");
        String key = TestApi.json(api.post(KEYS, "{\"gatewayId\":\"" + id + "\"}"))
                .get("id")
                .asText();
        assertRefused(api.post(KEYS + "/" + key + "/rotate", "{\"graceSeconds\":-1}"), 400, "bad_request");
    }

    private SignedDevice withKeyOf(String child) {
        HttpResponse<String> answer = api.post(KEYS, "{\"gatewayId\":\"" + id + "\",\"device\":\"" + child + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return signed(TestApi.json(answer));
    }

    private SignedDevice signed(JsonNode made) {
        return SignedDevice.withSecret(
                api.address(),
                server.clock(),
                made.get("id").asText() + ":" + made.get("secret").asText(),
                true);
    }

    private void tellOfCamera(CommandGateway of, String gatewayId) throws Exception {
        tellOf(of, gatewayId, "cam-1");
    }

    private void tellOf(CommandGateway of, String gatewayId, String camera) throws Exception {
        Device one =
                new Device(camera, DeviceType.CAMERA, null, null, null, null, null, null, null, List.of(), "online");
        Payload payload = new Inventory("camera", 1, List.of(one)).toPayload(AT);
        of.gateway()
                .publish(
                        of.gateway().topic("inventory"), PayloadCodec.encode(new Sequence("inventory", 1).on(payload)));
        await().untilAsserted(() -> assertThat(status(gatewayId, camera)).isEqualTo("online"));
    }

    private String status(String gatewayId, String child) {
        return TestApi.json(api.get("/api/v1/devices/" + gatewayId + "/" + child))
                .path("status")
                .asText();
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

    private static String messages(String... messages) {
        return "{\"messages\":[" + String.join(",", messages) + "]}";
    }

    private static String numbered(String subject, String epoch, long seq, String metrics) {
        return "{\"subject\":\"%s\",\"sentOn\":%d,\"metrics\":{\"epoch\":\"%s\",\"seq\":%d,%s}}"
                .formatted(subject, AT.toEpochMilli() + seq, epoch, seq, metrics);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(TestApi.json(answer).get("code").asText()).isEqualTo(code);
    }
}
