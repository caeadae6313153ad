package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.store.FileStores;

/** The list that BEM confirms, as far as the station can tell. */
class SelfCheckTest extends StationFixture {
    private static final PlannedDevice G1 = new PlannedDevice("G1-01", "192.168.1.101", "G1", "north", null);
    private static final PlannedDevice G2 = new PlannedDevice("G2-01", "192.168.1.102", "G2", "north", null);

    @Test
    @DisplayName("B1 the plan of addresses is compared with the gates that were heard")
    void thePlanIsComparedWithTheGates() throws Exception {
        assertThat(row("B1")).contains("\"state\":\"attention\"", "addressIsLoopback", "noPlan");
        begin(Map.of(), profile("192.168.1.100", true), G1);
        post("/hb", BEAT);
        assertThat(row("B1")).contains("\"state\":\"ok\"", "\"planned\":1,\"devices\":1", "192.168.1.100");
        begin(Map.of(), profile("192.168.1.100", true), G1, G2);
        post("/hb", BEAT.replace("192.168.1.101", "192.168.1.199"));
        post("/hb", BEAT.replace("G1-01", "stranger"));
        assertThat(row("B1"))
                .contains(
                        "\"state\":\"attention\"",
                        "{\"code\":\"otherAddress\",\"values\":{\"count\":1,\"names\":[\"G1-01\"]}}",
                        "{\"code\":\"neverHeard\",\"values\":{\"count\":1,\"names\":[\"G2-01\"]}}",
                        "{\"code\":\"notPlanned\",\"values\":{\"count\":1,\"names\":[\"stranger\"]}}");
    }

    @Test
    @DisplayName("B2 the port that is listened on, and whether SSH is on the port of the document")
    void thePortsAreTold() throws Exception {
        assertThat(row("B2"))
                .contains("\"state\":\"attention\"", "\"port\":" + station.port(), "probePortIsNot22", "plain");
        begin(Map.of(), profile("192.168.1.100", true));
        assertThat(row("B2")).contains("\"state\":\"ok\"", "{\"port\":22}");
    }

    @Test
    @DisplayName("B3 the allow-list, who was seen that is not on it, and rules for a firewall")
    void theFirewallIsHintedAt() throws Exception {
        begin(Map.of("allow.mode", "deny", "allow.list", "10.0.0.0/8", "control.list", "10.0.0.1"), G1);
        assertThat(row("B3"))
                .contains(
                        "\"state\":\"ok\"",
                        "\"mode\":\"deny\"",
                        "\"entries\":1,\"planned\":1",
                        "controlList",
                        "nft add rule inet filter input ip saddr 192.168.1.101 tcp dport " + station.port()
                                + " accept");
        assertThat(getFrom("127.0.0.7", "/hb")).startsWith("HTTP/1.1 403 ");
        assertThat(row("B3")).contains("\"state\":\"attention\"", "strangers", "127.0.0.7");
    }

    @Test
    @DisplayName("B4 the clock, by whom it was checked, and gates whose clock is off")
    void theClockIsTold() throws Exception {
        await().until(() -> row("B4").contains("\"state\":\"ok\""));
        assertThat(row("B4"))
                .contains("\"level\":\"ok\",\"source\":\"test\"", "\"millis\":0,\"max\":2000", "systemTime");
        reference = new ReferenceTime.Reading(Duration.ofSeconds(3), true, "test");
        begin(Map.of("ntp.servers", "192.168.1.1"));
        await().until(() -> row("B4").contains("\"state\":\"attention\""));
        assertThat(row("B4")).contains("\"millis\":3000", "servers", "192.168.1.1");
        reference = ReferenceTime.Reading.unknown("nobody answers");
        begin(Map.of());
        await().until(() -> row("B4").contains("nobody answers"));
        assertThat(row("B4")).contains("\"state\":\"unknown\"");
    }

    @Test
    @DisplayName("B5 whether anybody needs DNS")
    void whetherAnybodyNeedsDns() throws Exception {
        begin(Map.of("ntp.servers", "192.168.1.1:123, [fd00::1]:123, fd00::1"), profile("192.168.1.100", true));
        assertThat(row("B5")).contains("\"state\":\"ok\"", "neverLooksUp", "addressIsLiteral");
        begin(Map.of("ntp.servers", "192.168.1.1, ntp.example"), profile("sc.station.example", true));
        assertThat(row("B5"))
                .contains("\"state\":\"attention\"", "addressIsName", "\"count\":1,\"names\":[\"ntp.example\"]");
    }

