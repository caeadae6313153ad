package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.station.log.Level;
import solutions.itms.scs.station.log.LogSettings;
import solutions.itms.scs.store.FileStores;
import solutions.itms.scs.store.Stores;

/** What the station says of itself in {@code logs/app}: alarms, denials and what could not be written. */
class AppLogTest extends StationFixture {
    private static final String FOREIGN = "127.0.0.66";

    private Path logs;
    private FileJournal journal;

    @BeforeEach
    void openJournal() {
        logs = directory.resolve("logs");
        journal =
                new FileJournal(logs, new LogSettings(ZoneId.of("Asia/Bangkok"), "13", Level.INFO, 14, 1 << 20), clock);
    }

    @AfterEach
    void closeJournal() {
        journal.close();
    }

    @Test
    @DisplayName("L9 a denial is a line with source, path and id, and its repetitions are counted")
    void aDenialIsALineAndItsRepetitionsAreCounted() throws Exception {
        restart(Map.of("allow.mode", "deny"), new FileStores(directory, clock));
        for (int i = 0; i < 5; i++) {
            assertThat(postFrom(FOREIGN, "/operation/G1-01", "{\"operation\":\"station_close\"}"))
                    .startsWith("HTTP/1.1 403");
        }
        String denial = "warn 13 Denied POST /operation/G1-01 by 127.0.0.66: not on the allow-list";
        await().untilAsserted(() ->
                assertThat(app()).filteredOn(line -> line.contains(denial)).hasSize(1));
        journal.summarise();
        await().untilAsserted(() -> assertThat(app()).anyMatch(line -> line.endsWith(denial + ": repeated 4 times")));
    }

    @Test
    @DisplayName("S6 every way of being denied is in the log: secret, control list, foreign host, rate")
    void everyWayOfBeingDeniedIsInTheLog() throws Exception {
        restart(
                Map.of("shared.secret", "s3cret", "control.list", "10.0.0.1", "limit.read", 1, "allow.list", FOREIGN),
                new FileStores(directory, clock));
        String secret = "X-SCS-Secret: s3cret\r\n";
        String json = "Content-Type: application/json\r\n" + secret;
        getFrom(FOREIGN, "/time");
        requestFrom(FOREIGN, "POST", "/aisle-mode/G1-01", json, "{\"aisleMode\":1}");
        raw("POST /aisle-mode/G1-01 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n" + json
                + "Content-Length: 15\r\n\r\n{\"aisleMode\":1}");
        for (int i = 0; i < 3; i++) {
            requestFrom(FOREIGN, "GET", "/hb", secret, "");
        }
        await().untilAsserted(() -> assertThat(app())
                .anyMatch(line -> line.endsWith("Denied GET /time by 127.0.0.66: without the shared secret"))
                .anyMatch(line ->
                        line.endsWith("Denied POST /aisle-mode/G1-01 by 127.0.0.66: is not on the control list"))
                .anyMatch(
                        line -> line.endsWith("Denied POST /aisle-mode/G1-01 by 127.0.0.1: addresses the station under"
                                + " a foreign host name"))
                .anyMatch(line -> line.endsWith("Denied GET /hb by 127.0.0.66: more requests than it may send")));
        assertThat(String.join("\n", app())).doesNotContain("s3cret");
    }

    @Test
    @DisplayName("N5 an alarm is a line when it is raised and one when it is over, with a count")
    void anAlarmIsALineWhenItIsRaisedAndWhenItIsOver() throws Exception {
        restart(Map.of("alarm.window", 10), new FileStores(directory, clock));
        for (int i = 0; i < 3; i++) {
            getFrom(FOREIGN, "/time");
        }
        pass(Duration.ofSeconds(11));
        await().untilAsserted(() -> assertThat(app())
                .anyMatch(line -> line.endsWith("warn 13 Alarm unknown_source/127.0.0.66: 127.0.0.66 is not on the"
                        + " allow-list; its requests are served"))
                .anyMatch(
                        line -> line.endsWith("info 13 Alarm unknown_source/127.0.0.66 is over; it was seen 3 times")));
    }

    @Test
    @DisplayName("C3 a database that can't be written is an error in the log until it can")
    void aDatabaseThatCannotBeWrittenIsInTheLog() throws Exception {
        Path inTheWay = Files.createFile(directory.resolve("file"));
        restart(Map.of(), new FileStores(inTheWay.resolve("data"), clock));
        await().untilAsserted(() -> assertThat(app())
                .anyMatch(line -> line.contains("warn 13 Alarm storage: the database can't be opened")));
        Files.delete(inTheWay);
        await().untilAsserted(() -> assertThat(app()).anyMatch(line -> line.contains("info 13 Alarm storage is over")));
    }

    @Test
    @DisplayName("E4 a fault is answered without details, with an id under which the log has them")
    void aFaultIsAnsweredWithoutDetails() throws Exception {
        station.close();
        Telemetry broken = new Telemetry() {
            @Override
            public void send(String subject, Payload payload, Priority priority) {
                throw new IllegalStateException("telemetry is broken");
            }

            @Override
            public AutoCloseable onConnected(Runnable callback) {
                return () -> {};
            }
        };
        station = new Station(
                settings(Map.of()),
                new FileStores(directory, clock),
                broken,
                surroundings(),
                journal,
                StationProfile.NONE);
        station.start();
        await().until(() -> station.port() > 0);
        String answer = getFrom(FOREIGN, "/time");
        assertThat(answer)
                .startsWith("HTTP/1.1 500")
                .endsWith("{\"ok\":false,\"error\":\"internal error\"}")
                .doesNotContain("telemetry is broken");
        String id = answer.replaceAll("(?s).*X-Request-Id: (\\S+).*", "$1");
        assertThat(id).hasSize(8);
        await().untilAsserted(() -> assertThat(app())
                .anyMatch(line -> line.contains("error 13 GET /time failed, request id " + id + ": ")
                        && line.endsWith("telemetry is broken")));
    }

    @Test
    @DisplayName("F17: a gate that names another station is served, and told of once")
    void aGateThatNamesAnotherStationIsServedAndToldOfOnce() throws Exception {
        restart(Map.of(), new FileStores(directory, clock), profile("13"));
        for (String said : List.of("13", "ST-13", "st-13")) {
            assertThat(post("/hb", naming("G1-01", said)).statusCode()).isEqualTo(200);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(post("/hb", naming("G1-02", "ST-113")).statusCode()).isEqualTo(200);
        }
        String told = "warn 13 G1-02 says that its station is ST-113, this one is 13";
        await().untilAsserted(() ->
                assertThat(app()).filteredOn(line -> line.endsWith(told)).hasSize(1));
        assertThat(app()).noneMatch(line -> line.contains("G1-01 says"));
    }

    private static String naming(String id, String stationId) {
        return BEAT.replace("G1-01", id).replace("{\"id\"", "{\"stationId\":\"" + stationId + "\",\"id\"");
    }

    private static StationProfile profile(String id) {
        return new StationProfile(id, "SamYan", "สามย่าน", "127.0.0.1", 22, false, false, true);
    }

    private void restart(Map<String, ?> properties, Stores stores) throws Exception {
        restart(properties, stores, StationProfile.NONE);
    }

    private void restart(Map<String, ?> properties, Stores stores, StationProfile profile) throws Exception {
        station.close();
        station = new Station(settings(properties), stores, sent, surroundings(), journal, profile);
        station.start();
        await().until(() -> station.port() > 0);
    }

    private List<String> app() {
        try {
            Path file = logs.resolve("app/2025-08-15.log");
            return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
