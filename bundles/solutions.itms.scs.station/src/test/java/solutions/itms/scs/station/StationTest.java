package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.message.GateBeats;
import solutions.itms.scs.store.FileStores;

class StationTest extends StationFixture {
    private static final String BEAT =
            "{\"id\":\"G1-01\",\"ip\":\"192.168.1.101\",\"status\":\"online\",\"ts\":\"2025-08-14T13:31:52Z\"}";

    @Test
    @DisplayName("H1, H6: a heartbeat is answered with ok, and shown in the snapshot")
    void aHeartbeatIsAnsweredOkAndShownInTheSnapshot() throws Exception {
        HttpResponse<String> answer = post("/hb", BEAT);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"ok\":true}");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(get("/hb").body())
                .startsWith("{\"ok\":true,\"devices\":[{\"id\":\"G1-01\",\"deviceIp\":\"192.168.1.101\","
                        + "\"status\":\"online\",\"lastHeartbeat\":\"2025-08-14T13:31:52Z\"")
                .contains("\"receivedAt\":\"2025-08-15T14:56:34.000Z\"", "\"sourceIp\":\"127.0.0.1\"");
    }

    @Test
    @DisplayName("H5: a bulk of heartbeats is answered with their count")
    void aBulkOfHeartbeatsIsAnsweredWithTheirCount() throws Exception {
        assertThat(post("/hb/bulk", "[" + BEAT + "," + BEAT.replace("G1-01", "G1-02") + "]")
                        .body())
                .isEqualTo("{\"ok\":true,\"count\":2}");
        assertThat(post("/hb/bulk", "[]").body()).isEqualTo("{\"ok\":true,\"count\":0}");
        assertThat(get("/hb").body()).contains("G1-01", "G1-02");
    }

    @Test
    @DisplayName("H5: one wrong heartbeat in a bulk refuses all, and is named")
    void oneWrongHeartbeatInABulkRefusesAllAndIsNamed() throws Exception {
        HttpResponse<String> answer = post("/hb/bulk", "[" + BEAT + ",{\"id\":\"G1-02\",\"status\":\"broken\"}]");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"ok\":false,\"error\":\"bad request\",\"details\":["
                        + "{\"index\":1,\"field\":\"ip\",\"reason\":\"is required\"},"
                        + "{\"index\":1,\"field\":\"status\",\"reason\":\"must be online, maintenance or fault\"}]}");
        assertThat(get("/hb").body()).isEqualTo("{\"ok\":true,\"devices\":[]}");
    }

    @Test
    void ofOneGateInABulkTheNewestByItsOwnClockCounts() throws Exception {
        String older = BEAT.replace("online", "fault").replace("13:31:52", "13:00:00");
        post("/hb/bulk", "[" + BEAT + "," + older + "]");
        assertThat(get("/hb").body()).contains("\"status\":\"online\"");
    }

    @Test
    void moreHeartbeatsThanAllowedAreTooLarge() throws Exception {
        String many = IntStream.range(0, 1001).mapToObj(i -> "{}").collect(Collectors.joining(",", "[", "]"));
        assertThat(post("/hb/bulk", many).statusCode()).isEqualTo(413);
        HttpResponse<String> big = post("/hb", " ".repeat(17 * 1024) + BEAT);
        assertThat(big.statusCode()).isEqualTo(413);
        assertThat(big.body()).contains("\"error\":\"payload too large\"", "at most 16384 bytes");
    }

    @Test
    @DisplayName("T1: the time is the same instant in each of its forms, in the zone of the station")
    void theTimeIsTheSameInstantInEachOfItsFormsAndInTheStationsZone() throws Exception {
        String expected = "{\"ok\":true,\"nowUtc\":\"2025-08-15T14:56:34.000Z\",\"epochMs\":1755269794000,"
                + "\"tz\":\"Asia/Bangkok\",\"offsetMinutes\":420}";
        assertThat(get("/time").body()).isEqualTo(expected);
        assertThat(get("/sync-time").body()).isEqualTo(expected);
        assertThat(get("/time").headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id | {'ip':'1.2.3.4','status':'online'} | is required",
                "ip | {'id':'a','status':'online'} | is required",
                "status | {'id':'a','ip':'1.2.3.4'} | is required",
                "id | {'id':'','ip':'1.2.3.4','status':'online'} | must have 1 to 64 printable characters",
                "id | {'id':7,'ip':'1.2.3.4','status':'online'} | must be a string",
                "ip | {'id':'a','ip':'gate.local','status':'online'} | must be an IPv4 or IPv6 address",
                "ip | {'id':'a','ip':'192.168.001.1','status':'online'} | must be an IPv4 or IPv6 address",
                "status | {'id':'a','ip':'1.2.3.4','status':'offline'} | must be online, maintenance or fault",
                "status | {'id':'a','ip':'1.2.3.4','status':'ONLINE'} | must be online, maintenance or fault",
                "ts | {'id':'a','ip':'1.2.3.4','status':'online','ts':''} | must be an ISO-8601 time",
                "ts | {'id':'a','ip':'1.2.3.4','status':'online','ts':'2025-08-14T13:31:52'} | must be an ISO-8601",
                "ts | {'id':'a','ip':'1.2.3.4','status':'online','ts':1755178312} | must be a string",
                "side | {'id':'a','ip':'1.2.3.4','status':'online','side':'east'} | must be north or south",
            })
    @DisplayName("H8: a wrong field is named, with what is allowed")
    void aWrongFieldIsNamedWithWhatIsAllowed(String field, String body, String reason) throws Exception {
        HttpResponse<String> answer = post("/hb", body.replace('\'', '"'));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .startsWith("{\"ok\":false,\"error\":\"bad request\",")
                .contains("\"field\":\"" + field + "\",\"reason\":\"" + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "null", "{\"id\":\"a\"} x", "{\"id\":\"\u0001\"}", "not json"})
    void aBodyThatIsNoHeartbeatIsABadRequestAndTheConnectionGoesOn(String body) throws Exception {
        HttpResponse<String> answer = post("/hb", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"ok\":false,\"error\":\"bad request\"");
        assertThat(post("/hb", BEAT).statusCode()).isEqualTo(200);
    }

    @Test
    void deeplyNestedAndDuplicateAndUnknownFieldsDoNoHarm() throws Exception {
        assertThat(post("/hb", "[".repeat(5000)).statusCode()).isEqualTo(400);
        String lenient =
                "\uFEFF{\"id\":\"x\",\"id\":\"G9\",\"ip\":\"::1\",\"status\":\"online\",\"firmware\":{\"a\":[1]}}";
        assertThat(post("/hb", lenient).statusCode()).isEqualTo(200);
        assertThat(get("/hb").body()).contains("\"id\":\"G9\"").doesNotContain("\"id\":\"x\"");
    }

    @Test
    @DisplayName("X1: the time of example A.1, with its quotes, is taken")
    void theCurlExampleWithQuotesInItsTimeIsTaken() throws Exception {
        assertThat(post("/hb", BEAT.replace("2025-08-14T13:31:52Z", "'2025-08-14T13:31:52Z'"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/hb").body()).contains("\"lastHeartbeat\":\"2025-08-14T13:31:52Z\"");
    }

    @Test
    @DisplayName("L2: without a time, the time of the station counts")
    void withoutATimeTheServersCounts() throws Exception {
        post("/hb", "{\"id\":\"G1-01\",\"ip\":\"192.168.1.101\",\"status\":\"online\",\"ts\":null}");
        assertThat(get("/hb").body()).contains("\"lastHeartbeat\":\"2025-08-15T14:56:34Z\"");
    }

    @Test
    void whatAHeartbeatLeavesOutIsKeptButForTheMessage() throws Exception {
        post("/hb", BEAT.replace("}", ",\"gateId\":\"G1\",\"side\":\"north\",\"type\":\"reader\",\"message\":\"hi\"}"));
        post("/hb", BEAT);
        assertThat(get("/hb").body())
                .contains("\"gateId\":\"G1\",\"side\":\"north\",\"type\":\"reader\"")
                .doesNotContain("message");
    }

    @Test
    @DisplayName("H2: an unknown path and a wrong method have the shape of errors")
    void anUnknownPathAndAWrongMethodHaveTheErrorsShape() throws Exception {
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/nothing").body()).isEqualTo("{\"ok\":false,\"error\":\"not found\"}");
        HttpResponse<String> wrong = send(HttpRequest.newBuilder(uri("/hb")).DELETE());
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
        assertThat(wrong.body()).isEqualTo("{\"ok\":false,\"error\":\"method not allowed\"}");
        assertThat(post("/hb/", BEAT).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "POST /hb HTTP/1.1\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /hb HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            })
    @DisplayName("H2: what is not HTTP is refused in JSON")
    void requestsThatAreNoHttpAreRefusedInJson(String request) throws Exception {
        String answer = raw(request);
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("application/json", "{\"ok\":false,\"error\":\"bad request\"");
    }

    @Test
    void oldHttpClientsAndChunkedBodiesAreServed() throws Exception {
        assertThat(raw("GET /time HTTP/1.0\r\n\r\n")).contains(" 200 ", "\"ok\":true");
        String chunked = "POST /hb HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(BEAT.length()) + "\r\n" + BEAT + "\r\n0\r\n\r\n";
        assertThat(raw(chunked)).contains(" 200 ", "{\"ok\":true}");
    }

    @Test
    void aSilentGateIsOfflineAndKeepsWhatItReported() throws Exception {
        post("/hb", BEAT.replace("online", "maintenance"));
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        post("/hb", BEAT.replace("G1-01", "G1-02"));
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        await().untilAsserted(() -> assertThat(get("/hb").body())
                .contains("\"status\":\"offline\"", "\"reportedStatus\":\"maintenance\"", "\"status\":\"online\""));
        post("/hb", BEAT);
        assertThat(get("/hb").body()).doesNotContain("offline");
    }

    @Test
    @DisplayName("H3: what was answered is there after a restart")
    void whatWasAnsweredIsThereAfterARestart() throws Exception {
        post("/hb", BEAT.replace("online", "fault").replace("}", ",\"side\":\"south\"}"));
        station.close();
        station = station(settings(0, ""));
        assertThat(get("/hb").body()).contains("\"id\":\"G1-01\"", "\"status\":\"fault\"", "\"side\":\"south\"");
    }

    @Test
    void theCloudIsToldOfChangesAtOnceAndOfUnchangedHeartbeatsInSummary() throws Exception {
        post("/hb", BEAT);
        post("/hb", BEAT.replace("online", "fault"));
        await().untilAsserted(() -> assertThat(sent.states()).containsExactly("G1-01 online", "G1-01 fault"));
        now.addAndGet(7_000);
        post("/hb", BEAT.replace("online", "fault"));
        await().untilAsserted(() -> assertThat(sent.beats)
                .contains(new GateBeats(Map.of(
                        "G1-01",
                        new GateBeats.Beat(
                                Instant.parse("2025-08-15T14:56:41Z"), Instant.parse("2025-08-14T13:31:52Z"))))));
        assertThat(sent.states()).hasSize(2);
    }

    @Test
    void theCloudIsToldOfEveryGateWhenTheConnectionComesUp() throws Exception {
        post("/hb", BEAT);
        post("/hb", BEAT.replace("G1-01", "G1-02"));
        await().until(() -> sent.states().size() == 2);
        sent.connect();
        assertThat(sent.states()).containsExactly("G1-01 online", "G1-02 online", "G1-01 online", "G1-02 online");
    }

    @Test
    void aDiskThatCannotBeWrittenIsAClearErrorUntilItCan() throws Exception {
        station.close();
        Path inTheWay = Files.createFile(directory.resolve("full"));
        station = new Station(settings(0, ""), new FileStores(inTheWay.resolve("data"), clock), sent, surroundings());
        station.start();
        await().until(() -> station.port() > 0);
        HttpResponse<String> refused = post("/hb", BEAT);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).isEqualTo("{\"ok\":false,\"error\":\"storage unavailable\"}");
        assertThat(get("/hb").statusCode()).isEqualTo(200);
        Files.delete(inTheWay);
        await().untilAsserted(() -> assertThat(post("/hb", BEAT).statusCode()).isEqualTo(200));
    }

    @Test
    @DisplayName("N1: a busy port is taken as soon as it is free")
    void aBusyPortIsTakenAsSoonAsItIsFree() throws Exception {
        int port = station.port();
        Station second = new Station(
                settings(port, ""), new FileStores(directory.resolve("second"), clock), sent, surroundings());
        second.start();
        try {
            assertThat(second.port()).isZero();
            station.close();
            await().untilAsserted(() -> assertThat(second.port()).isEqualTo(port));
        } finally {
            second.close();
        }
    }

    @Test
    void nothingIsLeftAfterClose() throws Exception {
        post("/hb", BEAT);
        station.close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("scs-sta"))
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("scs-store")));
    }
}
