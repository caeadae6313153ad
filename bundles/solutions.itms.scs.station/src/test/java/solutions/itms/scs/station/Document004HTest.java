package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Document 004, sections 6.0.1 and 6.1.1 to 6.1.3: heartbeats. */
class Document004HTest extends StationFixture {
    private static final String ERROR = "\\{\"ok\":false,\"error\":\"[a-zA-Z .()0-9]+\"(,\"details\":\\[.*\\])?\\}";

    @Test
    @DisplayName("H1: POST /hb is answered with exactly ok, as JSON")
    void aHeartbeatIsAnsweredWithOk() throws Exception {
        var answer = post("/hb", BEAT);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"ok\":true}");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    static List<String> wrongRequests() {
        String length = "Content-Length: ";
        return List.of(
                "GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "DELETE /hb HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "BREW /hb HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /hb/bulk HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "POST /hb HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + length + "2\r\n\r\n{}",
                "POST /hb HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + length + "99999999\r\n\r\n",
                "POST /hb HTTP/1.1\r\nHost: a\r\n" + length + "-1\r\n\r\n",
                "POST /hb HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "POST /hb HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /hb HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET /hb HTTP/1.1\r\n\r\n",
                "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /hb HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20_000) + "\r\n\r\n",
                "GET /operation/%ZZ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /operation/%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "\r\n\r\n\u0001\u0002\r\n\r\n",
                "GET  /hb  HTTP/1.1\r\nHost: a b\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("wrongRequests")
    @DisplayName("H2: every error has the shape of the interface, also those that the HTTP server finds")
    void everyErrorHasTheShapeOfTheInterface(String request) throws Exception {
        String answer = raw(request);
        assertThat(answer).matches("(?s)HTTP/1.1 [45]\\d\\d .*").doesNotContainIgnoringCase("<html", "jetty");
        assertThat(answer).contains("Content-Type: application/json");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).matches(ERROR);
    }

    @Test
    @DisplayName("H3: the last heartbeat of each device survives a restart")
    void theLastHeartbeatSurvivesARestart() throws Exception {
        post("/hb", BEAT);
        post("/hb", BEAT.replace("13:31:52Z", "13:31:57Z"));
        restart(Map.of());
        await().untilAsserted(() -> assertThat(get("/hb").body())
                .contains("\"lastHeartbeat\":\"2025-08-14T13:31:57Z\"", "\"receivedAt\":\"2025-08-15T14:56:34.000Z\""));
    }

    @Test
    @DisplayName("H5: a bulk is taken whole or not at all; an empty one counts 0")
    void aBulkIsAtomic() throws Exception {
        assertThat(post("/hb/bulk", "[]").body()).isEqualTo("{\"ok\":true,\"count\":0}");
        String three = "[" + BEAT + "," + BEAT.replace("01\"", "02\"") + "," + BEAT + "]";
        assertThat(post("/hb/bulk", three).body()).isEqualTo("{\"ok\":true,\"count\":3}");
        assertThat(post("/hb/bulk", "[" + BEAT.replace("01\"", "09\"") + ",7]").statusCode())
                .isEqualTo(400);
        assertThat(get("/hb").body()).doesNotContain("G1-09");
        assertThat(post("/hb/bulk", BEAT).body()).contains("bad request", "must be a JSON array");
    }

    @Test
    @DisplayName("H6: the snapshot shows every device with deviceIp, planned ones that were never heard, too")
    void theSnapshotShowsEveryDevice() throws Exception {
        station.close();
        PlannedDevice planned = new PlannedDevice("G0-01", "192.168.1.99", "G0", "south", "exit-reader");
        station = station(settings(Map.of()).withDevices(List.of(planned)));
        post("/hb", BEAT);
        assertThat(get("/hb").body())
                .startsWith("{\"ok\":true,\"devices\":[{\"id\":\"G0-01\",\"deviceIp\":\"192.168.1.99\","
                        + "\"status\":\"offline\",\"lastHeartbeat\":null,")
                .contains("{\"id\":\"G1-01\",\"deviceIp\":\"192.168.1.101\",\"status\":\"online\","
                        + "\"lastHeartbeat\":\"2025-08-14T13:31:52Z\"")
                .doesNotContain("\"ip\":");
    }

    @Test
    @DisplayName("H7: a silent gate is offline, keeps what it reported, and is back with its next heartbeat")
    void aSilentGateIsOfflineUntilItsNextHeartbeat() throws Exception {
        post("/hb", BEAT.replace("online", "fault"));
        pass(Duration.ofSeconds(31));
        await().untilAsserted(() ->
                assertThat(get("/hb").body()).contains("\"status\":\"offline\"", "\"reportedStatus\":\"fault\""));
        post("/hb", BEAT);
        assertThat(get("/hb").body()).contains("\"status\":\"online\"").doesNotContain("offline");
    }

    @ParameterizedTest
    @CsvSource({
        "id, 65, ''",
        "ip, 300, ''",
        "status, 300, ''",
        "ts, 300, ''",
        "side, 300, ''",
        "type, 257, 7",
        "gateId, 257, 7",
        "stationId, 257, 7"
    })
    @DisplayName("H8: a field that is too long, or no text, is refused by name")
    void aFieldThatIsTooLongOrNoTextIsRefused(String field, int length, String empty) throws Exception {
        for (String value :
                List.of("\"" + "a".repeat(length) + "\"", "7", "true", "[]", "{}", empty.isEmpty() ? "\"\"" : empty)) {
            String others = BEAT.replace("\"" + field + "\":", "\"x\":").replace("}", "");
            var answer = post("/hb", others + ",\"" + field + "\":" + value + "}");
            assertThat(answer.statusCode()).as(value).isEqualTo(400);
            assertThat(answer.body())
                    .startsWith("{\"ok\":false,\"error\":\"bad request\"")
                    .contains("\"field\":\"" + field);
        }
    }

    @Test
    @DisplayName("H8: optional fields may be left out or null, and unknown ones are ignored")
    void optionalFieldsMayBeLeftOut() throws Exception {
        String bare = "{\"id\":\"G1-01\",\"ip\":\"192.168.1.101\",\"status\":\"maintenance\"";
        assertThat(post("/hb", bare + "}").statusCode()).isEqualTo(200);
        String nulls = ",\"ts\":null,\"message\":null,\"type\":null,\"side\":null,\"gateId\":null,\"stationId\":null";
        assertThat(post("/hb", bare + nulls + ",\"firmware\":[1,{}]}").statusCode())
                .isEqualTo(200);
        for (String required : List.of("id", "ip", "status")) {
            assertThat(post("/hb", BEAT.replace("\"" + required + "\":", "\"x\":"))
                            .body())
                    .as(required)
                    .isEqualTo("{\"ok\":false,\"error\":\"bad request\",\"details\":[{\"field\":\"" + required
                            + "\",\"reason\":\"is required\"}]}");
        }
    }
}
