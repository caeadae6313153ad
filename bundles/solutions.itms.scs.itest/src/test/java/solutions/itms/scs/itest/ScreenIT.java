package solutions.itms.scs.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What people do at the station's screen, in the browser that they do it in. */
class ScreenIT extends ScreenFixture {
    private static final long MAX_MILLIS = 1_000;
    private static final int CHANGES = 30;

    @BeforeEach
    void someGates() throws Exception {
        gates(3);
        post(
                "/station/api/control",
                "{\"all\":true,\"operation\":\"inservice_bidirect\",\"confirmed\":true,\"reason\":\"next test\","
                        + "\"pin\":\"" + PIN + "\"}");
        for (String id : gates(3)) {
            operation(id, "inservice_bidirect");
            post("/aisle-mode/" + id, "{\"aisleMode\":0}");
        }
        open("?lang=en");
    }

    @AfterEach
    void thePageHasNothingToComplainOf() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @DisplayName("U1 a gate's new status is on the screen within a second, each time")
    void aNewStatusIsOnTheScreenWithinASecond() throws Exception {
        browser.find("device-G1-01");
        browser.run("window.seen = {}; const row = () => document.querySelector('[data-testid=\"device-G1-01\"]');"
                + "new MutationObserver(() => { const s = row()?.dataset.status; window.seen[s] ??= Date.now(); })"
                + ".observe(document.body, {subtree: true, childList: true, attributes: true});");
        long[] millis = new long[CHANGES];
        for (int i = 0; i < CHANGES; i++) {
            String status = List.of("fault", "maintenance", "online").get(i % 3);
            browser.run("delete window.seen[arguments[0]]", status);
            long before = System.currentTimeMillis();
            beat("G1-01", status, "");
            Object seen = await().atMost(Scs.PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> browser.run("return window.seen[arguments[0]]", status), at -> at != null);
            millis[i] = ((Number) seen).longValue() - before;
        }
        Arrays.sort(millis);
        Files.writeString(
                Path.of("target", "heartbeat-to-station-screen.txt"),
                "figure name=heartbeat_to_station_screen_p50 value=" + millis[CHANGES / 2]
                        + " unit=ms\nfigure name=heartbeat_to_station_screen_max value=" + millis[CHANGES - 1]
                        + " unit=ms bar=" + MAX_MILLIS + "\n");
        assertThat(millis[CHANGES - 1]).as(Arrays.toString(millis)).isLessThanOrEqualTo(MAX_MILLIS);
    }

    @Test
    @DisplayName("U1 an emergency is entered by one guarded action, and left with confirmation, reason and PIN")
    void anEmergencyIsEnteredAndLeft() throws Exception {
        browser.holdUntil("emergency", "emergency-banner");
        for (String id : List.of("G1-01", "G2-02", "G3-01")) {
            awaitOperation(id, "emergency");
        }
        assertThat(browser.has("emergency-dialog")).isFalse();
        assertThat(browser.text("emergency-banner")).contains("EMERGENCY set for", "No safety function");
        browser.press("emergency-end");
        browser.press("set-station_close");
        assertThat(browser.find("confirm-yes").isEnabled()).isFalse();
        browser.press("leave-confirm");
        browser.type("leave-reason", "smoke drill is over");
        assertThat(browser.find("confirm-yes").isEnabled()).isFalse();
        browser.type("leave-pin", "0000");
        browser.press("confirm-yes");
        assertThat(browser.text("confirm-failure")).contains("Nothing was changed", "PIN");
        awaitOperation("G1-01", "emergency");
        browser.type("leave-pin", PIN);
        browser.press("confirm-yes");
        browser.waitUntilGone("emergency-banner");
        awaitOperation("G1-01", "station_close");
        browser.press("nav-audit");
        browser.waitForText("audit", "End of emergency");
        assertThat(browser.text("audit"))
                .contains("screen 127.0.0.1", "smoke drill is over", "EMERGENCY")
                .doesNotContain(PIN);
    }

    @Test
    void aShortPressOnEmergencyAsksFirst() throws Exception {
        browser.press("emergency");
        browser.find("emergency-dialog");
        browser.keys(Keys.ESCAPE);
        browser.waitUntilGone("emergency-dialog");
        awaitOperation("G1-01", "inservice_bidirect");
        browser.press("emergency");
        browser.press("emergency-yes");
        browser.find("emergency-banner");
        awaitOperation("G3-02", "emergency");
    }

