package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
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
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.inventory.Device;
import solutions.itms.scs.message.inventory.Inventory;

/** Devices behind gateways, from the gateway's list to the API and to commands for them. */
class DevicesTest {
    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir
    static Path directory;

    private static TestServer server;
    private static int gateways;
    private TestApi api;
    private TestStream live;
    private String id;
    private CommandGateway gateway;
    private long seq;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws Exception {
        api = server.admin();
        live = api.live();
        id = "GW-" + ++gateways;
        gateway = server.commandGateway(id).connect();
    }

    @AfterEach
    void disconnect() throws Exception {
        live.close();
        gateway.close();
    }

    @Test
    void whatAGatewayListsIsShownWithItsParentAndWithoutSecrets() throws Exception {
        send(++seq, list("camera", 3, camera("cam-1", "rtsp://admin:secret@192.0.2.9:554/live?password=secret")));
        send(
                ++seq,
                list(
                        "nvr",
                        1,
                        new Device(
                                "nvr-1",
                                DeviceType.NVR,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                List.of(),
                                "fault")));

        await().untilAsserted(() -> assertThat(ids("gateway=" + id)).containsExactly(id, "cam-1", "nvr-1"));
        JsonNode camera = device("cam-1");
        assertThat(camera.get("type").asText()).isEqualTo("CAMERA");
        assertThat(camera.get("gatewayId").asText()).isEqualTo(id);
        assertThat(camera.get("parentSensorId").asText()).isEqualTo("nvr-1");
        assertThat(camera.get("model").asText()).isEqualTo("M-1");
        assertThat(camera.get("address").asText()).isEqualTo("rtsp://192.0.2.9:554/live");
        assertThat(camera.get("profiles").toString()).isEqualTo("[\"main\"]");
        assertThat(camera.get("revision").asLong()).isEqualTo(3);
        assertThat(camera.get("firstSeen").asText()).isNotEmpty();
        assertThat(device("nvr-1").get("parentSensorId").asText()).isEqualTo(id);
        assertThat(device(id).get("type").asText()).isEqualTo("EDGE_CONTROLLER");
        assertThat(ids("gateway=" + id + "&type=CAMERA")).containsExactly("cam-1");
        assertThat(ids("gateway=" + id + "&parent=nvr-1")).containsExactly("cam-1");
        assertThat(ids("gateway=" + id + "&status=fault")).containsExactly("nvr-1");
        assertThat(api.get("/api/v1/devices/" + id + "/nothing").statusCode()).isEqualTo(404);
        assertThat(live.next("device", "id", "cam-1").data().get("gatewayId").asText())
                .isEqualTo(id);
    }

    @Test
    void theListIsReadInPages() throws Exception {
        send(++seq, list("camera", 1, camera("a", "h"), camera("b", "h"), camera("c d", "h")));
        await().untilAsserted(() -> assertThat(ids("gateway=" + id)).hasSize(4));

        JsonNode first = TestApi.json(api.get("/api/v1/devices?gateway=" + id + "&limit=3"));
        JsonNode second = TestApi.json(api.get("/api/v1/devices?gateway=" + id + "&limit=3&after="
                + first.get("next").asText().replace(" ", "%20")));

        assertThat(first.get("items")).hasSize(3);
        assertThat(second.get("items")).hasSize(1);
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(api.get("/api/v1/devices?after=x").statusCode()).isEqualTo(400);
    }

    @Test
    void aNewListTakesThePlaceOfTheOldOneOfItsPartAloneAndAnOlderOneComesToNothing() throws Exception {
        send(
                ++seq,
                list(
                        "nvr",
                        1,
                        new Device(
                                "nvr-1",
                                DeviceType.NVR,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                List.of(),
                                "online")));
        send(20, list("camera", 2, camera("cam-2", "h")));
        await().untilAsserted(() -> assertThat(ids("gateway=" + id)).contains("cam-2"));
        send(10, list("camera", 1, camera("cam-1", "h")));
        send(21, list("camera", 3, camera("cam-3", "h")));

        await().untilAsserted(() -> assertThat(ids("gateway=" + id)).containsExactly(id, "cam-3", "nvr-1"));
        assertThat(live.next("device_removed", "id", "cam-2")
                        .data()
                        .get("gatewayId")
                        .asText())
                .isEqualTo(id);
    }

