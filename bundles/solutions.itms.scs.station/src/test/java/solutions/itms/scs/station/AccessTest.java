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
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest extends StationFixture {
    private static final String GATE = "127.0.0.21";
    private static final String FOREIGN = "127.0.0.66";
    private static final String EMERGENCY = "{\"operation\":\"emergency\"}";
    private static final String CLOSE = "{\"operation\":\"station_close\"}";

    @Test
    @DisplayName("N4, S2: deny mode refuses unknown sources on every path, and serves known ones")
    void denyModeRefusesUnknownSources() throws Exception {
        restart(Map.of("allow.mode", "deny", "allow.list", GATE + ", 10.0.0.0/8 fd00::/8"));
        for (String path : List.of("/hb", "/time", "/operation/G1", "/inservice-last", "/nothing")) {
            assertThat(getFrom(FOREIGN, path))
                    .as(path)
                    .startsWith("HTTP/1.1 403")
                    .contains("\"error\":\"forbidden\"");
        }
        assertThat(postFrom(FOREIGN, "/hb", BEAT)).startsWith("HTTP/1.1 403");
        assertThat(postFrom(GATE, "/hb", BEAT)).startsWith("HTTP/1.1 200");
        assertThat(get("/hb").statusCode()).as("from this host").isEqualTo(200);
    }

    @Test
    @DisplayName("N5: one alarm for each unknown source in a window, with a count")
    void oneAlarmForEachUnknownSource() throws Exception {
        restart(Map.of("allow.list", GATE, "alarm.window", 60));
        for (int i = 0; i < 3; i++) {
            assertThat(postFrom(FOREIGN, "/hb", BEAT)).startsWith("HTTP/1.1 200");
        }
        getFrom("127.0.0.67", "/time");
        getFrom(GATE, "/time");
        assertThat(sent.alarms().stream().filter(a -> a.startsWith("unknown_source")))
                .containsExactly("unknown_source 127.0.0.66 raised", "unknown_source 127.0.0.67 raised");
        assertThat(station.alarms().all().stream()
                        .filter(a -> a.subject().equals(FOREIGN) && a.kind() == AlarmKind.UNKNOWN_SOURCE))
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.count()).isEqualTo(3));
        pass(Duration.ofSeconds(61));
        await().untilAsserted(() -> assertThat(sent.alarms())
                .contains("unknown_source 127.0.0.66 cleared", "unknown_source 127.0.0.67 cleared"));
    }

    @Test
    void offModeDoesNotCare() throws Exception {
        restart(Map.of("allow.mode", "off"));
        assertThat(postFrom(FOREIGN, "/hb", BEAT)).startsWith("HTTP/1.1 200");
        assertThat(sent.alarms()).noneMatch(alarm -> alarm.startsWith("unknown_source"));
    }

    @Test
    void plannedDevicesAreOnTheList() throws Exception {
        station.close();
        PlannedDevice planned = new PlannedDevice("G1-01", GATE, null, null, null);
        station = station(settings(Map.of("allow.mode", "deny")).withDevices(List.of(planned)));
        assertThat(postFrom(GATE, "/operation/G1-01", CLOSE)).startsWith("HTTP/1.1 200");
        assertThat(postFrom(FOREIGN, "/operation/G1-01", CLOSE)).startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.0/24, 192.168.1.255, true",
        "192.168.1.0/24, 192.168.2.0, false",
        "192.168.1.128/25, 192.168.1.127, false",
        "10.1.2.3, ::ffff:10.1.2.3, true",
        "::ffff:10.0.0.0/104, 10.200.0.1, true",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "2001:db8::1, 2001:DB8:0:0::1, true",
        "0.0.0.0/0, 1.2.3.4, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 1.2.3.4, true",
        "10.0.0.1/32, 10.0.0.1, true",
        "10.0.0.1/32, 10.0.0.2, false",
    })
    @DisplayName("S2: addresses and ranges, IPv4, IPv6 and IPv4-mapped")
    void addressesAndRanges(String list, String address, boolean contained) {
        String canonical = String.valueOf(IpLiteral.canonical(address));
        assertThat(AddressList.of(list, entry -> {}).contains(canonical)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "host", "10.0.0", "/8", "1.2.3.4/8/9"})
    void whatIsNoAddressOrRangeIsTold(String entry) {
        Settings wrong = settings(Map.of("allow.list", "10.0.0.1, " + entry));
        assertThat(wrong.problems()).singleElement().asString().contains("allow.list", entry);
        assertThat(wrong.access().allowed().contains("10.0.0.1")).isTrue();
    }

    @Test
    @DisplayName("F31: control writes have a list of their own")
    void controlWritesHaveAListOfTheirOwn() throws Exception {
        restart(Map.of("allow.mode", "off"));
        assertThat(postFrom(FOREIGN, "/operation/G1", EMERGENCY)).startsWith("HTTP/1.1 403");
        assertThat(getFrom(FOREIGN, "/operation/G1")).startsWith("HTTP/1.1 200").contains("null");
        assertThat(sent.alarms()).contains("forbidden_control 127.0.0.66 raised");
        restart(Map.of("allow.list", GATE));
        assertThat(postFrom(GATE, "/operation/G1", EMERGENCY)).startsWith("HTTP/1.1 200");
        restart(Map.of("allow.list", GATE, "control.list", FOREIGN));
        assertThat(postFrom(GATE, "/operation/G1", EMERGENCY)).startsWith("HTTP/1.1 403");
        assertThat(postFrom(FOREIGN, "/operation/G1", EMERGENCY)).startsWith("HTTP/1.1 200");
        assertThat(post("/operation/G1", EMERGENCY).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, localhost, 400",
        "application/x-www-form-urlencoded, localhost, 400",
        "'', localhost, 400",
        "application/json, evil.example, 403",
        "application/json, 10.9.8.7, 403",
        "application/json, localhost.evil.example:3070, 403",
        "application/json, localhost:3070, 200",
        "application/json; charset=utf-8, 127.0.0.1, 200",
        "Application/JSON, [::1]:3070, 200",
        "application/json, STATION.local, 200",
        "application/json, 192.168.1.100:3070, 403",
    })
    @DisplayName("F32: control writes come as JSON and to a host that this station is")
    void controlWritesCannotComeFromAForeignPage(String type, String host, int status) throws Exception {
        restart(Map.of("stationIp", "station.local"));
        String answer = raw("POST /aisle-mode/G1 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
                + "Content-Length: 15\r\n\r\n{\"aisleMode\":1}");
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        if (status == 400) {
            assertThat(answer).contains("\"error\":\"bad request\"", "\"field\":\"Content-Type\"");
        }
    }

    @Test
    void theStationsAddressMayControlAndBeAddressed() throws Exception {
        restart(Map.of("stationIp", FOREIGN));
        assertThat(postFrom(FOREIGN, "/operation/G1", EMERGENCY)).startsWith("HTTP/1.1 200");
        assertThat(sent.alarms()).noneMatch(alarm -> alarm.startsWith("unknown_source"));
    }

    @Test
    @DisplayName("S3, E2: with a shared secret every request must carry it")
    void everyRequestMustCarryTheSecret() throws Exception {
        restart(Map.of("shared.secret", "s3cret ÿ"));
        for (String header : List.of("", "X-SCS-Secret: s3cret\r\n", "Authorization: Basic czNjcmV0\r\n")) {
            String answer = requestFrom("127.0.0.1", "GET", "/hb", header, "");
            assertThat(answer)
                    .startsWith("HTTP/1.1 401")
                    .contains("WWW-Authenticate: Bearer", "{\"ok\":false,\"error\":\"unauthorized\"}");
        }
        restart(Map.of("shared.secret", "s3cret"));
        for (String header : List.of("X-SCS-Secret: s3cret\r\n", "Authorization: bearer s3cret\r\n")) {
            assertThat(requestFrom(GATE, "GET", "/hb", header, "")).startsWith("HTTP/1.1 200");
        }
        assertThat(sent.alarms()).contains("unauthorized 127.0.0.1 raised");
        assertThat(settings(Map.of("shared.secret", "s3cret")).toString()).doesNotContain("s3cret");
    }

    @Test
    @DisplayName("E3: whoever sends too much is told when to come back; loopback never is")
    void whoeverSendsTooMuchIsToldWhenToComeBack() throws Exception {
        restart(Map.of("limit.read", 1, "allow.list", "127.0.0.0/8"));
        assertThat(getFrom(GATE, "/time")).startsWith("HTTP/1.1 200");
        assertThat(getFrom(GATE, "/hb")).startsWith("HTTP/1.1 200");
        assertThat(getFrom(GATE, "/time"))
                .startsWith("HTTP/1.1 429")
                .contains("Retry-After: 1", "{\"ok\":false,\"error\":\"rate limited\"}");
        assertThat(postFrom(GATE, "/hb", BEAT)).as("another class").startsWith("HTTP/1.1 200");
        assertThat(getFrom(FOREIGN, "/time")).as("another source").startsWith("HTTP/1.1 200");
        for (int i = 0; i < 5; i++) {
            assertThat(get("/time").statusCode()).isEqualTo(200);
        }
        pass(Duration.ofSeconds(1));
        assertThat(getFrom(GATE, "/time")).startsWith("HTTP/1.1 200");
        assertThat(sent.alarms()).contains("rate_limited 127.0.0.21 raised");
    }

    @Test
    @DisplayName("E3: emergency is never limited, other control writes are")
    void emergencyIsNeverLimited() throws Exception {
        restart(Map.of("limit.control", 1, "allow.list", GATE));
        assertThat(postFrom(GATE, "/operation/G1", CLOSE)).startsWith("HTTP/1.1 200");
        assertThat(postFrom(GATE, "/aisle-mode/G1", "{\"aisleMode\":1}")).startsWith("HTTP/1.1 200");
        assertThat(postFrom(GATE, "/operation/G1", CLOSE)).startsWith("HTTP/1.1 429");
        for (int i = 0; i < 10; i++) {
            assertThat(postFrom(GATE, "/operation/G" + i, EMERGENCY)).startsWith("HTTP/1.1 200");
        }
        assertThat(get("/operation/G1").body()).contains("emergency");
    }

    @Test
    void aGateWhoseHeartbeatsAreLimitedIsAlive() throws Exception {
        restart(Map.of("limit.heartbeat", 1, "allow.list", GATE));
        postFrom(GATE, "/hb", BEAT);
        postFrom(GATE, "/hb", BEAT);
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(postFrom(GATE, "/hb", BEAT)).startsWith("HTTP/1.1 429");
        for (int i = 0; i < 40; i++) {
            // always one request more than the bucket holds, for longer than a gate may be silent
            nanos.addAndGet(Duration.ofMillis(990).toNanos());
            postFrom(GATE, "/hb", BEAT.replace("online", "broken"));
            assertThat(postFrom(GATE, "/hb", BEAT.replace("online", "broken"))).startsWith("HTTP/1.1 429");
        }
        assertThat(get("/hb").body()).contains("\"status\":\"online\"");
    }

    @Test
    void theNumberOfSourcesIsBounded() {
        RateLimits limits = new RateLimits(Map.of(Traffic.READ, 1), nanos::get);
        for (int i = 0; i < RateLimits.MAX_SOURCES; i++) {
            limits.of("10.0." + i / 256 + "." + i % 256).values().forEach(bucket -> bucket.take(nanos.get()));
        }
        assertThat(limits.of("10.1.0.1")).as("all are in use").isSameAs(limits.of("10.1.0.2"));
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(limits.of("10.1.0.1")).as("idle ones make room").isNotSameAs(limits.of("10.1.0.2"));
    }

    @Test
    @DisplayName(
            "F25: a control write for an unknown device is noticed, or refused when only known ones may be controlled")
    void aControlWriteForAnUnknownDeviceIsNoticed() throws Exception {
        assertThat(post("/operation/G9", CLOSE).statusCode()).isEqualTo(200);
        assertThat(sent.alarms()).contains("unknown_device G9 raised");
        restart(Map.of("known.devices.only", true));
        post("/hb", BEAT);
        assertThat(post("/operation/G8", EMERGENCY).body()).isEqualTo("{\"ok\":false,\"error\":\"unknown device\"}");
        assertThat(post("/operation/G1-01", EMERGENCY).statusCode()).isEqualTo(200);
    }
}