    @Test
    @DisplayName("U1 after station_close each gate gets its last service back in one step")
    void theLastServiceIsRestored() throws Exception {
        operation("G1-01", "inservice_entry");
        operation("G1-02", "inservice_exit");
        beat("G3-03", "online", "");
        browser.press("select-station");
        browser.press("set-station_close");
        assertThat(browser.text("confirm")).contains("Station closed", "the whole station", "nobody is shut in");
        browser.press("confirm-yes");
        awaitOperation("G3-03", "station_close");
        browser.press("select-closed");
        browser.press("restore");
        assertThat(browser.text("confirm")).contains("G3-03", "Will be restored");
        assertThat(browser.find("confirm-yes").isEnabled()).isFalse();
        browser.run("document.querySelector('input[value=inservice_exit]').click()");
        browser.press("confirm-yes");
        awaitOperation("G1-01", "inservice_entry");
        awaitOperation("G1-02", "inservice_exit");
        awaitOperation("G2-01", "inservice_bidirect");
        awaitOperation("G3-03", "inservice_exit");
    }

    @Test
    @DisplayName("U1 a gate is set on both sides at once, or on one")
    void aGateIsSetOnBothSidesOrOnOne() throws Exception {
        browser.press("gate-G2");
        browser.press("set-out_of_service");
        assertThat(browser.text("confirm")).contains("gate G2, both sides");
        browser.press("confirm-yes");
        awaitOperation("G2-01", "out_of_service");
        awaitOperation("G2-02", "out_of_service");
        browser.press("scope-G2-02");
        browser.press("set-inservice_exit");
        browser.press("confirm-yes");
        awaitOperation("G2-02", "inservice_exit");
        awaitOperation("G2-01", "out_of_service");
        awaitOperation("G1-01", "inservice_bidirect");
    }

    @Test
    @DisplayName("A3 a group gets an aisle mode, and flaps that stay open in service are warned of")
    void aGroupGetsAnAisleMode() throws Exception {
        browser.press("select-group-Hall A");
        assertThat(browser.text("selection-panel")).contains("3 devices of 2 gates");
        browser.press("select-several");
        browser.press("select-several");
        browser.press("gate-G1");
        browser.press("gate-G3");
        assertThat(browser.text("aisle-1")).isEqualTo("1 — Normally open");
        browser.press("aisle-1");
        assertThat(browser.text("warning-kept-open")).contains("Flaps stay open in service", "G1-01", "G3-02");
        browser.press("confirm-yes");
        await().atMost(Scs.PATIENCE)
                .untilAsserted(() -> assertThat(get("/aisle-mode/G3-02")).contains("1"));
        assertThat(get("/aisle-mode/G1-01")).contains("\"aisleMode\":1");
        assertThat(get("/aisle-mode/G2-01")).contains("\"aisleMode\":0");
        browser.waitForText("device-G1-01", "OPEN");
    }

    @Test
    @DisplayName("F44 that something was set is never shown as done: the gate's own asking is all the evidence")
    void theGatesOwnAskingIsAllTheEvidence() throws Exception {
        browser.press("gate-G1");
        operation("G1-01", "inservice_exit");
        browser.waitForText("evidence-operation-G1-01", "Has not asked since. Whether it knows is not known.");
        browser.waitForText("device-G1-01", "not asked yet");
        get("/operation/G1-01");
        browser.waitForText("evidence-operation-G1-01", "Whether it acts is not known.");
    }

    @Test
    @DisplayName("U1 everything can be done with the keyboard alone")
    void everythingCanBeDoneWithTheKeyboard() throws Exception {
        tabTo("gate-G1");
        assertThat(browser.is("document.activeElement.matches(':focus-visible')"))
                .isTrue();
        browser.keys(Keys.ARROW_RIGHT);
        assertThat(browser.focused()).isEqualTo("gate-G2");
        browser.keys(Keys.ENTER);
        browser.find("gate-panel");
        tabTo("set-out_of_service");
        browser.keys(Keys.ENTER);
        browser.find("confirm");
        assertThat(browser.focused()).isEqualTo("confirm-yes");
        browser.keys(Keys.TAB, Keys.TAB, Keys.TAB);
        assertThat(browser.is("document.activeElement === document.body"
                        + " || document.querySelector('dialog').contains(document.activeElement)"))
                .as("the focus stays in the dialog")
                .isTrue();
        browser.keys(Keys.ESCAPE);
        browser.waitUntilGone("confirm");
        assertThat(browser.focused()).isEqualTo("set-out_of_service");
        browser.keys(Keys.ENTER);
        browser.find("confirm");
        browser.keys(Keys.ENTER);
        awaitOperation("G2-02", "out_of_service");
        browser.keys(Keys.ESCAPE);
        browser.waitUntilGone("gate-panel");
    }

