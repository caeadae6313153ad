package solutions.itms.scs.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A stand-alone gateway with the station SamYan, and a browser to look at its screen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ScreenFixture {
    static final String PIN = "4711";

    private final HttpClient http = HttpClient.newHttpClient();

    Path directory;
    private int port;
    private Scs gateway;
    Browser browser;

    @BeforeAll
    void begin(@TempDir Path folder) throws Exception {
        directory = folder;
        port = Scs.freePort();
        Files.writeString(directory.resolve("config.json"), config());
        gateway = gateway();
        gateway.ready();
        browser = new Browser();
    }

    @AfterAll
    void end() throws Exception {
        browser.close();
        gateway.close();
    }

    /** The configuration of section 5, with names in both languages. */
    private String config() {
        return "{\"databasePath\":\"./app.sqlite\",\"logsPath\":\"./logs\",\"logLevel\":\"info\",\"logsRetentionDays\":14,"
                + "\"environment\":\"production\",\"fullScreen\":false,\"deviceCommunicationPath\":\"./data\","
                + "\"stationIp\":\"127.0.0.1\",\"stationName\":{\"en\":\"SamYan\",\"th\":\"สามย่าน\"},\"stationId\":\"13\","
                + "\"heartbeatPort\":" + port + ",\"deviceProbePort\":22,\"time\":{\"tz\":\"Asia/Bangkok\"}}";
    }

    private Scs gateway() throws IOException {
        return new Scs(
                "gateway",
                "--data",
                directory.resolve("gateway").toString(),
                "--station-port",
                Integer.toString(port),
                "--set",
                "solutions.itms.scs.station/config.file=" + directory.resolve("config.json"),
                "--set",
                "solutions.itms.scs.station/leave.emergency.pin=" + PIN,
                "--set",
                "solutions.itms.scs.station/device.groups={\"Hall A\":[\"G1\",\"G3-02\"]}");
    }

    /** Ends the gateway as a power cut would. */
    void kill() throws Exception {
        gateway.stop("KILL");
    }

    void startAgain() throws Exception {
        gateway = gateway();
        gateway.ready();
    }

    /** Opens the screen with this behind its address. */
    void open(String more) {
        open(more, 1920, 1080);
    }

    void open(String more, int width, int height) {
        browser.open("http://127.0.0.1:" + port + "/station/" + more, width, height);
        browser.find("summary");
    }

    /** A device of a gate, {@code G1-01} on the north side and {@code G1-02} on the south side, says how it is. */
    void beat(String id, String status, String message) throws Exception {
        String gate = id.substring(0, id.indexOf('-'));
        String side = id.endsWith("1") ? "north" : "south";
        post(
                "/hb",
                "{\"id\":\"" + id + "\",\"ip\":\"192.168.1.101\",\"gateId\":\"" + gate + "\",\"side\":\"" + side
                        + "\",\"status\":\"" + status + "\",\"message\":\"" + message + "\",\"ts\":\""
                        + Instant.now().truncatedTo(ChronoUnit.MILLIS) + "\"}");
    }

    /** So many gates, each with both sides online. */
    List<String> gates(int count) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int gate = 1; gate <= count; gate++) {
            for (String device : List.of("-01", "-02")) {
                ids.add("G" + gate + device);
                beat("G" + gate + device, "online", "");
            }
        }
        return ids;
    }

    String post(String path, String body) throws Exception {
        String answer = postAnyway(path, body);
        assertThat(answer).startsWith("{\"ok\":true");
        return answer;
    }

    String postAnyway(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    String get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                .body();
    }

    void operation(String id, String operation) throws Exception {
        post("/operation/" + id, "{\"operation\":\"" + operation + "\"}");
    }

    /** What the device is told when it asks. */
    void awaitOperation(String id, String operation) {
        await().atMost(Scs.PATIENCE)
                .untilAsserted(
                        () -> assertThat(get("/operation/" + id)).contains("\"operation\":\"" + operation + "\""));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