    @Test
    @DisplayName("B6 the zone of the logs, and gates whose times are far from the station's")
    void theTimePolicyIsTold() throws Exception {
        begin(Map.of(), profile("192.168.1.100", true));
        post("/hb", BEAT.replace("2025-08-14T13:31:52Z", "2025-08-15T14:56:34Z"));
        assertThat(row("B6"))
                .contains("\"state\":\"ok\"", "\"zone\":\"Asia/Bangkok\",\"offsetMinutes\":420", "\"gates\":1");
        post("/hb", BEAT.replace("G1-01", "off"));
        assertThat(row("B6")).contains("\"state\":\"attention\"", "timesApart", "\"names\":[\"off\"]");
    }

    @Test
    @DisplayName("B7 without a log there is nothing to tell of its retention")
    void withoutALogRetentionIsNotKnown() throws Exception {
        assertThat(row("B7")).contains("\"state\":\"unknown\"", "noLogs");
    }

    @Test
    @DisplayName("B8 SSH is for people to confirm, the audit is told")
    void sshIsForPeopleToConfirm() throws Exception {
        assertThat(row("B8")).contains("\"state\":\"ask\"", "sshByKey", "\"days\":730", "auditEmpty");
        post("/operation/G1-01", "{\"operation\":\"emergency\"}");
        assertThat(row("B8")).contains("auditNewest", "\"who\":\"http 127.0.0.1\",\"number\":1");
    }

    @Test
    @DisplayName("B9 an open port of a remote desktop is seen")
    void anOpenRemoteDesktopIsSeen() throws Exception {
        assertThat(row("B9")).contains("offersNone");
        Path proc = Files.createDirectories(directory.resolve("net"));
        String head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n";
        Files.writeString(
                proc.resolve("tcp"),
                head + "   0: 00000000:170C 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0\n"
                        + "   1: 0100007F:0016 0100007F:ABCD 01 00000000:00000000 00:00000000 00000000     0\n");
        assertThat(new ProcTcp(proc).ports()).containsExactly(5900);
        NetworkCheck check = check(new ProcTcp(proc));
        assertThat(check.remoteSupport().state()).isEqualTo(CheckRow.State.ATTENTION);
        assertThat(check.remoteSupport().facts())
                .contains(new CheckRow.Fact("remoteOpen", Map.of("count", 1, "names", List.of("5900"))));
        assertThat(check(() -> List.of(22, 3070)).remoteSupport().state()).isEqualTo(CheckRow.State.ASK);
        assertThat(check(new ProcTcp(directory.resolve("none"))).remoteSupport().state())
                .isEqualTo(CheckRow.State.UNKNOWN);
    }

    @Test
    @DisplayName("B10 what a change of the interface would have to be agreed about")
    void theEnumerationsAreTold() throws Exception {
        begin(Map.of(), profile("192.168.1.100", true));
        assertThat(row("B10")).contains("\"state\":\"ask\"", "\"station_close\"", "\"max\":3", "\"version\":\"");
        begin(Map.of(), profile("192.168.1.100", false));
        assertThat(row("B10")).contains("\"state\":\"attention\"", "\"production\":false");
    }

    @Test
    @DisplayName("U1 the station's names and the wish for a kiosk reach the screen")
    void theNamesReachTheScreen() throws Exception {
        begin(Map.of(), profile("192.168.1.100", true), G1);
        assertThat(get("/station/api/state").body())
                .contains(
                        "\"nameEn\":\"SamYan\",\"nameTh\":\"สามย่าน\"",
                        "\"fullScreen\":true",
                        "\"id\":\"G1-01\",\"deviceIp\":\"192.168.1.101\",\"status\":\"offline\"",
                        "\"plannedIp\":\"192.168.1.101\"");
    }

    /** One row of the answer. */
    static String row(String body, String id) {
        Matcher row = Pattern.compile("\\{\"id\":\"" + id + "\",.*?(?=\\{\"id\":\"B|\\]\\}$)")
                .matcher(body);
        assertThat(row.find()).as(body).isTrue();
        return row.group();
    }

    private String row(String id) throws Exception {
        return row(get("/station/api/check").body(), id);
    }

    private NetworkCheck check(NetworkCheck.ListeningPorts ports) {
        return new NetworkCheck(
                StationProfile.NONE, settings(0, "UTC"), station.gates(), station.alarms(), ports, address -> false);
    }

    private static StationProfile profile(String address, boolean production) {
        return new StationProfile("13", "SamYan", "สามย่าน", address, 22, production, true, true);
    }

    private void begin(Map<String, ?> properties, PlannedDevice... planned) throws Exception {
        begin(properties, StationProfile.NONE, planned);
    }

    private void begin(Map<String, ?> properties, StationProfile profile, PlannedDevice... planned) throws Exception {
        station.close();
        Map<String, Object> all = new HashMap<>(Map.of("time.tz", "Asia/Bangkok"));
        all.putAll(properties);
        Settings settings = settings(all).withDevices(List.of(planned));
        station = new Station(settings, new FileStores(directory, clock), sent, surroundings(), Journal.NONE, profile);
        station.start();
        await().until(() -> station.port() > 0 && station.database().isOpen());
    }
}