    @Test
    @DisplayName("U1 a station that is gone is said at once, ages go on, and the screen comes back by itself")
    void aStationThatIsGoneIsSaid() throws Exception {
        kill();
        long killed = System.nanoTime();
        String first = browser.text("not-connected");
        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(6));
        assertThat(first).contains("NOT CONNECTED", "The picture is");
        String age = browser.text("device-G1-01");
        await().atMost(Scs.PATIENCE).untilAsserted(() -> {
            assertThat(browser.text("device-G1-01")).isNotEqualTo(age);
            assertThat(browser.text("not-connected")).isNotEqualTo(first);
        });
        browser.press("gate-G1");
        browser.press("set-station_close");
        browser.press("confirm-yes");
        assertThat(browser.text("confirm-failure")).contains("did not answer", "Nothing is known");
        startAgain();
        browser.waitUntilGone("not-connected");
        awaitOperation("G1-01", "inservice_bidirect");
    }

    @Test
    @DisplayName("U1 a page of an older version loads itself anew, once")
    void aPageOfAnOlderVersionLoadsItselfAnew() {
        browser.runInEveryPage("if (location.search === '?old' && !sessionStorage.getItem('was-old')) {"
                + " sessionStorage.setItem('was-old', 'yes');"
                + " addEventListener('DOMContentLoaded', () => { const old = document.createElement('link');"
                + " old.href = '/station/assets/old.css'; document.head.append(old); }); }");
        open("?old");
        await().atMost(Scs.PATIENCE)
                .ignoreExceptions()
                .until(() -> browser.is("performance.getEntriesByType('navigation')[0].type === 'reload'"));
        browser.find("gate-G1");
        assertThat(browser.is("sessionStorage.getItem('scs-screen-reloaded') === null"))
                .isTrue();
    }

    @Test
    @DisplayName("L5 log files are listed, shown and downloaded")
    void logFilesAreListedShownAndDownloaded() throws Exception {
        beat("G1-01", "fault", "flap is stuck");
        browser.press("gate-G1");
        browser.run("document.querySelector('.more').open = true");
        browser.run("document.querySelector('.more a').click()");
        browser.waitForText("log-lines", "flap is stuck");
        assertThat(browser.text("logs")).contains(directory.resolve("logs").toString(), "devices/%471-01.log");
        String link = String.valueOf(browser.run(
                "return document.querySelector('[data-testid=\"file-devices/%471-01.log\"] a').getAttribute('href')"));
        assertThat(get(link)).contains("is online", "flap is stuck");
    }

    @Test
    void whatAGateSaysIsTextAndNothingElse() throws Exception {
        String evil = "<img src=x onerror=window.hacked=1>";
        post(
                "/hb",
                "{\"id\":\"" + evil + "\",\"ip\":\"192.168.1.9\",\"status\":\"online\",\"gateId\":\"<b>gate</b>\","
                        + "\"type\":\"<i>t</i>\",\"message\":\"<script>window.hacked=1</script>\"}");
        String tile = "gate-<b>gate</b>";
        assertThat(browser.text(tile)).contains("<b>gate</b>");
        browser.press(tile);
        browser.run("document.querySelector('.more').open = true");
        assertThat(browser.text("gate-panel")).contains(evil, "<script>window.hacked=1</script>", "<i>t</i>");
        postAnyway(
                "/operation/" + URLEncoder.encode("<u>x</u>", StandardCharsets.UTF_8), "{\"operation\":\"emergency\"}");
        browser.press("gate-G1");
        browser.press("gate-G1");
        browser.waitForText("alarms", "<u>x</u>");
        assertThat(browser.is("window.hacked === undefined")).isTrue();
        assertThat(browser.is("document.querySelector('img, main b, main i, main u') === null"))
                .isTrue();
    }

    @Test
    @DisplayName("B1 to B10 are on the page of the self-check, and in its file")
    void theSelfCheckIsShown() throws Exception {
        open("?lang=en#check");
        for (int i = 1; i <= 10; i++) {
            assertThat(browser.text("check-B" + i)).as("B" + i).hasSizeGreaterThan(30);
        }
        assertThat(browser.text("check-B7")).contains("As it should be", "Logs are kept for 14 days", "Ops");
        assertThat(browser.text("check-B3")).contains("Look at this");
    }

    private void tabTo(String testId) {
        for (int i = 0; i < 60 && !browser.focused().equals(testId); i++) {
            browser.keys(Keys.TAB);
        }
        assertThat(browser.focused()).isEqualTo(testId);
    }
}