    @Test
    void aDevicesOwnMessagesMoveItsStatusAndAGatewayThatIsGoneMakesItUnknown() throws Exception {
        send(++seq, list("camera", 1, camera("cam-1", "h")));
        metrics(++seq, AT.plusSeconds(5), "offline");
        await().untilAsserted(() -> assertThat(status("cam-1")).isEqualTo("offline"));
        metrics(++seq, AT.plusSeconds(1), "fault");
        metrics(++seq, AT.plusSeconds(6), "nonsense");
        metrics(++seq, AT.plusSeconds(7), "online");

        await().untilAsserted(() -> assertThat(status("cam-1")).isEqualTo("online"));
        gateway.die();
        await().untilAsserted(() -> assertThat(status("cam-1")).isEqualTo("unknown"));
    }

    @Test
    void aListThatMakesNoSenseChangesNothing() throws Exception {
        long bad = api.metric("messagesBad");
        send(++seq, list("camera", 1, camera("cam-1", "h")));
        send(++seq, list("nvr", 1, camera("nvr-1", "h"), camera("cam-1", "h")));
        send(++seq, Payload.of(AT, Map.of("part", "camera", "revision", 2L)));

        await().until(() -> api.metric("messagesBad") == bad + 2);
        assertThat(ids("gateway=" + id)).containsExactly(id, "cam-1");
    }

    @Test
    void aCommandForACameraGoesOutAndReadinessSaysWhatIsWrong() throws Exception {
        assertThat(create("cam-1", "camera_probe").statusCode()).isEqualTo(404);
        send(++seq, list("camera", 1, camera("cam-1", "h")));
        await().untilAsserted(() -> assertThat(status("cam-1")).isEqualTo("online"));

        HttpResponse<String> created = create("cam-1", "camera_probe");

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        Envelope envelope = gateway.nextCommand();
        assertThat(envelope.target()).isEqualTo("cam-1");
        gateway.success(envelope.id());
        assertThat(TestApi.json(create("cam-1", "nvr_probe")).get("code").asText())
                .isEqualTo("wrong_target_type");
        metrics(++seq, AT.plusSeconds(5), "offline");
        await().untilAsserted(
                        () -> assertThat(readiness("camera_probe").toString()).contains("The device is offline."));
        assertThat(readiness("camera_probe").get("ready").asBoolean()).isFalse();
        assertThat(readiness("nvr_probe").toString()).contains("It is for NVR.");
    }

    private HttpResponse<String> create(String target, String type) {
        return api.post(
                "/api/v1/commands",
                "{\"gatewayId\":\"%s\",\"target\":\"%s\",\"type\":\"%s\",\"params\":{}}".formatted(id, target, type));
    }

    private JsonNode readiness(String type) {
        return TestApi.json(api.get("/api/v1/commands/readiness?gateway=" + id + "&target=cam-1&type=" + type));
    }

    private JsonNode device(String device) {
        return TestApi.json(api.get("/api/v1/devices/" + id + "/" + device));
    }

    private String status(String device) {
        return device(device).path("status").asText();
    }

    private List<String> ids(String query) {
        return TestApi.json(api.get("/api/v1/devices?" + query)).get("items").findValuesAsText("id");
    }

    private void send(long number, Payload payload) throws Exception {
        publish("inventory", number, payload);
    }

    private void metrics(long number, Instant at, String status) throws Exception {
        publish("camera/cam-1/metrics", number, Payload.of(at, Map.of("status", status, "latency", 5L)));
    }

    private void publish(String subject, long number, Payload payload) throws Exception {
        gateway.gateway()
                .publish(gateway.gateway().topic(subject), PayloadCodec.encode(new Sequence("e", number).on(payload)));
    }

    private static Payload list(String part, long revision, Device... devices) {
        return new Inventory(part, revision, List.of(devices)).toPayload(AT);
    }

    private static Device camera(String id, String address) {
        return new Device(
                id,
                DeviceType.CAMERA,
                "nvr-1",
                "North",
                "Maker",
                "M-1",
                "1.2",
                "S",
                address,
                List.of("main"),
                "online");
    }
}
