package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.command.RequestSignature;
import solutions.itms.scs.server.artifact.ArtifactSettings;
import solutions.itms.scs.server.artifact.Kind;

/** Files from the first signed request to the last byte, and everything that can be wrong on the way. */
class ArtifactApiTest {
    private static final String DEVICE = "/api/v1/device/";
    private static final ArtifactSettings SETTINGS = new ArtifactSettings(
            8L * 1024 * 1024 * 1024,
            20_000_000,
            60_000_000,
            40,
            12,
            0,
            Duration.ofMinutes(30),
            Duration.ofDays(1),
            Duration.ofMinutes(5),
            Map.of(Kind.LOG, Duration.ofDays(10)),
            null);

    @TempDir
    static Path directory;

    private static TestServer server;
    private static int gateways;
    TestApi api;
    SignedDevice device;
    private String id;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(directory, SETTINGS);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    static ArtifactSettings settings() {
        return SETTINGS;
    }

    /** Runs on the file system here, and on S3 in a subclass. */
    TestServer server() {
        return server;
    }

    @BeforeEach
    void addGateway() {
        api = server().admin();
        id = "GW-" + ++gateways;
        CommandGateway gateway = server().commandGateway(id);
        device = SignedDevice.withKey(api.address(), server().clock(), gateway.key());
    }

