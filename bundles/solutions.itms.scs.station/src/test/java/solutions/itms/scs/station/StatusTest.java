package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.api.gate.GateAddress;

class StatusTest extends StationFixture {
    private static final String GATE = "127.0.0.21";

    @Test
    @DisplayName("H7, S5: a gate is offline after 30 s and not before, with one alarm until it is back")
    void aSilentGateRaisesOneAlarm() throws Exception {
        post("/hb", BEAT);
        pass(Duration.ofSeconds(30));
        post("/hb", BEAT.replace("G1-01", "G1-02"));
        await().untilAsserted(() -> assertThat(get("/hb").body()).doesNotContain("offline"));
        pass(Duration.ofMillis(1));
        await().untilAsserted(() -> assertThat(sent.alarms()).containsExactly("gate_silent G1-01 raised"));
        restart(Map.of());
        await().until(() -> station.alarms().all().size() == 1);
        post("/hb", BEAT);
        await().untilAsserted(() -> assertThat(sent.alarms())
                .containsExactly("gate_silent G1-01 raised", "gate_silent G1-01 raised", "gate_silent G1-01 cleared"));
    }

    @Test
    void aGateInMaintenanceMayBeSilent() throws Exception {
        post("/hb", BEAT.replace("online", "maintenance"));
        pass(Duration.ofSeconds(31));
        await().untilAsserted(() ->
                assertThat(get("/hb").body()).contains("\"status\":\"offline\"", "\"reportedStatus\":\"maintenance\""));
        assertThat(sent.alarms()).isEmpty();
    }

    @Test
    void aGateThatComesAndGoesIsBackAfterSomeHeartbeatsInARow() throws Exception {
        restart(Map.of("return.beats", 3));
        post("/hb", BEAT);
        assertThat(get("/hb").body()).as("a new gate").contains("\"status\":\"online\"");
        pass(Duration.ofSeconds(31));
        await().until(() -> get("/hb").body().contains("offline"));
        post("/hb", BEAT);
        post("/hb", BEAT);
        assertThat(get("/hb").body()).contains("\"status\":\"offline\"", "\"reportedStatus\":\"online\"");
        pass(Duration.ofSeconds(31));
        post("/hb", BEAT);
        post("/hb", BEAT);
        assertThat(get("/hb").body()).as("not in a row").contains("\"status\":\"offline\"");
        post("/hb", BEAT.replace("online", "fault"));
        assertThat(get("/hb").body()).contains("\"status\":\"fault\"");
    }

    @Test
    @DisplayName("F50: after a start every gate has the whole time to be heard")
    void ourOwnDowntimeIsNotTheGates() throws Exception {
        post("/hb", BEAT);
        pass(Duration.ofSeconds(29));
        station.close();
        pass(Duration.ofHours(1));
        station = station(settings(Map.of()));
        pass(Duration.ofSeconds(29));
        assertThat(get("/hb").body()).contains("\"status\":\"online\"");
        pass(Duration.ofSeconds(2));
        await().untilAsserted(() -> assertThat(get("/hb").body()).contains("\"status\":\"offline\""));
    }

    @Test
    @DisplayName("H6, C16: planned devices are shown before they were ever heard, and then alarmed")
    void plannedDevicesAreShown() throws Exception {
        station.close();
        List<PlannedDevice> planned = List.of(
                new PlannedDevice("G1-01", "192.168.1.101", "G1", "north", "reader"),
                new PlannedDevice("G1-02", "192.168.1.102", "G1", "south", null));
        station = station(settings(Map.of("stale.after", 2)).withDevices(planned));
        assertThat(get("/hb").body())
                .startsWith("{\"ok\":true,\"devices\":[{\"id\":\"G1-01\",\"deviceIp\":\"192.168.1.101\","
                        + "\"status\":\"offline\",\"lastHeartbeat\":null");
        post("/hb", BEAT);
        assertThat(get("/hb").body())
                .contains("\"status\":\"online\"", "\"gateId\":\"G1\",\"side\":\"north\",\"type\":\"reader\"");
        await().untilAsserted(() -> assertThat(sent.alarms()).containsExactly("gate_silent G1-02 raised"));
        post("/hb", BEAT.replace("G1-01", "G1-02").replace(".101", ".102"));
        await().untilAsserted(() -> assertThat(sent.alarms()).contains("gate_silent G1-02 cleared"));
        sent.connect();
    }

