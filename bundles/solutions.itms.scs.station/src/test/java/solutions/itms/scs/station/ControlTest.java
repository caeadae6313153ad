package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlTest extends StationFixture {
    private static final String GATE = BEAT.replace("192.168.1.101", "127.0.0.1");

    @Test
    @DisplayName("O1, A1, I1: what was never set is null, for unknown devices too")
    void whatWasNeverSetIsNull() throws Exception {
        assertThat(get("/operation/G1-01").body()).isEqualTo("{\"ok\":true,\"operation\":null}");
        assertThat(get("/aisle-mode/G1-01").body()).isEqualTo("{\"ok\":true,\"aisleMode\":null}");
        assertThat(get("/inservice-last/G1-01").body()).isEqualTo("{\"ok\":true,\"op\":null}");
        assertThat(get("/inservice-last").body()).isEqualTo("{\"ok\":true,\"items\":[]}");
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    @DisplayName("O2, O4: each of the six operations is stored and read back, also after a restart")
    void eachOperationIsStored(Operation operation) throws Exception {
        String body = "{\"operation\":\"" + operation.text() + "\"}";
        assertThat(post("/operation/G1-01", body).body()).isEqualTo("{\"ok\":true}");
        restart(Map.of());
        assertThat(get("/operation/G1-01").body())
                .isEqualTo("{\"ok\":true,\"operation\":\"" + operation.text() + "\"}");
        assertThat(get("/inservice-last/G1-01").body())
                .isEqualTo("{\"ok\":true,\"op\":" + (operation.isInService() ? "\"" + operation.text() + "\"" : "null")
                        + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'operation':'INSERVICE_ENTRY'}",
                "{'operation':'open'}",
                "{'operation':''}",
                "{'operation':null}",
                "{'operation':1}",
                "{'operation':['emergency']}",
                "{'op':'emergency'}",
                "{}",
                "[]",
                "'emergency'",
                ""
            })
    @DisplayName("O2, E1: anything else is an invalid operation")
    void anythingElseIsAnInvalidOperation(String body) throws Exception {
        HttpResponse<String> answer = post("/operation/G1-01", body.replace('\'', '"'));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"ok\":false,\"error\":\"invalid operation\"");
        assertThat(get("/operation/G1-01").body()).contains("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"operation\":\"emergency\"} x", "operation=emergency", "[[[[[[[[[[[[[[[[[[[["})
    @DisplayName("E1: what is not JSON is a bad request")
    void whatIsNotJsonIsABadRequest(String body) throws Exception {
        assertThat(post("/operation/G1-01", body).statusCode()).isEqualTo(400);
        assertThat(post("/operation/G1-01", body).body()).startsWith("{\"ok\":false,\"error\":\"bad request\"");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "2,2", "3,3", "2.0,2", "1e0,1", "-0,0"})
    @DisplayName("A1, A2: the aisle modes 0 to 3 are stored and read back")
    void aisleModesAreStored(String sent, int stored) throws Exception {
        assertThat(post("/aisle-mode/G1-01", "{\"aisleMode\":" + sent + "}").body())
                .isEqualTo("{\"ok\":true}");
        restart(Map.of());
        assertThat(get("/aisle-mode/G1-01").body()).isEqualTo("{\"ok\":true,\"aisleMode\":" + stored + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "4", "1.5", "\"2\"", "true", "null", "[1]", "1e400", "9999999999999999999999"})
    @DisplayName("A2, E1: any other aisle mode is refused")
    void anyOtherAisleModeIsRefused(String mode) throws Exception {
        HttpResponse<String> answer = post("/aisle-mode/G1-01", "{\"aisleMode\":" + mode + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"ok\":false,\"error\":\"invalid aisleMode (0..3)\"");
    }

    @Test
    @DisplayName("O3: an operation that is not in service leaves the last in-service one")
    void theLastInServiceOperationStays() throws Exception {
        post("/operation/G1-01", "{\"operation\":\"inservice_exit\"}");
        post("/operation/G1-01", "{\"operation\":\"station_close\"}");
        assertThat(get("/inservice-last/G1-01").body()).isEqualTo("{\"ok\":true,\"op\":\"inservice_exit\"}");
    }

    @Test
    @DisplayName("I2: the last in-service operation can be set, and does not change the operation")
    void theLastInServiceOperationCanBeSet() throws Exception {
        post("/operation/G1-01", "{\"operation\":\"station_close\"}");
        assertThat(post("/inservice-last/G1-01", "{\"op\":\"inservice_entry\"}").body())
                .isEqualTo("{\"ok\":true}");
        assertThat(get("/inservice-last/G1-01").body()).isEqualTo("{\"ok\":true,\"op\":\"inservice_entry\"}");
        assertThat(get("/operation/G1-01").body()).contains("station_close");
        HttpResponse<String> wrong = post("/inservice-last/G1-01", "{\"op\":\"emergency\"}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).startsWith("{\"ok\":false,\"error\":\"invalid operation\"");
    }

    @Test
    @DisplayName("I3: all last in-service operations, ordered by id, without devices that have none")
    void allLastInServiceOperations() throws Exception {
        post("/operation/G2", "{\"operation\":\"inservice_exit\"}");
        post("/operation/G1", "{\"operation\":\"inservice_entry\"}");
        post("/operation/G0", "{\"operation\":\"emergency\"}");
        String expected = "{\"ok\":true,\"items\":[{\"id\":\"G1\",\"op\":\"inservice_entry\"},"
                + "{\"id\":\"G2\",\"op\":\"inservice_exit\"}]}";
        assertThat(get("/inservice-last").body()).isEqualTo(expected);
        assertThat(get("/inservice-last/").body()).isEqualTo(expected);
    }

    @Test
    void anyPrintableIdIsTakenInAPathAndReadBack() throws Exception {
        Random random = new Random(4);
        List<String> alphabet = List.of(
                "/", "%", "..", ".", " ", "+", "?", "#", ";", "&", "=", "\\", "\"", "'", ":", "@", "ส", "า", "ม", "é",
                "😀", "a", "Z", "0", "//", "%2F", "\u00a0");
        for (int i = 0; i < 300; i++) {
            StringBuilder id = new StringBuilder("x");
            for (int part = random.nextInt(12); part >= 0; part--) {
                id.append(alphabet.get(random.nextInt(alphabet.size())));
            }
            String path = "/aisle-mode/"
                    + URLEncoder.encode(id.toString(), StandardCharsets.UTF_8).replace("+", "%20");
            assertThat(post(path, "{\"aisleMode\":" + i % 4 + "}").statusCode())
                    .as(path)
                    .isEqualTo(200);
            assertThat(get(path + "/").body()).as(path).isEqualTo("{\"ok\":true,\"aisleMode\":" + i % 4 + "}");
            assertThat(station.wishes().of(id.toString()).aisleMode().value())
                    .as(path)
                    .isEqualTo(i % 4);
        }
    }

    @Test
    void aPathIsDecodedOnce() throws Exception {
        post("/aisle-mode/a%252Fb", "{\"aisleMode\":1}");
        assertThat(station.wishes().of("a%2Fb").aisleMode().value()).isEqualTo(1);
        post("/aisle-mode/%2e%2e", "{\"aisleMode\":2}");
        assertThat(station.wishes().of("..").aisleMode().value()).isEqualTo(2);
        post("/aisle-mode/a;b=c", "{\"aisleMode\":3}");
        assertThat(station.wishes().of("a;b=c").aisleMode().value()).isEqualTo(3);
        assertThat(raw("GET /aisle-mode/../operation HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%0A", "a%7F", "%2", "%zz", "%C3", "%ED%A0%80", "%20", "%u0041"})
    void anIdThatNoDeviceCanHaveIsABadRequest(String id) throws Exception {
        assertThat(raw("GET /operation/" + id + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("{\"ok\":false,\"error\":\"bad request\"");
    }

    @Test
    void anIdHas64CharactersAtMost() throws Exception {
        assertThat(get("/operation/" + "%E0%B8%AA".repeat(64)).statusCode()).isEqualTo(200);
        assertThat(get("/operation/" + "a".repeat(65)).statusCode()).isEqualTo(400);
        assertThat(get("/operation/" + "a".repeat(5000)).statusCode()).isEqualTo(400);
        assertThat(get("/operation/a/b").statusCode()).isEqualTo(404);
        assertThat(get("/operation").statusCode()).isEqualTo(404);
        assertThat(get("/operation/").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("F44: only the device's own asking shows that it knows, and of which setting")
    void onlyTheDevicesOwnAskingShowsThatItKnows() throws Exception {
        post("/operation/G1-01", "{\"operation\":\"inservice_exit\"}");
        get("/operation/G1-01");
        post("/hb", BEAT.replace("G1-01", "G1-02"));
        assertThat(station.wishes().of("G1-01").operation().polledAt())
                .as("nobody knows whose look it was")
                .isNull();
        post("/hb", GATE);
        assertThat(get("/hb").body())
                .contains("\"operation\":\"inservice_exit\",\"operationRequestedAt\":\"2025-08-15T14:56:34.000Z\","
                        + "\"aisleMode\":null");
        now.addAndGet(2_000);
        get("/operation/G1-01");
        now.addAndGet(2_000);
        get("/operation/G1-01");
        assertThat(get("/hb").body())
                .contains("\"operationRequestedAt\":\"2025-08-15T14:56:34.000Z\","
                        + "\"operationPolledAt\":\"2025-08-15T14:56:38.000Z\","
                        + "\"operationDeliveredAt\":\"2025-08-15T14:56:36.000Z\"");
        restart(Map.of());
        assertThat(get("/hb").body()).contains("\"operationDeliveredAt\":\"2025-08-15T14:56:36.000Z\"");
        post("/operation/G1-01", "{\"operation\":\"station_close\"}");
        assertThat(get("/hb").body())
                .contains("\"operationPolledAt\":\"2025-08-15T14:56:38.000Z\",\"aisleMode\":null")
                .doesNotContain("operationDeliveredAt");
    }

    @Test
    void everyChangeIsInTheAuditWithWhoFromWhatToWhatAndWhy() throws Exception {
        post("/operation/G1-01", "{\"operation\":\"emergency\"}");
        post("/operation/G1-01", "{\"operation\":\"inservice_exit\",\"reason\":\"drill is over\"}");
        post("/aisle-mode/G1-01", "{\"aisleMode\":1}");
        post("/inservice-last/G1-01", "{\"op\":\"inservice_entry\"}");
        post("/operation/G1-01", "{\"operation\":\"nonsense\"}");
        assertThat(audit())
                .containsExactly(
                        "1 1 http 127.0.0.1 G1-01 operation null emergency null",
                        "2 2 http 127.0.0.1 G1-01 leaving_emergency emergency inservice_exit drill is over",
                        "3 3 http 127.0.0.1 G1-01 aisle_mode null 1 null",
                        "4 4 http 127.0.0.1 G1-01 inservice_last inservice_exit inservice_entry null");
        Audit.Verdict verdict = station.database().read(Audit::verify);
        assertThat(verdict.entries()).isEqualTo(4);
        assertThat(verdict.brokenAt()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE audit SET new = 'station_close' WHERE seq = 2, 2",
        "UPDATE audit SET reason = NULL WHERE seq = 2, 2",
        "UPDATE audit SET at_ms = at_ms + 1 WHERE seq = 1, 1",
        "DELETE FROM audit WHERE seq = 2, 3",
        "UPDATE audit SET hash = 'x' WHERE seq = 3, 3",
    })
    void anAuditThatWasAlteredDoesNotVerify(String sql, long brokenAt) throws Exception {
        for (String mode : List.of("1", "2", "3")) {
            post("/aisle-mode/G1-01", "{\"aisleMode\":" + mode + ",\"reason\":\"test\"}");
        }
        station.database()
                .write(statements -> statements.get(sql).executeUpdate())
                .get(10, TimeUnit.SECONDS);
        assertThat(station.database().read(Audit::verify).brokenAt()).isEqualTo(brokenAt);
    }

    @Test
    @DisplayName("F45: many devices change in one transaction, as one group of the audit")
    void manyDevicesChangeTogether() throws Exception {
        List<String> ids = List.of("G1", "G2", "G3", "G1");
        Wishes.Outcome outcome = station.wishes()
                .set(ids, new Wanted.Operate(Operation.EMERGENCY), new Origin("screen", "fire", false))
                .get(10, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(Wishes.Outcome.Done.class);
        assertThat(get("/operation/G3").body()).contains("emergency");
        assertThat(audit())
                .containsExactly(
                        "1 1 screen G1 operation null emergency fire",
                        "2 1 screen G2 operation null emergency fire",
                        "3 1 screen G3 operation null emergency fire");
    }

    @Test
    void withoutTheRightToLeaveEmergencyNothingChanges() throws Exception {
        post("/operation/G2", "{\"operation\":\"emergency\"}");
        Wishes.Outcome outcome = station.wishes()
                .set(
                        List.of("G1", "G2"),
                        new Wanted.Operate(Operation.STATION_CLOSE),
                        new Origin("command 1", null, false))
                .get(10, TimeUnit.SECONDS);
        assertThat(outcome).isEqualTo(new Wishes.Outcome.LeavesEmergency(List.of("G2")));
        assertThat(get("/operation/G1").body()).contains("null");
        assertThat(get("/operation/G2").body()).contains("emergency");
        assertThat(audit()).hasSize(1);
    }

    @Test
    void theLastInServiceOperationsAreRestoredTogetherOrNotAtAll() throws Exception {
        post("/operation/G1", "{\"operation\":\"inservice_exit\"}");
        post("/operation/G2", "{\"operation\":\"inservice_entry\"}");
        Origin screen = new Origin("screen", "opening", false);
        station.wishes()
                .set(List.of("G1", "G2"), new Wanted.Operate(Operation.STATION_CLOSE), screen)
                .get(10, TimeUnit.SECONDS);
        assertThat(station.wishes()
                        .set(List.of("G1", "G3"), new Wanted.Restore(), screen)
                        .get(10, TimeUnit.SECONDS))
                .isEqualTo(new Wishes.Outcome.NothingToRestore(List.of("G3")));
        assertThat(get("/operation/G1").body()).contains("station_close");
        station.wishes().set(List.of("G1", "G2"), new Wanted.Restore(), screen).get(10, TimeUnit.SECONDS);
        assertThat(get("/operation/G1").body()).contains("inservice_exit");
        assertThat(get("/operation/G2").body()).contains("inservice_entry");
    }

    @Test
    void whatDevicesAreToDoIsWrittenAgainWhenADamagedFileWasReplaced() throws Exception {
        post("/operation/G1", "{\"operation\":\"inservice_exit\"}");
        station.database()
                .write(statements -> statements.get("DELETE FROM wish").executeUpdate())
                .get(10, TimeUnit.SECONDS);
        station.wishes().databaseWasReset();
        post("/aisle-mode/G1", "{\"aisleMode\":3}");
        await().untilAsserted(() ->
                assertThat(station.database().read(WishTable::loadAll)).hasSize(1));
        restart(Map.of());
        assertThat(get("/operation/G1").body()).contains("inservice_exit");
        assertThat(get("/inservice-last").body()).contains("inservice_exit");
        assertThat(get("/aisle-mode/G1").body()).contains("3");
    }

    private List<String> audit() throws Exception {
        return station.database().read(statements -> Audit.before(statements, Long.MAX_VALUE, 100)).stream()
                .sorted((a, b) -> Long.compare(a.seq(), b.seq()))
                .map(e -> String.join(
                        " ",
                        String.valueOf(e.seq()),
                        String.valueOf(e.group()),
                        e.who(),
                        e.device(),
                        e.kind(),
                        String.valueOf(e.before()),
                        String.valueOf(e.after()),
                        String.valueOf(e.reason())))
                .toList();
    }
}
