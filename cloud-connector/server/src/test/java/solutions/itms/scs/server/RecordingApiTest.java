package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.message.command.RequestSignature;
import solutions.itms.scs.message.inventory.Device;
import solutions.itms.scs.message.inventory.Inventory;

/** Clips out of recorders, from the request of a person to the bytes, with all that may go wrong between. */
class RecordingApiTest {
    private static final String CLIP = "....ftypisom and what follows";
    private static final String SHEET = "{\"device\":\"nvr-1\"}";

    @TempDir
    static Path directory;

    private static TestServer server;
    private static int tests;
    private int number;
    private String gw;
    private String me;
    private TestApi olga;
    private CommandGateway gateway;
    private SignedDevice device;

    @BeforeAll
    static void startServer() throws Exception {
        server = TestServer.start(directory);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void start() throws Exception {
        number = ++tests;
        gw = "GW-" + number;
        me = "olga" + number;
        olga = server.person(me, "operator");
        gateway = server.commandGateway(gw).connect();
        device = SignedDevice.withKey(olga.address(), server.clock(), gateway.key());
        Device nvr =
                new Device("nvr-1", DeviceType.NVR, null, "North", null, null, null, null, null, List.of(), "online");
        gateway.gateway()
                .publish(
                        gateway.gateway().topic("inventory"),
                        PayloadCodec.encode(new Sequence("e", 1)
                                .on(new Inventory("nvr", 1, List.of(nvr)).toPayload(Instant.EPOCH))));
        await().until(() -> olga.get("/api/v1/devices/" + gw + "/nvr-1").statusCode() == 200);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void aClipIsAskedForMadeBroughtAndWatched() throws Exception {
        JsonNode asked = ask("1");
        String id = asked.get("id").asText();
        assertThat(asked.get("state").asText()).isEqualTo("requested");
        assertThat(asked.get("channel").asText()).isEqualTo("1");
        assertThat(asked.get("from").asText()).isEqualTo("2026-03-01T08:00:00.000Z");
        Envelope command = gateway.nextCommand();
        assertThat(command.id()).isEqualTo(id);
        assertThat(command.target()).isEqualTo("nvr-1");
        assertThat(command.params()).containsEntry("channel", "1").containsEntry("from", "2026-03-01T08:00:00Z");
        gateway.ack(id, GatewayState.RUNNING);
        gateway.progress(id, 40);
        await().untilAsserted(() ->
                assertThat(recording(id).at("/command/percent").asInt()).isEqualTo(40));
        assertThat(recording(id).get("state").asText()).isEqualTo("running");
        assertRefused(address(olga, id, ""), 409, "not_ready");

        succeed(id);
        awaitState(id, "awaiting_upload");
        assertRefused(device.post("/api/v1/device/recordings/" + id + "/finalize", "{}"), 409, "not_ready");
        assertRefused(device.post("/api/v1/device/recordings/" + id + "/upload-url", "{}"), 409, "by_command");
        String clip = upload(id, "nvr-1-1.mp4", "video/mp4", CLIP);
        upload(id, "nvr-1-1.evidence.json", "application/json", SHEET);

        assertThat(device.post("/api/v1/device/recordings/" + id + "/finalize", "{}")
                        .statusCode())
                .isEqualTo(200);
        JsonNode ready = recording(id);
        assertThat(ready.get("state").asText()).isEqualTo("ready");
        assertThat(ready.at("/clip/id").asText()).isEqualTo(clip);
        assertThat(ready.at("/clip/sha256").asText()).isEqualTo(sha256(CLIP));
        assertThat(ready.at("/evidence/mediaType").asText()).isEqualTo("application/json");
        assertThat(ready.at("/result/ok").asBoolean()).isTrue();
        assertThat(fetch(address(olga, id, ""))).isEqualTo(CLIP);
        assertThat(fetch(address(olga, id, "?part=evidence&download=1"))).isEqualTo(SHEET);
    }

    @Test
    void onlyWhoAskedAndWhoApprovesSeeThePictures() throws Exception {
        String id = ready();
        String clip = recording(id).at("/clip/id").asText();
        TestApi other = server.person("oscar" + number, "operator");

        assertThat(other.get("/api/v1/recordings/" + id).statusCode()).isEqualTo(200);
        assertRefused(address(other, id, ""), 403, "forbidden");
        assertRefused(other.post("/api/v1/artifacts/" + clip + "/link", "{}"), 403, "forbidden");
        assertThat(other.send(other.request("/api/v1/recordings/" + id).DELETE())
                        .statusCode())
                .isEqualTo(403);
        TestApi anna = server.person("anna" + number, "approver");
        assertThat(fetch(address(anna, id, ""))).isEqualTo(CLIP);
        assertThat(olga.post("/api/v1/artifacts/" + clip + "/link", "{}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPlainCommandMakesTheSameRecording() throws Exception {
        HttpResponse<String> made = olga.post("/api/v1/commands", """
                {"gatewayId":"%s","target":"nvr-1","type":"export_recording_clip","params":
                 {"channel":"2","from":"2026-03-01T08:00:00+07:00","to":"2026-03-01T08:01:00+07:00"}}""".formatted(gw));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String id = TestApi.json(made).get("id").asText();

        assertThat(recording(id).get("from").asText()).isEqualTo("2026-03-01T01:00:00.000Z");
        assertThat(recording(id).at("/command/id").asText()).isEqualTo(id);
    }

    @Test
    void whatCanNotBeIsRefusedAndLeavesNothing() {
        assertRefused(post("{\"gateway\":\"" + gw + "\",\"nvr\":\"nvr-1\",\"channel\":\"1\"}"), 400, "bad_request");
        assertRefused(post(body("nvr-9", "1", "2026-03-01T08:00:00Z", "2026-03-01T08:02:00Z")), 404, "not_found");
        assertRefused(post(body("nvr-1", "1", "2026-03-01T08:00:00Z", "2026-03-01T08:00:00Z")), 400, "bad_request");
        assertRefused(post(body(gw, "1", "2026-03-01T08:00:00Z", "2026-03-01T08:02:00Z")), 422, "wrong_target_type");
        TestApi viewer = server.person("vera" + number, "viewer");
        assertThat(viewer.post("/api/v1/recordings", body("nvr-1", "1", "2026-03-01T08:00:00Z", "2026-03-01T08:02:00Z"))
                        .statusCode())
                .isEqualTo(403);

        assertThat(ids("")).isEmpty();
    }

    @Test
    void theSameRequestTwiceMakesOneRecording() {
        String body = body("nvr-1", "1", "2026-03-01T08:00:00Z", "2026-03-01T08:02:00Z");
        HttpResponse<String> one = postWithKey(body, "k1");
        HttpResponse<String> again = postWithKey(body, "k1");

        assertThat(one.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(TestApi.json(again).get("id")).isEqualTo(TestApi.json(one).get("id"));
    }

    @Test
    void whatTheGatewayCanNotDoIsAFailedRecordingWithItsReason() throws Exception {
        String id = ask("1").get("id").asText();
        gateway.nextCommand();
        gateway.result(
                id,
                CommandGateway.ended(id, GatewayState.FAILED, ErrorCode.UNAVAILABLE)
                        .sign(gateway.key()));

        awaitState(id, "failed");
        assertThat(recording(id).get("reason").asText()).isEqualTo("unavailable");
        assertThat(recording(id).get("message").asText()).isEqualTo("as the test says");
        assertRefused(address(olga, id, ""), 409, "recording_failed");
    }

    @Test
    void aCancelledCommandIsAFailedRecording() throws Exception {
        gateway.die();
        await().untilAsserted(() -> assertThat(TestApi.json(olga.get("/api/v1/devices/" + gw + "/nvr-1"))
                        .get("status")
                        .asText())
                .isEqualTo("unknown"));
        String id = ask("1").get("id").asText();

        assertThat(olga.post("/api/v1/commands/" + id + "/cancel", "{}").statusCode())
                .isEqualTo(200);

        assertThat(recording(id).get("state").asText()).isEqualTo("failed");
        assertThat(recording(id).get("reason").asText()).isEqualTo("cancelled");
    }

    @Test
    void aClipThatDoesNotComeFailsAfterHalfAnHourAndIsReadyWhenItComesAfterAll() throws Exception {
        String id = ask("1").get("id").asText();
        gateway.nextCommand();
        succeed(id);
        awaitState(id, "awaiting_upload");
        server.clock().advance(Duration.ofMinutes(29));
        server.sweepArtifacts();
        assertThat(recording(id).get("state").asText()).isEqualTo("awaiting_upload");

        server.clock().advance(Duration.ofMinutes(2));
        server.sweepArtifacts();

        assertThat(recording(id).get("state").asText()).isEqualTo("failed");
        assertThat(recording(id).get("reason").asText()).isEqualTo("upload_stale");
        upload(id, "nvr-1-1.mp4", "video/mp4", CLIP);
        assertThat(recording(id).get("state").asText()).isEqualTo("ready");
    }

    @Test
    void anUploadThatStandsStillFailsTheRecordingAndGoingOnMakesItWaitAgain() throws Exception {
        String id = ask("1").get("id").asText();
        gateway.nextCommand();
        succeed(id);
        awaitState(id, "awaiting_upload");
        String file = newId();
        declare(id, file, "nvr-1-1.mp4", "video/mp4", CLIP);
        server.clock().advance(Duration.ofMinutes(31));
        server.sweepArtifacts();
        assertThat(recording(id).get("state").asText()).isEqualTo("failed");

        declare(id, file, "nvr-1-1.mp4", "video/mp4", CLIP);

        assertThat(recording(id).get("state").asText()).isEqualTo("awaiting_upload");
    }

    @Test
    void aRestartLosesNothingInAnyState() throws Exception {
        String running = run("1");
        String done = ready();
        String id = ask("3").get("id").asText();
        gateway.nextCommand();
        succeed(id);
        awaitState(id, "awaiting_upload");
        gateway.die();
        String waiting = ask("4").get("id").asText();

        server.restart();

        olga = server.api();
        olga.login(me, TestServer.PASSWORD);
        device = SignedDevice.withKey(olga.address(), server.clock(), gateway.key());
        assertThat(recording(waiting).get("state").asText()).isEqualTo("requested");
        assertThat(recording(running).get("state").asText()).isEqualTo("running");
        assertThat(fetch(address(olga, done, ""))).isEqualTo(CLIP);
        upload(id, "nvr-1-3.mp4", "video/mp4", CLIP);
        assertThat(recording(id).get("state").asText()).isEqualTo("ready");
    }

    @Test
    void theListIsFilteredAndPaged() throws Exception {
        String done = ready();
        String two = ask("2").get("id").asText();
        String three = TestApi.json(post(body("nvr-1", "2", "2026-03-02T08:00:00Z", "2026-03-02T08:02:00Z")))
                .get("id")
                .asText();

        assertThat(ids("")).containsExactly(three, two, done);
        assertThat(ids("&state=ready")).containsExactly(done);
        assertThat(ids("&nvr=nvr-1&channel=2")).containsExactly(three, two);
        assertThat(ids("&nvr=nvr-2")).isEmpty();
        assertThat(ids("&requester=" + me + "&from=2026-03-01T08:01:00Z&to=2026-03-01T09:00:00Z"))
                .containsExactly(two, done);
        JsonNode page = TestApi.json(olga.get("/api/v1/recordings?limit=2&gateway=" + gw));
        assertThat(page.get("items").findValuesAsText("id")).contains(three, two);
        assertThat(ids("&before=" + page.get("next").asText())).containsExactly(done);
        assertRefused(olga.get("/api/v1/recordings?state=nonsense"), 400, "bad_request");
    }

    @Test
    void aRecordingIsDeletedWithItsFilesAndOnlyWhenItIsOver() throws Exception {
        String open = run("2");
        String id = ready();
        String url = TestApi.json(address(olga, id, "")).get("url").asText();

        assertRefused(olga.send(olga.request("/api/v1/recordings/" + open).DELETE()), 409, "not_over");
        assertThat(olga.send(olga.request("/api/v1/recordings/" + id).DELETE()).statusCode())
                .isEqualTo(204);

        assertThat(recording(id).get("state").asText()).isEqualTo("deleted");
        assertThat(ids("")).containsExactly(open);
        assertRefused(address(olga, id, ""), 404, "not_found");
        assertThat(olga.get(url).statusCode()).isEqualTo(404);
        assertThat(server.count("select count(*) from artifact where state = 'READY' and command_id = '" + id + "'"))
                .isZero();
        assertThat(server.count(
                        "select count(*) from audit where action = 'recording.delete' and command_id = '" + id + "'"))
                .isEqualTo(1);
    }

    @Test
    void theNewestPictureOfADeviceIsHandedOutOnceAndThenOnlyWhenThereIsANewerOne() throws Exception {
        assertThat(olga.get("/api/v1/devices/" + gw + "/cam-1/thumbnail").statusCode())
                .isEqualTo(404);
        assertThat(olga.send(olga.request("/api/v1/devices/" + gw + "/cam-1/thumbnail")
                                .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(204);
        picture("old");
        picture("new");

        HttpResponse<String> first = olga.get("/api/v1/devices/" + gw + "/cam-1/thumbnail");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).endsWith("new");
        assertThat(first.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(first.headers().firstValue("Cache-Control")).contains("private, max-age=15");
        String etag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> second = olga.send(
                olga.request("/api/v1/devices/" + gw + "/cam-1/thumbnail").header("If-None-Match", etag));
        assertThat(second.statusCode()).isEqualTo(304);
        HttpResponse<String> head = olga.send(olga.request("/api/v1/devices/" + gw + "/cam-1/thumbnail")
                .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("ETag")).contains(etag);
        HttpResponse<String> named = olga.get("/api/v1/devices/" + gw + "/cam-1/thumbnail?v=" + etag.replace("\"", ""));
        assertThat(named.headers().firstValue("Cache-Control")).contains("private, max-age=86400, immutable");
        assertThat(second.body()).isEmpty();
        assertThat(server.api()
                        .get("/api/v1/devices/" + gw + "/cam-1/thumbnail")
                        .statusCode())
                .isEqualTo(401);
    }

    private void picture(String text) throws Exception {
        String file = newId();
        String bytes = "\u00ff\u00d8\u00ff" + text;
        byte[] content = bytes.getBytes(StandardCharsets.ISO_8859_1);
        String path = "/api/v1/device/artifacts";
        device.post(path, """
                {"id":"%s","name":"cam-1.jpg","mediaType":"image/jpeg","kind":"snapshot","device":"cam-1","size":%d,"sha256":"%s"}""".formatted(file, content.length, RequestSignature.sha256(content)));
        device.put(path + "/" + file, "offset=0", content, null);
        assertThat(device.post(path + "/" + file + "/complete", "{}").statusCode())
                .isEqualTo(200);
    }

    /** A recording that its gateway works on. */
    private String run(String channel) throws Exception {
        String id = ask(channel).get("id").asText();
        gateway.nextCommand();
        gateway.ack(id, GatewayState.RUNNING);
        awaitState(id, "running");
        return id;
    }

    /** A recording whose clip is here. */
    private String ready() throws Exception {
        String id = ask("1").get("id").asText();
        assertThat(gateway.nextCommand().id()).isEqualTo(id);
        succeed(id);
        awaitState(id, "awaiting_upload");
        upload(id, "nvr-1-1.mp4", "video/mp4", CLIP);
        assertThat(recording(id).get("state").asText()).isEqualTo("ready");
        return id;
    }

    private JsonNode ask(String channel) {
        HttpResponse<String> made = post(body("nvr-1", channel, "2026-03-01T08:00:00Z", "2026-03-01T08:02:00Z"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return TestApi.json(made);
    }

    private String body(String nvr, String channel, String from, String to) {
        return "{\"gateway\":\"%s\",\"nvr\":\"%s\",\"channel\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"}"
                .formatted(gw, nvr, channel, from, to);
    }

    private HttpResponse<String> post(String body) {
        return olga.post("/api/v1/recordings", body);
    }

    private HttpResponse<String> postWithKey(String body, String key) {
        return olga.send(olga.request("/api/v1/recordings")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
    }

    private void succeed(String id) throws Exception {
        CommandReport.Result result = CommandGateway.succeeded(id);
        gateway.result(id, result.sign(gateway.key()));
    }

    private void awaitState(String id, String state) {
        await().untilAsserted(
                        () -> assertThat(recording(id).get("state").asText()).isEqualTo(state));
    }

    private JsonNode recording(String id) {
        return TestApi.json(olga.get("/api/v1/recordings/" + id));
    }

    private List<String> ids(String query) {
        return java.util.stream.StreamSupport.stream(
                        TestApi.json(olga.get("/api/v1/recordings?gateway=" + gw + query))
                                .get("items")
                                .spliterator(),
                        false)
                .map(item -> item.get("id").asText())
                .toList();
    }

    private static HttpResponse<String> address(TestApi api, String id, String query) {
        return api.get("/api/v1/recordings/" + id + "/download-url" + query);
    }

    private String fetch(HttpResponse<String> address) {
        assertThat(address.statusCode()).as(address.body()).isEqualTo(200);
        return olga.get(TestApi.json(address).get("url").asText()).body();
    }

    private void declare(String command, String file, String name, String type, String content) throws Exception {
        HttpResponse<String> declared = device.post("/api/v1/device/commands/" + command + "/artifacts", """
                {"id":"%s","name":"%s","mediaType":"%s","kind":"clip","device":"nvr-1","size":%d,"sha256":"%s"}""".formatted(
                        file, name, type, content.length(), sha256(content)));
        assertThat(declared.statusCode()).as(declared.body()).isIn(200, 201);
    }

    private String upload(String command, String name, String type, String content) throws Exception {
        String file = newId();
        declare(command, file, name, type, content);
        String path = "/api/v1/device/commands/" + command + "/artifacts/" + file;
        device.put(path, "offset=0", content.getBytes(StandardCharsets.UTF_8), null);
        HttpResponse<String> complete = device.post(path + "/complete", "{}");
        assertThat(complete.statusCode()).as(complete.body()).isEqualTo(200);
        return file;
    }

    private static String sha256(String content) {
        return RequestSignature.sha256(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(TestApi.json(answer).get("code").asText()).isEqualTo(code);
    }
}