    @Test
    void onlyPlannedGatesAreConnectedToWhateverOthersSayOfTheirAddress() throws Exception {
        station.close();
        station = station(settings(Map.of())
                .withDevices(List.of(new PlannedDevice("G1-01", "192.168.1.101", "G1", "north", null))));
        post("/hb", BEAT.replace("G1-01", "X").replace("192.168.1.101", "10.9.9.9"));
        post("/hb", BEAT.replace("192.168.1.101", "10.8.8.8"));
        assertThat(station.addresses())
                .containsExactly(new GateAddress("G1-01", "192.168.1.101", StationProfile.NONE.probePort()));
    }

    @Test
    @DisplayName("F8: a gate's clock is off when the median of five heartbeats is, and right at half of that")
    void aGatesClockThatIsOffIsAlarmed() throws Exception {
        beatsAhead(4, 4);
        beatsAhead(0, 1);
        beatsAhead(4, 1);
        assertThat(sent.alarms()).containsExactly("clock_skew G1-01 raised");
        assertThat(station.alarms().all())
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.text()).isEqualTo("the clock of G1-01 is 4.0 s ahead"));
        beatsAhead(2, 5);
        assertThat(sent.alarms()).hasSize(1);
        beatsAhead(-1, 3);
        assertThat(sent.alarms()).contains("clock_skew G1-01 cleared");
        beatsAhead(-5, 3);
        assertThat(sent.alarms()).hasSize(3);
    }

    private void beatsAhead(int seconds, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            pass(Duration.ofSeconds(5));
            Instant ts = clock.instant().plusSeconds(seconds);
            assertThat(post("/hb", BEAT.replace("2025-08-14T13:31:52Z", ts.toString()))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("F9: a heartbeat sent once more tells nothing of now, but that the gate is alive")
    void aHeartbeatSentOnceMoreTellsNothingOfNow() throws Exception {
        String old = BEAT.replace("online", "fault").replace("13:31:52", "13:31:00");
        post("/hb", BEAT);
        pass(Duration.ofSeconds(20));
        post("/hb", old);
        assertThat(get("/hb").body())
                .contains("\"status\":\"online\",\"lastHeartbeat\":\"2025-08-14T13:31:52Z\"")
                .contains("\"receivedAt\":\"2025-08-15T14:56:54.000Z\"");
        pass(Duration.ofSeconds(20));
        post("/hb", old);
        assertThat(get("/hb").body()).as("alive").contains("\"status\":\"online\"");
        pass(Duration.ofSeconds(20));
        post("/hb", old);
        assertThat(get("/hb").body()).as("its clock was put back").contains("\"status\":\"fault\"");
    }

    @Test
    @DisplayName("N6: an address that is not as planned, or not where heartbeats come from")
    void anAddressThatIsNotAsItShouldBe() throws Exception {
        station.close();
        PlannedDevice planned = new PlannedDevice("G1-01", "192.168.1.50", null, null, null);
        station = station(
                settings(Map.of("allow.mode", "off", "alarm.window", 60)).withDevices(List.of(planned)));
        post("/hb", BEAT);
        assertThat(sent.alarms()).containsExactly("ip_mismatch G1-01 raised");
        postFrom(GATE, "/hb", BEAT.replace("G1-01", "G1-02"));
        postFrom(GATE, "/hb", BEAT.replace("G1-01", "G1-03").replace("192.168.1.101", GATE));
        postFrom(GATE, "/hb/bulk", "[" + BEAT.replace("G1-01", "G1-04") + "]");
        assertThat(sent.alarms()).containsExactly("ip_mismatch G1-01 raised", "ip_mismatch G1-02 raised");
        pass(Duration.ofSeconds(61));
        await().untilAsserted(() -> assertThat(sent.alarms()).contains("ip_mismatch G1-02 cleared"));
    }

    @Test
    @DisplayName("F23: two sources with one id are alarmed, a gate that has moved and two ids on one source are not")
    void twoSourcesWithOneId() throws Exception {
        restart(Map.of("allow.mode", "off"));
        postFrom(GATE, "/hb", BEAT);
        postFrom(GATE, "/hb", BEAT.replace("G1-01", "G1-02"));
        postFrom("127.0.0.22", "/hb", BEAT);
        assertThat(sent.alarms()).noneMatch(alarm -> alarm.startsWith("two_sources"));
        postFrom(GATE, "/hb", BEAT);
        assertThat(sent.alarms()).contains("two_sources G1-01 raised");
        assertThat(sent.alarms()).noneMatch(alarm -> alarm.startsWith("two_sources G1-02"));
    }

    @Test
    @DisplayName("F19: a gate whose heartbeats are refused is alive, and it is told why")
    void aGateWhoseHeartbeatsAreRefusedIsAlive() throws Exception {
        post("/hb", BEAT);
        for (int i = 0; i < 4; i++) {
            pass(Duration.ofSeconds(20));
            assertThat(post("/hb", BEAT.replace("}", ",\"side\":\"east\"}")).statusCode())
                    .isEqualTo(400);
            station.gates().findSilent();
        }
        assertThat(get("/hb").body())
                .contains("\"status\":\"online\"", "\"receivedAt\":\"2025-08-15T14:56:34.000Z\"")
                .contains(
                        "\"rejectedAt\":\"2025-08-15T14:57:54.000Z\",\"rejectedReason\":\"side must be north or south\"");
        assertThat(sent.alarms()).containsExactly("rejected_beats G1-01 raised");
        post("/hb", "{\"id\":\"nobody\",\"status\":\"online\"}");
        assertThat(sent.alarms()).hasSize(1);
        pass(Duration.ofSeconds(1));
        post("/hb", BEAT);
        assertThat(get("/hb").body()).doesNotContain("rejected");
    }

    @Test
    @DisplayName("F16: fields that are not known are ignored, or kept and shown")
    void unknownFieldsAreKeptIfThatIsConfigured() throws Exception {
        String more = BEAT.replace("{", "{\"firmware\":{\"v\":[1,2.50,1E+400,null]},\"ไทย\":\"\\u0e01\",");
        post("/hb", more);
        assertThat(get("/hb").body()).doesNotContain("firmware");
        restart(Map.of("unknown.fields", "keep"));
        post("/hb", more);
        String expected = "\"extra\":{\"firmware\":{\"v\":[1,2.50,1E+400,null]},\"ไทย\":\"ก\"}";
        assertThat(get("/hb").body()).contains(expected);
        restart(Map.of("unknown.fields", "keep"));
        assertThat(get("/hb").body()).contains(expected);
        post("/hb", BEAT.replace("{", "{\"big\":\"" + "x".repeat(ExtraFields.MAX_LENGTH) + "\",\"small\":1,"));
        assertThat(get("/hb").body()).contains("\"extra\":{\"small\":1}");
    }

    @Test
    void changesOfStatusAreKeptAndDeletedWhenTheyAreTooOld() throws Exception {
        restart(Map.of("transition.retention.days", 1, "audit.retention.days", 30));
        post("/hb", BEAT);
        post("/hb", BEAT.replace("online", "fault"));
        post("/operation/G1-01", "{\"operation\":\"emergency\"}");
        Retention retention = retention(Duration.ZERO);
        assertThat(transitions()).isEqualTo(2);
        pass(Duration.ofHours(25));
        retention.run();
        await().untilAsserted(() ->
                assertThat(transitions()).as("the gate is offline by now").isEqualTo(1));
        pass(Duration.ofDays(31));
        post("/aisle-mode/G1-01", "{\"aisleMode\":1}");
        post("/aisle-mode/G1-01", "{\"aisleMode\":2}");
        retention.run();
        await().untilAsserted(() -> assertThat(station.database().read(Audit::verify))
                .extracting(Audit.Verdict::entries, Audit.Verdict::brokenAt)
                .containsExactly(2L, null));
        pass(Duration.ofDays(31));
        retention.run();
        await().untilAsserted(
                        () -> assertThat(station.database().read(Audit::verify).entries())
                                .as("the newest stays")
                                .isEqualTo(1));
        post("/aisle-mode/G1-01", "{\"aisleMode\":3}");
        assertThat(station.database().read(Audit::verify).brokenAt()).isNull();
    }

    @Test
    @DisplayName("F40: nothing is deleted while the clock may be wrong")
    void nothingIsDeletedWhileTheClockMayBeWrong() throws Exception {
        restart(Map.of("transition.retention.days", 1));
        post("/hb", BEAT);
        Retention jumped = retention(Duration.ZERO);
        now.addAndGet(Duration.ofDays(400).toMillis());
        jumped.run();
        Retention drifting = retention(Duration.ofSeconds(10));
        drifting.run();
        station.database().write(statements -> 0).get(10, TimeUnit.SECONDS);
        assertThat(transitions()).isEqualTo(1);
    }

    private Retention retention(Duration drift) {
        ClockWatch watch = new ClockWatch(
                () -> new ReferenceTime.Reading(drift, true, "test"), Duration.ofSeconds(2), station.alarms());
        watch.run();
        StatusSettings settings = settings(Map.of("transition.retention.days", 1, "audit.retention.days", 30))
                .status();
        return new Retention(station.database(), settings, watch, clock, nanos::get);
    }

    private int transitions() throws Exception {
        return station.database().read(statements -> {
            try (var rows = statements.get("SELECT count(*) FROM transition").executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        });
    }
}
