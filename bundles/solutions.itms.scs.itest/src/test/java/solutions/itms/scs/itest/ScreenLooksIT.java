package solutions.itms.scs.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the station's screen looks: in both languages, as a kiosk, and on displays of all sizes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScreenLooksIT extends ScreenFixture {
    /** Everything that is drawn lies within the display, and nothing can be scrolled sideways. */
    private static final String FITS_ACROSS =
            "document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth";

    private static final String ALL_TILES_ARE_SEEN =
            "[...document.querySelectorAll('.tile')].every(tile => { const r = tile.getBoundingClientRect();"
                    + " return r.left >= 0 && r.top >= 0 && r.right <= innerWidth && r.bottom <= innerHeight; })";

    private static final String TARGETS_ARE_LARGE =
            "[...document.querySelectorAll('button, a, select, input')].every(each => {"
                    + " const r = (each.closest('label') ?? each).getBoundingClientRect();"
                    + " return r.width === 0 || (r.width >= 47.5 && r.height >= 47.5); })";

    @BeforeAll
    void aStationOfTwelveGates() throws Exception {
        List<String> ids = gates(12);
        for (String id : ids) {
            operation(id, id.endsWith("1") ? "inservice_entry" : "inservice_exit");
            post("/aisle-mode/" + id, "{\"aisleMode\":0}");
            get("/operation/" + id);
            get("/aisle-mode/" + id);
        }
        beat("G3-02", "fault", "Flap motor blocked");
        beat("G9-01", "maintenance", "Technician on site");
        operation("G5-01", "out_of_service");
        operation("G5-02", "out_of_service");
        get("/operation/G5-01");
        post("/aisle-mode/G2-01", "{\"aisleMode\":1}");
        get("/aisle-mode/G2-01");
        operation("G8-01", "inservice_bidirect");
    }

    @Test
    @Order(1)
    @DisplayName("U1 the screen in English")
    void inEnglish() throws Exception {
        open("?lang=en", 1600, 900);
        assertThat(browser.text("station-name")).isEqualTo("SamYan");
        assertThat(browser.text("device-G3-02")).contains("Fault", "Exit");
        assertThat(browser.text("device-G2-01")).contains("OPEN");
        browser.press("gate-G8");
        assertThat(browser.text("gate-panel")).contains("In service – both ways", "Has not asked since");
        assertThat(browser.is(TARGETS_ARE_LARGE)).as("touch targets").isTrue();
        picture("station-screen-en");
    }

    @Test
    @Order(2)
    @DisplayName("U1 the screen in Thai, with the station's Thai name")
    void inThai() throws Exception {
        open("?lang=en");
        browser.press("language");
        browser.waitForText("station-name", "สามย่าน");
        assertThat(browser.text("device-G3-02")).contains("ขัดข้อง", "ออก");
        assertThat(browser.is("document.documentElement.lang === 'th'")).isTrue();
        await().atMost(Scs.PATIENCE)
                .until(() -> browser.is("document.fonts.check('16px \"IBM Plex Sans Thai\"', 'สามย่าน')"));
        picture("station-screen-th");
        open("");
        assertThat(browser.text("station-name")).as("it is remembered").isEqualTo("สามย่าน");
        browser.press("gate-G1");
        assertThat(browser.text("aisle-1")).isEqualTo("1 — ปกติเปิด");
        browser.press("language");
    }

    @Test
    @Order(3)
    @DisplayName("C8 a kiosk has no more around the gates than it needs, and fills the display at the first touch")
    void asAKiosk() throws Exception {
        open("?lang=th&kiosk");
        assertThat(browser.has("nav-logs")).isFalse();
        assertThat(browser.is("document.documentElement.classList.contains('kiosk')"))
                .isTrue();
        assertThat(browser.is(ALL_TILES_ARE_SEEN)).isTrue();
        picture("station-screen-kiosk");
        browser.press("gate-G1");
        await().atMost(Scs.PATIENCE).until(() -> browser.is("document.fullscreenElement !== null"));
        browser.press("menu");
        browser.find("nav-logs");
        open("?lang=en&kiosk=0");
        browser.find("nav-logs");
    }

    @Test
    @Order(4)
    @DisplayName("U1 an emergency can't be overlooked, and says that it is no safety function")
    void inAnEmergency() throws Exception {
        open("?lang=en", 1440, 860);
        browser.holdUntil("emergency", "emergency-banner");
        for (int gate = 1; gate <= 8; gate++) {
            get("/operation/G" + gate + "-01");
            get("/operation/G" + gate + "-02");
        }
        browser.waitForText("emergency-banner", "16 of 24 have asked");
        browser.waitUntilGone("toast");
        browser.press("emergency-end");
        browser.press("restore");
        browser.find("leaving");
        picture("station-screen-emergency");
        browser.press("confirm-no");
    }

    @ParameterizedTest
    @Order(5)
    @CsvSource({"1920,1080,true", "1366,768,false", "1024,768,false", "390,844,false", "844,390,false"})
    @DisplayName("U1 sixty gates are seen at once on a large display, and can be reached on every other one")
    void sixtyGates(int width, int height, boolean atOnce) throws Exception {
        gates(60);
        open("?lang=en", width, height);
        browser.find("gate-G60");
        assertThat(browser.is(FITS_ACROSS)).as("no scrolling sideways").isTrue();
        assertThat(browser.is(TARGETS_ARE_LARGE)).as("touch targets").isTrue();
        if (atOnce) {
            assertThat(browser.is(ALL_TILES_ARE_SEEN)).isTrue();
        }
        browser.press("gate-G60");
        assertThat(browser.text("gate-panel")).contains("G60-01");
        browser.press("set-station_close");
        browser.press("confirm-no");
        picture("target/station-screen-60-" + width);
    }

    @ParameterizedTest
    @Order(6)
    @CsvSource({"light", "dark", "contrast"})
    @DisplayName("U1 what is abnormal is told by shape and word, whatever the colours")
    void whateverTheColours(String theme) throws Exception {
        beat("G3-02", "fault", "Flap motor blocked");
        beat("G9-01", "maintenance", "Technician on site");
        open("?lang=en");
        String chosen = theme();
        for (int i = 0; i < 4 && !chosen.equals(theme); i++) {
            String before = chosen;
            browser.press("theme");
            await().until(() -> !theme().equals(before));
            chosen = theme();
        }
        assertThat(chosen).isEqualTo(theme);
        assertThat(browser.is("[...document.querySelectorAll('.half-status')].every(each =>"
                        + " each.querySelector('svg') && each.querySelector('.half-text').textContent !== '')"))
                .isTrue();
        assertThat(browser.is("document.querySelectorAll('[data-status=fault] svg path').length > 0"))
                .isTrue();
        picture("target/station-screen-" + theme);
    }

    private String theme() {
        return String.valueOf(browser.run("return document.documentElement.dataset.theme"));
    }

    /** For the documents, when they are being written; otherwise to look at after the test. */
    private void picture(String name) throws Exception {
        boolean docs = Boolean.getBoolean("scs.docs.write") && !name.startsWith("target/");
        Path folder = docs ? Path.of("../../docs/images") : Path.of("target/images");
        browser.run("scrollTo(0, 0); document.activeElement?.blur()");
        browser.screenshot(folder.resolve(name.replace("target/", "") + ".png"));
    }
}