    @Test
    void aFileIsUploadedFetchedCheckedAndDeletedAndNothingIsLeft() throws Exception {
        byte[] log = bytes(700_000);
        String command = command();
        String aid = newId();
        HttpResponse<String> begun =
                declare("commands/" + command + "/artifacts", aid, "log.txt", "text/plain", "log", log);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        assertThat(TestApi.json(begun).get("offset").asLong()).isZero();
        String path = "commands/" + command + "/artifacts/" + aid;
        assertThat(put(path, 0, slice(log, 0, 300_000)).statusCode()).isEqualTo(204);
        assertThat(put(path, 300_000, slice(log, 300_000, 400_000)).headers().firstValue("Upload-Offset"))
                .contains("700000");
        assertThat(artifact(aid).get("state").asText()).isEqualTo("UPLOADING");

        HttpResponse<String> whole = device.post(DEVICE + path + "/complete", "{}");

        assertThat(whole.statusCode()).as(whole.body()).isEqualTo(200);
        assertThat(artifact(aid).get("state").asText()).isEqualTo("READY");
        assertThat(TestApi.json(api.get("/api/v1/artifacts?command=" + command))
                        .at("/items/0/sha256")
                        .asText())
                .isEqualTo(RequestSignature.sha256(log));
        String url = link(aid);
        HttpResponse<byte[]> fetched = fetch(url, Map.of());
        assertThat(fetched.statusCode()).isEqualTo(200);
        assertThat(fetched.body()).isEqualTo(log);
        assertThat(fetched.headers().firstValue("ETag")).contains("\"" + RequestSignature.sha256(log) + "\"");
        assertThat(api.send(api.request("/api/v1/artifacts/" + aid).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(fetch(url, Map.of()).statusCode()).isEqualTo(404);
        assertThat(artifact(aid).get("state").asText()).isEqualTo("DELETED");
        assertThat(server().count("select count(*) from artifact_link where artifact_id = '" + aid + "'"))
                .isZero();
        assertNothingStaged(aid);
    }

    @Test
    void aFileWithoutBytesIsAFile() throws Exception {
        String aid = newId();
        declare("artifacts", aid, "empty.txt", "text/plain", "log", new byte[0]);

        assertThat(device.post(DEVICE + "artifacts/" + aid + "/complete", "{}").statusCode())
                .isEqualTo(200);

        HttpResponse<byte[]> fetched = fetch(link(aid), Map.of());
        assertThat(fetched.statusCode()).isEqualTo(200);
        assertThat(fetched.body()).isEmpty();
    }

    @Test
    void partsOfAFileAreFetchedByRange() throws Exception {
        byte[] log = bytes(200_000);
        String url = link(upload("log.txt", "text/plain", "log", log));

        HttpResponse<byte[]> middle = fetch(url, Map.of("Range", "bytes=1000-1999"));
        assertThat(middle.statusCode()).isEqualTo(206);
        assertThat(middle.body()).isEqualTo(slice(log, 1_000, 1_000));
        assertThat(middle.headers().firstValue("Content-Range")).contains("bytes 1000-1999/200000");
        assertThat(fetch(url, Map.of("Range", "bytes=-10")).body()).isEqualTo(slice(log, 199_990, 10));
        assertThat(fetch(url, Map.of("Range", "bytes=199000-")).body()).hasSize(1_000);
        assertThat(fetch(url, Map.of("Range", "bytes=200000-")).statusCode()).isEqualTo(416);
        assertThat(fetch(url, Map.of("Range", "bytes=0-1", "If-Range", "\"other\""))
                        .statusCode())
                .isEqualTo(200);
        assertThat(fetch(url, Map.of("If-None-Match", "\"" + RequestSignature.sha256(log) + "\""))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void bytesAreAcceptedOnlyWhereTheyBelong() throws Exception {
        byte[] log = bytes(1_000);
        String aid = newId();
        String path = "artifacts/" + aid;
        declare("artifacts", aid, "log.txt", "text/plain", "log", log);
        put(path, 0, slice(log, 0, 400));

        HttpResponse<String> gap = put(path, 500, slice(log, 500, 500));
        assertRefused(gap, 409, "wrong_offset");
        assertThat(TestApi.json(gap).get("offset").asLong()).isEqualTo(400);
        assertRefused(put(path, 1_001, bytes(1)), 413, "beyond_size");
        assertRefused(put(path, 400, bytes(601)), 413, "beyond_size");
        assertRefused(device.post(DEVICE + path + "/complete", "{}"), 409, "incomplete");
        assertRefused(device.put(DEVICE + path, "offset=400", slice(log, 400, 600), bytes(600)), 401, "body_altered");
        assertThat(TestApi.json(device.get(DEVICE + path, "")).get("offset").asLong())
                .isEqualTo(400);
        assertThat(put(path, 400, slice(log, 400, 600)).statusCode()).isEqualTo(204);
        assertThat(device.post(DEVICE + path + "/complete", "{}").statusCode()).isEqualTo(200);
        assertThat(device.post(DEVICE + path + "/complete", "{}").statusCode()).isEqualTo(200);
        assertRefused(put(path, 0, slice(log, 0, 10)), 409, "not_open");
    }

    @Test
    void aFileMayComeInOneRequestHoweverLargeWhenItIsSignedWithItsOwnChecksum() throws Exception {
        byte[] log = bytes(17 * 1024 * 1024);
        String aid = newId();
        String path = "artifacts/" + aid;
        declare("artifacts", aid, "log.bin", "application/octet-stream", "log", log);
        byte[] altered = log.clone();
        altered[9_000_000]++;

        assertRefused(put(path, 0, altered), 413, "piece_too_large");
        assertRefused(device.put(DEVICE + path, "offset=0", log, altered), 401, "body_altered");
        assertThat(TestApi.json(device.get(DEVICE + path, "")).get("offset").asLong())
                .isZero();
        assertThat(put(path, 0, log).statusCode()).isEqualTo(204);
        assertThat(device.post(DEVICE + path + "/complete", "{}").statusCode()).isEqualTo(200);
        assertThat(fetch(link(aid), Map.of()).body()).isEqualTo(log);
    }

    @Test
    void ofTwoWhoUploadOneFileTheLaterGoesOn() throws Exception {
        byte[] log = bytes(100_000);
        String aid = newId();
        String path = "artifacts/" + aid;
        declare("artifacts", aid, "log.txt", "text/plain", "log", log);
        CountDownLatch release = new CountDownLatch(1);
        HttpRequest.BodyPublisher stuck = HttpRequest.BodyPublishers.fromPublisher(
                HttpRequest.BodyPublishers.ofInputStream(() -> new SequenceInputStream(
                        new ByteArrayInputStream(slice(log, 0, 40_000)),
                        new Held(release, slice(log, 40_000, 60_000)))),
                log.length);
        CompletableFuture<HttpResponse<String>> first = SignedDevice.HTTP.sendAsync(
                device.putting(DEVICE + path, "offset=0", log, stuck), HttpResponse.BodyHandlers.ofString());
        await().until(() -> offset(path) > 0);
        await().during(Duration.ofMillis(200)).until(() -> offset(path) > 0);
        int from = (int) offset(path);

        assertThat(put(path, from, slice(log, from, log.length - from)).statusCode())
                .isEqualTo(204);
        assertThat(device.post(DEVICE + path + "/complete", "{}").statusCode()).isEqualTo(200);
        release.countDown();

        assertRefused(first.get(), 409, "superseded");
        assertThat(fetch(link(aid), Map.of()).body()).isEqualTo(log);
    }

    private long offset(String path) throws Exception {
        return TestApi.json(device.get(DEVICE + path, "")).get("offset").asLong();
    }

    /** Bytes that come when they are let go. */
    private static final class Held extends ByteArrayInputStream {
        private final CountDownLatch release;

        Held(CountDownLatch release, byte[] bytes) {
            super(bytes);
            this.release = release;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.read(bytes, offset, length);
        }
    }

    @Test
    void aServerWithoutRoomSaysSo() throws Exception {
        ArtifactSettings preset = ArtifactSettings.DEFAULT;
        ArtifactSettings noRoom = new ArtifactSettings(
                preset.maxBytes(),
                preset.gatewayBytes(),
                preset.accountBytes(),
                10,
                10,
                Long.MAX_VALUE / 2,
                preset.staleAfter(),
                preset.keepPartial(),
                preset.linkLife(),
                Map.of(),
                null);
        try (TestServer full = TestServer.start(directory.resolve("full-" + id), noRoom)) {
            device = SignedDevice.withKey(
                    full.api().address(),
                    full.clock(),
                    full.commandGateway("GW-F").key());
            assertRefused(declare(newId(), "x.txt", "text/plain", "log", 10), 507, "disk_full");
        }
    }

    @Test
    void aFileWithTheWrongChecksumIsNeverSeenAndMayComeAgain() throws Exception {
        byte[] log = bytes(5_000);
        byte[] other = bytes(5_000);
        String aid = newId();
        String path = "artifacts/" + aid;
        declare("artifacts", aid, "log.txt", "text/plain", "log", log);

        put(path, 0, other);
        assertRefused(device.post(DEVICE + path + "/complete", "{}"), 422, "checksum_mismatch");
        assertRefused(api.post("/api/v1/artifacts/" + aid + "/link", "{}"), 409, "not_ready");
        put(path, 0, log);
        assertThat(device.post(DEVICE + path + "/complete", "{}").statusCode()).isEqualTo(200);
        assertThat(fetch(link(aid), Map.of()).body()).isEqualTo(log);
    }

    @Test
    void whatIsTooLargeOrTooMuchOrOfAWrongTypeIsRefused() throws Exception {
        assertRefused(declare(newId(), "x.txt", "text/plain", "log", 10_000_000_000L), 413, "too_large");
        assertRefused(declare(newId(), "x.txt", "text/plain", "log", 20_000_001L), 409, "quota_exceeded");
        assertRefused(declare(newId(), "x.html", "text/html", "log", 10), 415, "type_not_allowed");
        assertRefused(declare(newId(), "x.mp4", "video/mp4", "log", 10), 415, "type_not_allowed");
        assertRefused(declare(newId(), "../../x", "text/plain", "log", 10), 400, "bad_name");
        assertRefused(declare("../../../x", "x", "text/plain", "log", 10), 400, "bad_request");
        for (int i = 0; i < 12; i++) {
            assertThat(declare(newId(), "x.txt", "text/plain", "log", 10).statusCode())
                    .isEqualTo(201);
        }
        assertRefused(declare(newId(), "x.txt", "text/plain", "log", 10), 409, "quota_exceeded");
    }

    @Test
    void htmlThatSaysItIsAVideoIsRefused() throws Exception {
        byte[] html = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
        String aid = newId();
        declare("artifacts", aid, "clip.mp4", "video/mp4", "clip", html);
        put("artifacts/" + aid, 0, html);

        assertRefused(device.post(DEVICE + "artifacts/" + aid + "/complete", "{}"), 422, "type_mismatch");

        assertThat(artifact(aid).get("state").asText()).isEqualTo("FAILED");
        assertRefused(declare("artifacts", aid, "clip.mp4", "video/mp4", "clip", html), 410, "not_wanted");
        assertNothingStaged(aid);
    }

    @Test
    void nothingInAFileCanRunInABrowser() throws Exception {
        byte[] html = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> text = fetch(link(upload("page.html", "text/plain", "log", html)), Map.of());

        assertThat(text.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(text.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(text.headers().firstValue("Content-Security-Policy")).contains("default-src 'none'; sandbox");
        assertThat(text.headers().firstValue("Content-Disposition").orElse(""))
                .matches("inline; filename=\"log-" + id + "-[0-9]{8}-[0-9]{6}-[0-9a-f]{8}\\.txt\"");
        HttpResponse<byte[]> csv = fetch(link(upload("a.csv", "text/csv", "log", html)), Map.of());
        assertThat(csv.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment; ");
    }

    @Test
    void aTokenIsGoodForOneFileAndAShortTime() throws Exception {
        String one = upload("one.txt", "text/plain", "log", bytes(10));
        String other = upload("other.txt", "text/plain", "log", bytes(20));
        String url = link(one);
        String token = url.substring(url.indexOf("token=") + 6);

        assertThat(fetchCode("/api/v1/downloads/" + other + "?token=" + token, 403))
                .isEqualTo("other_token");
        assertThat(fetchCode("/api/v1/downloads/" + one, 401)).isEqualTo("bad_token");
        assertThat(fetchCode(url.substring(0, url.length() - 3) + "AAA", 401)).isEqualTo("bad_token");
        assertThat(fetchCode("/api/v1/downloads/" + newId() + "?token=" + token, 403))
                .isEqualTo("other_token");
        assertThat(api.send(api.request("/api/v1/artifacts/" + one + "/links").DELETE())
                        .statusCode())
                .isEqualTo(200);
        assertThat(fetchCode(url, 401)).isEqualTo("token_revoked");
        String later = link(one);
        server().clock().advance(Duration.ofMinutes(6));
        assertThat(fetchCode(later, 401)).isEqualTo("token_expired");
    }

    @Test
    void aGatewaySeesNoFileOfAnother() throws Exception {
        String aid = newId();
        declare("artifacts", aid, "x.txt", "text/plain", "log", bytes(10));
        SignedDevice stranger = SignedDevice.withKey(
                api.address(),
                server().clock(),
                server().commandGateway(id + "b").key());

        assertRefused(stranger.get(DEVICE + "artifacts/" + aid, ""), 403, "out_of_scope");
        assertRefused(stranger.put(DEVICE + "artifacts/" + aid, "offset=0", bytes(10), null), 403, "out_of_scope");
        assertRefused(stranger.post(DEVICE + "commands/" + command() + "/artifacts", "{}"), 403, "out_of_scope");
        assertThat(api.put(DEVICE + "artifacts/" + aid, bytes(10)).statusCode()).isEqualTo(401);
    }

    @Test
    void anUploadThatFallsSilentFailsAndGoesOnWhenTheGatewayIsBack() throws Exception {
        byte[] log = bytes(1_000);
        String aid = newId();
        declare("artifacts", aid, "x.txt", "text/plain", "log", log);
        put("artifacts/" + aid, 0, slice(log, 0, 600));
        server().clock().advance(Duration.ofMinutes(31));

        server().sweepArtifacts();

        assertThat(artifact(aid).get("state").asText()).isEqualTo("FAILED");
        assertThat(artifact(aid).get("reason").asText()).isEqualTo("stale");
        HttpResponse<String> again = declare("artifacts", aid, "x.txt", "text/plain", "log", log);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(TestApi.json(again).get("offset").asLong()).isEqualTo(600);
        put("artifacts/" + aid, 600, slice(log, 600, 400));
        assertThat(device.post(DEVICE + "artifacts/" + aid + "/complete", "{}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void oldFilesGoByTheirKindAndLostOnesAreTold() throws Exception {
        String log = upload("x.txt", "text/plain", "log", bytes(10));
        String other = upload("x.bin", "application/octet-stream", "other", bytes(10));
        server().clock().advance(Duration.ofDays(11));
        api = server().admin();

        server().sweepArtifacts();

        assertThat(artifact(log).get("state").asText()).isEqualTo("DELETED");
        assertThat(artifact(log).get("deletedBy").asText()).isEqualTo("system");
        assertThat(artifact(other).get("state").asText()).isEqualTo("READY");
        removeObject(other);
        server().sweepArtifacts();
        assertThat(artifact(other).get("reason").asText()).isEqualTo("lost");
    }

    @Test
    void aVideoIsBroughtAndFetchedByAddressesOfItsOwner() throws Exception {
        byte[] video = video(300_000);
        HttpResponse<String> made = api.post(
                "/api/v1/videos/upload-url", "{\"name\":\"gate.mp4\",\"mediaType\":\"video/mp4\",\"size\":300000}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String vid = TestApi.json(made).get("id").asText();
        String url = TestApi.json(made).get("url").asText();

        assertThat(new TestApi(api.address())
                        .put(url.replace("token=", "token=x"), video)
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> put = new TestApi(api.address()).put(url, video);

        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        assertThat(TestApi.json(put).get("sha256").asText()).isEqualTo(RequestSignature.sha256(video));
        String get = TestApi.json(api.get("/api/v1/videos/" + vid + "/download-url"))
                .get("url")
                .asText();
        HttpResponse<byte[]> fetched = fetch(get, Map.of());
        assertThat(fetched.body()).isEqualTo(video);
        assertThat(fetched.headers().firstValue("Content-Type")).contains("video/mp4");
        assertThat(new TestApi(api.address()).put(url, video).statusCode()).isEqualTo(401);
        TestApi another = server().person("someone-" + id.toLowerCase(java.util.Locale.ROOT), "operator");
        assertThat(another.get("/api/v1/videos/" + vid + "/download-url").statusCode())
                .isEqualTo(404);
        assertThat(api.send(api.request("/api/v1/videos/" + vid).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(fetch(get, Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void aRefusalIsHeardBehindALargeBodyToo() throws Exception {
        byte[] large = new byte[8_000_000];
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> refused =
                    new TestApi(api.address()).put("/api/v1/uploads/" + "0".repeat(32) + "?token=wrong", large);
            assertThat(refused.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aRecordingIsBroughtByItsGatewayForThePersonWhoAskedForIt() throws Exception {
        byte[] video = video(100_000);
        HttpResponse<String> made = api.post(
                "/api/v1/recordings",
                "{\"name\":\"stream.mp4\",\"mediaType\":\"video/mp4\",\"gatewayId\":\"" + id
                        + "\",\"device\":\"CAM-1\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String rid = TestApi.json(made).get("id").asText();
        assertRefused(api.get("/api/v1/recordings/" + rid + "/download-url"), 409, "not_ready");
        assertRefused(device.post(DEVICE + "recordings/" + rid + "/finalize", "{}"), 409, "not_ready");

        String url = TestApi.json(device.post(DEVICE + "recordings/" + rid + "/upload-url", "{}"))
                .get("url")
                .asText();
        assertThat(new TestApi(api.address()).put(url, video).statusCode()).isEqualTo(200);
        assertThat(device.post(DEVICE + "recordings/" + rid + "/finalize", "{}").statusCode())
                .isEqualTo(200);

        String get = TestApi.json(api.get("/api/v1/recordings/" + rid + "/download-url"))
                .get("url")
                .asText();
        assertThat(fetch(get, Map.of()).body()).isEqualTo(video);
        assertThat(TestApi.json(api.get("/api/v1/recordings/" + rid))
                        .get("state")
                        .asText())
                .isEqualTo("ready");
        TestApi another = server().person("other-" + id.toLowerCase(java.util.Locale.ROOT), "operator");
        assertThat(another.post("/api/v1/artifacts/" + rid + "/link", "{}").statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatTakesRoomIsToldBySiteAndKind() throws Exception {
        upload("x.txt", "text/plain", "log", bytes(1_234));

        JsonNode storage = TestApi.json(api.get("/api/v1/storage"));

        assertThat(storage.get("sites")).anySatisfy(site -> {
            assertThat(site.get("gatewayId").asText()).isEqualTo(id);
            assertThat(site.get("bytes").asLong()).isEqualTo(1_234);
        });
        assertThat(storage.get("kinds")).anySatisfy(kind -> {
            assertThat(kind.get("kind").asText()).isEqualTo("log");
            assertThat(kind.get("keepDays").asLong()).isEqualTo(10);
            assertThat(kind.get("nextDeletionAt").isNull()).isFalse();
        });
    }

    String upload(String name, String type, String kind, byte[] content) throws Exception {
        String aid = newId();
        assertThat(declare("artifacts", aid, name, type, kind, content).statusCode())
                .isEqualTo(201);
        put("artifacts/" + aid, 0, content);
        assertThat(device.post(DEVICE + "artifacts/" + aid + "/complete", "{}").statusCode())
                .isEqualTo(200);
        return aid;
    }

    String uploadInPieces(byte[] content) throws Exception {
        String aid = newId();
        declare("artifacts", aid, "x.bin", "application/octet-stream", "other", content);
        for (int at = 0; at < content.length; at += 8_000_000) {
            put("artifacts/" + aid, at, slice(content, at, Math.min(8_000_000, content.length - at)));
        }
        assertThat(device.post(DEVICE + "artifacts/" + aid + "/complete", "{}").statusCode())
                .isEqualTo(200);
        return aid;
    }

    void removeObject(String aid) throws Exception {
        Files.delete(server().data()
                .resolve("artifacts/objects")
                .resolve(aid.substring(0, 2))
                .resolve(aid.substring(2, 4))
                .resolve(aid));
    }

    private void assertNothingStaged(String aid) throws Exception {
        try (Stream<Path> files = Files.walk(server().data().resolve("artifacts"))) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain(aid);
        }
    }

    private HttpResponse<String> declare(
            String collection, String aid, String name, String type, String kind, byte[] content) throws Exception {
        return device.post(
                DEVICE + collection,
                declaration(aid, name, type, kind, content.length, RequestSignature.sha256(content)));
    }

    private HttpResponse<String> declare(String aid, String name, String type, String kind, long size)
            throws Exception {
        return device.post(DEVICE + "artifacts", declaration(aid, name, type, kind, size, "0".repeat(64)));
    }

    private static String declaration(String aid, String name, String type, String kind, long size, String sha256) {
        return """
                {"id":"%s","name":"%s","mediaType":"%s","kind":"%s","device":"GATE-1","size":%d,"sha256":"%s"}""".formatted(aid, name, type, kind, size, sha256);
    }

    private HttpResponse<String> put(String path, long offset, byte[] content) throws Exception {
        return device.put(DEVICE + path, "offset=" + offset, content, null);
    }

    private String command() {
        HttpResponse<String> answer =
                api.post("/api/v1/commands", "{\"gatewayId\":\"" + id + "\",\"type\":\"get_ip_config\",\"params\":{}}");
        return TestApi.json(answer).get("id").asText();
    }

    private JsonNode artifact(String aid) {
        return TestApi.json(api.get("/api/v1/artifacts/" + aid));
    }

    String link(String aid) {
        HttpResponse<String> answer = api.post("/api/v1/artifacts/" + aid + "/link", "{}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestApi.json(answer).get("url").asText();
    }

    HttpResponse<byte[]> fetch(String url, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url.startsWith("/") ? api.address() + url : url));
        headers.forEach(request::header);
        return SignedDevice.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private String fetchCode(String url, int status) throws Exception {
        HttpResponse<byte[]> answer = fetch(url, Map.of());
        assertThat(answer.statusCode()).isEqualTo(status);
        return TestApi.json(new String(answer.body(), StandardCharsets.UTF_8))
                .get("code")
                .asText();
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random().nextBytes(bytes);
        return bytes;
    }

    private static byte[] video(int count) {
        byte[] bytes = bytes(count);
        byte[] mark = "ftypisom".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(mark, 0, bytes, 4, mark.length);
        return bytes;
    }

    private static byte[] slice(byte[] bytes, int from, int count) {
        return java.util.Arrays.copyOfRange(bytes, from, from + count);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(TestApi.json(answer).get("code").asText()).isEqualTo(code);
    }
}
