package solutions.itms.scs.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.command.RequestSignature;

/** The recorder of the simulated site: searched and asked for a clip over the server, which comes with its SHA-256. */
class RecordersIT {
    private static final String PASSWORD = "correct horse battery";

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final int httpPort = Scs.freePort();

    @TempDir
    Path directory;

    RecordersIT() throws IOException {}

    @Test
    void aClipOfARecorderComesFromTheSiteToTheServer() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        try (Scs scs = new Scs(
                "run",
                "--gates",
                "1",
                "--nvr-port",
                Integer.toString(Scs.freePort()),
                "--data",
                directory.resolve("data").toString(),
                "--station-port",
                Integer.toString(Scs.freePort()),
                "--http-port",
                Integer.toString(httpPort),
                "--mqtt-port",
                Integer.toString(Scs.freePort()),
                "--admin-password-file",
                password.toString())) {
            scs.ready();
            post("/api/v1/auth/login", "{\"username\":\"admin\",\"password\":\"" + PASSWORD + "\"}");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(get("/api/v1/devices"))
                            .contains("\"NVR\"", "Station recorder", "Gate line north"));
            Instant to = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(120);
            Instant from = to.minusSeconds(20);

            String found = run("search_recordings", span(to.minus(Duration.ofHours(8)), to));
            assertThat(found).contains("\"segmentsFrom\":\"events\"", "Gate line north", "\"channel\":\"4\"");
            String clip = run("export_recording_clip", "\"channel\":\"1\"," + span(from, to));
            assertThat(clip).contains("\"complete\":true", "avc1.", "evidence.json");

            List<String> ids = all(clip, "\"id\":\"([0-9a-f]{32})\"");
            assertThat(ids).as("the command, the clip and its sheet").hasSize(3);
            List<String> files = ids.subList(1, 3);
            await().atMost(Scs.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(get("/api/v1/artifacts/" + files.get(0))).contains("READY"));
            byte[] mp4 = download(files.get(0));
            String sha256 = RequestSignature.sha256(mp4);
            assertThat(clip).contains("\"sha256\":\"" + sha256 + "\"");
            assertThat(new String(mp4, 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
            await().atMost(Scs.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(get("/api/v1/artifacts/" + files.get(1))).contains("READY"));
            assertThat(new String(download(files.get(1)), StandardCharsets.UTF_8))
                    .contains(sha256, "\"requestedBy\":\"admin\"", "\"manufacturer\":\"Simulated\"");
        }
    }

    private static String span(Instant from, Instant to) {
        return "\"from\":\"" + from + "\",\"to\":\"" + to + "\"";
    }

    /** What the server tells of a command once it has succeeded. */
    private String run(String type, String parameters) throws Exception {
        String made = post(
                "/api/v1/commands",
                "{\"gatewayId\":\"demo\",\"target\":\"nvr-1\",\"type\":\"" + type + "\",\"params\":{" + parameters
                        + "}}");
        String id = all(made, "\"id\":\"([^\"]+)\"").get(0);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> get("/api/v1/commands/" + id).contains("\"final\":true"));
        String ended = get("/api/v1/commands/" + id);
        assertThat(ended).as(ended).contains("\"SUCCESS\"");
        return ended;
    }

    private static List<String> all(String text, String pattern) {
        List<String> all = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            if (!all.contains(matcher.group(1))) {
                all.add(matcher.group(1));
            }
        }
        return all;
    }

    private byte[] download(String id) throws Exception {
        String link = post("/api/v1/artifacts/" + id + "/link", "{\"download\":true}");
        String url = all(link, "\"url\":\"([^\"]+)\"").get(0);
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(URI.create(address()).resolve(url)).build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private String post(String path, String json) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(address() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        return answer.body();
    }

    private String get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address() + path)).build(), BodyHandlers.ofString())
                .body();
    }

    private String address() {
        return "http://127.0.0.1:" + httpPort;
    }
}
