package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTest extends StationFixture {
    private static final String CONTROL = "/station/api/control";
    private static final String JSON = "Content-Type: application/json\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"/station", "/station/"})
    @DisplayName("U1 the page is served by the station itself, and may load nothing from elsewhere")
    void thePageIsServed(String path) throws Exception {
        HttpResponse<String> page = get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; ")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("http:", "https:", "<style", "onload=");
        Matcher assets = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.body());
        assertThat(assets.results().map(asset -> asset.group(1)).toList())
                .isNotEmpty()
                .allMatch(url -> url.startsWith("/station/assets/"));
    }

    @Test
    @DisplayName("U1 what a browser loads is small, and kept for good")
    void whatABrowserLoadsIsSmall() throws Exception {
        String script = asset("js");
        HttpResponse<byte[]> small = http.send(
                HttpRequest.newBuilder(uri(script))
                        .header("Accept-Encoding", "br, gzip")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(small.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(small.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
        assertThat(small.headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
        assertThat(small.body().length).isLessThan(35_000);
        HttpResponse<String> plain = get(script);
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.body()).contains("EventSource");
        assertThat(get(asset("css")).body()).contains("woff2").doesNotContain("http");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/station/nothing",
                "/station/assets/",
                "/station/assets/../index.html",
                "/station/assets/..%2findex.html",
                "/station/assets/%2e%2e/Station.class",
                "/station/assets/.hidden",
                "/station/../hb",
                "/station/index.html",
                "/station/api",
                "/station/api/nothing"
            })
    void nothingElseIsServed(String path) throws Exception {
        assertThat(getFrom("127.0.0.1", path)).startsWith("HTTP/1.1 404 ").contains("\"error\":\"not found\"");
    }

    @Test
    void aBrowserThatOpensTheAddressIsLedToTheScreenAndNobodyElse() throws Exception {
        HttpResponse<String> browser =
                send(HttpRequest.newBuilder(uri("/")).header("Accept", "text/html,application/xhtml+xml"));
        assertThat(browser.statusCode()).isEqualTo(302);
        assertThat(browser.headers().firstValue("Location")).hasValue("/station/");
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(post("/", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("U1 the state has planned devices, operations, what was asked when, and alarms")
    void theStateHasAllThatIsShown() throws Exception {
        post("/hb", BEAT);
        post("/operation/G1-01", "{\"operation\":\"inservice_entry\"}");
        String state = get("/station/api/state").body();
        assertThat(state)
                .startsWith("{\"ok\":true,\"screen\":\"/station/assets/")
                .contains(
                        "\"zone\":\"Asia/Bangkok\"",
                        "\"pinRequired\":false",
                        "\"mayControl\":true",
                        "\"id\":\"G1-01\"",
                        "\"operation\":\"inservice_entry\",\"operationRequestedAt\":\"2025-08-15T14:56:34.000Z\"",
                        "\"alarms\":[",
                        "\"clock\":{\"level\":");
    }

    @Test
    void everyAlarmHasALabelInBothLanguages() throws Exception {
        String script = get(asset("js")).body();
        for (AlarmKind kind : AlarmKind.values()) {
            assertThat(script.split("alarm\\." + kind.text() + "\\b", -1))
                    .as(kind.text())
                    .hasSizeGreaterThan(2);
        }
    }

    @Test
    void groupsAreToldWithTheirMembers() throws Exception {
        restart(Map.of("device.groups", "{\"hall\":[\"G1-01\",\"G2\"]}"));
        assertThat(get("/station/api/state").body()).contains("\"groups\":{\"hall\":[\"G1-01\",\"G2\"]}");
    }

    @Test
    @DisplayName("F45 the whole station is set in one transaction, which the audit shows as one")
    void theWholeStationIsSetAtOnce() throws Exception {
        beats("G1-01", "G1-02", "G2-01");
        assertThat(post(CONTROL, "{\"all\":true,\"operation\":\"emergency\"}").body())
                .isEqualTo("{\"ok\":true,\"count\":3}");
        for (String id : List.of("G1-01", "G1-02", "G2-01")) {
            assertThat(get("/operation/" + id).body()).contains("emergency");
        }
        assertThat(get("/station/api/audit").body())
                .contains(
                        "\"seq\":3,\"group\":1,",
                        "\"seq\":1,\"group\":1,",
                        "\"who\":\"screen 127.0.0.1\"",
                        "\"kind\":\"operation\",\"before\":null,\"after\":\"emergency\"");
    }

    @Test
    @DisplayName("A3 a gate's aisle mode is set for both of its sides, or for neither")
    void theAisleModeIsSetForAGate() throws Exception {
        beats("G1-01", "G1-02");
        assertThat(post(CONTROL, "{\"devices\":[\"G1-01\",\"G1-02\"],\"aisleMode\":3}")
                        .body())
                .isEqualTo("{\"ok\":true,\"count\":2}");
        assertThat(get("/aisle-mode/G1-02").body()).contains("\"aisleMode\":3");
        HttpResponse<String> unknown = post(CONTROL, "{\"devices\":[\"G1-01\",\"G1-0?\"],\"aisleMode\":1}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("\"index\":1,\"field\":\"devices\",\"reason\":\"is no device");
        assertThat(get("/aisle-mode/G1-01").body()).contains("\"aisleMode\":3");
    }

    @Test
    @DisplayName("E.4 ending an emergency says what is missing, and changes nothing until it is all there")
    void endingAnEmergencySaysWhatIsMissing() throws Exception {
        restart(Map.of("leave.emergency.pin", "4711"));
        beats("G1-01");
        post(CONTROL, "{\"all\":true,\"operation\":\"emergency\"}");
        HttpResponse<String> refused = post(CONTROL, "{\"all\":true,\"operation\":\"station_close\"}");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .isEqualTo("{\"ok\":false,\"error\":\"leaves emergency\",\"devices\":[\"G1-01\"],"
                        + "\"missing\":[\"confirmation\",\"reason\",\"pin\"]}");
        String most = "{\"all\":true,\"operation\":\"station_close\",\"confirmed\":true,\"reason\":\"drill is over\",";
        assertThat(post(CONTROL, most + "\"pin\":\"0000\"}").body()).contains("\"missing\":[\"pin\"]");
        assertThat(get("/operation/G1-01").body()).contains("emergency");
        assertThat(post(CONTROL, most + "\"pin\":\"4711\"}").statusCode()).isEqualTo(200);
        assertThat(get("/station/api/audit").body())
                .contains("\"kind\":\"leaving_emergency\"", "\"reason\":\"drill is over\"")
                .doesNotContain("4711");
    }

    @Test
    @DisplayName("E.5 the last service comes back after station_close; where there was none, somebody chooses")
    void theLastServiceComesBack() throws Exception {
        beats("G1-01", "G1-02");
        post(CONTROL, "{\"devices\":[\"G1-01\"],\"operation\":\"inservice_exit\"}");
        post(CONTROL, "{\"all\":true,\"operation\":\"station_close\"}");
        HttpResponse<String> refused = post(CONTROL, "{\"all\":true,\"restore\":true}");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("\"error\":\"nothing to restore\",\"devices\":[\"G1-02\"]");
        assertThat(get("/operation/G1-01").body()).contains("station_close");
        assertThat(post(CONTROL, "{\"all\":true,\"restore\":true,\"operation\":\"inservice_entry\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/operation/G1-01").body()).contains("inservice_exit");
        assertThat(get("/operation/G1-02").body()).contains("inservice_entry");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "{}, devices",
                "{\"all\":true}, operation",
                "|{\"all\":true,\"devices\":[\"G1-01\"],\"operation\":\"emergency\"}|, devices",
                "|{\"devices\":[],\"operation\":\"emergency\"}|, devices",
                "|{\"devices\":[1],\"operation\":\"emergency\"}|, devices",
                "|{\"devices\":[[\"G1-01\"]],\"operation\":\"emergency\"}|, devices",
                "|{\"all\":true,\"operation\":\"EMERGENCY\"}|, operation",
                "|{\"all\":true,\"restore\":true,\"operation\":\"emergency\"}|, operation",
                "|{\"all\":true,\"operation\":\"emergency\",\"aisleMode\":1}|, aisleMode",
                "|{\"all\":true,\"aisleMode\":4}|, aisleMode",
                "|{\"all\":true,\"aisleMode\":\"1\"}|, aisleMode",
                "|{\"all\":true,\"operation\":\"emergency\",\"reason\":\"a\\u0007\"}|, reason",
                "[], JSON",
                "|{\"all\":true} x|, JSON"
            })
    void whatIsWrongWithAnOrderIsSaid(String body, String where) throws Exception {
        beats("G1-01");
        HttpResponse<String> answer = post(CONTROL, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(where);
        assertThat(get("/operation/G1-01").body()).contains("null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site\r\n",
                "Sec-Fetch-Site: same-site\r\n",
                "Sec-Fetch-Site: none\r\n",
                "Origin: http://evil.example\r\n",
                "Origin: null\r\n",
                "Origin: https://localhost\r\n"
            })
    @DisplayName("F32 a foreign web page controls nothing, even from an allowed computer")
    void aForeignPageControlsNothing(String header) throws Exception {
        beats("G1-01");
        String answer =
                requestFrom("127.0.0.1", "POST", CONTROL, JSON + header, "{\"all\":true,\"operation\":\"emergency\"}");
        assertThat(answer).startsWith("HTTP/1.1 403 ");
        assertThat(get("/operation/G1-01").body()).contains("null");
        assertThat(sent.alarms()).contains("forbidden_control 127.0.0.1 raised");
        assertThat(requestFrom(
                        "127.0.0.1",
                        "POST",
                        CONTROL,
                        JSON + "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n",
                        "{\"all\":true,\"operation\":\"emergency\"}"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    @DisplayName("F31 whoever is not on the control list may look, and is told so")
    void whoeverIsNotOnTheControlListMayLook() throws Exception {
        restart(Map.of("allow.list", "127.0.0.9", "control.list", "127.0.0.8"));
        beats("G1-01");
        assertThat(getFrom("127.0.0.9", "/station/api/state")).contains("\"mayControl\":false");
        assertThat(getFrom("127.0.0.8", "/station/api/state")).contains("\"mayControl\":true");
        assertThat(postFrom("127.0.0.9", CONTROL, "{\"all\":true,\"operation\":\"emergency\"}"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(requestFrom("127.0.0.8", "POST", CONTROL, "Content-Type: text/plain\r\n", "{}"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    @DisplayName("S2 reading is for the allow-list alone, as GET /hb is")
    void readingIsForTheAllowList() throws Exception {
        restart(Map.of("allow.list", "127.0.0.9", "allow.mode", "deny"));
        for (String path : List.of("/station/", "/station/api/state", "/station/api/events", "/station/api/logs")) {
            assertThat(getFrom("127.0.0.7", path)).as(path).startsWith("HTTP/1.1 403 ");
        }
        assertThat(getFrom("127.0.0.9", "/station/")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    @DisplayName("E3 entering an emergency is never limited, other orders are")
    void enteringAnEmergencyIsNeverLimited() throws Exception {
        restart(Map.of("control.list", "127.0.0.8", "limit.control", 1));
        beats("G1-01");
        String close = "{\"all\":true,\"operation\":\"station_close\"}";
        String emergency = "{\"all\":true,\"operation\":\"emergency\"}";
        assertThat(postFrom("127.0.0.8", CONTROL, close)).startsWith("HTTP/1.1 200 ");
        assertThat(postFrom("127.0.0.8", CONTROL, close)).startsWith("HTTP/1.1 200 ");
        assertThat(postFrom("127.0.0.8", CONTROL, close)).startsWith("HTTP/1.1 429 ");
        for (int i = 0; i < 5; i++) {
            assertThat(postFrom("127.0.0.8", CONTROL, emergency)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    @DisplayName("S3 with a shared secret, a browser is asked for it in its own way")
    void aBrowserIsAskedForTheSecret() throws Exception {
        restart(Map.of("shared.secret", "s3cret:with colon"));
        assertThat(get("/station/").headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"station\"");
        assertThat(get("/hb").headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"station\"");
        assertThat(withPassword("s3cret:with colon")).isEqualTo(200);
        assertThat(withPassword("wrong")).isEqualTo(401);
        assertThat(send(HttpRequest.newBuilder(uri("/station/")).header("Authorization", "Basic %%%"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anAlarmIsNotedByWhoeverMayControl() throws Exception {
        post("/operation/typo", "{\"operation\":\"emergency\"}");
        String id = "unknown_device/typo";
        assertThat(get("/station/api/state").body()).contains("\"id\":\"" + id + "\"", "\"acknowledgedBy\":null");
        assertThat(post("/station/api/acknowledge", "{\"id\":\"" + id + "\"}").body())
                .isEqualTo("{\"ok\":true}");
        assertThat(get("/station/api/state").body()).contains("\"acknowledgedBy\":\"screen 127.0.0.1\"");
        assertThat(post("/station/api/acknowledge", "{\"id\":\"nothing\"}").statusCode())
                .isEqualTo(404);
        assertThat(post("/station/api/acknowledge", "{}").statusCode()).isEqualTo(400);
    }

    private void beats(String... ids) throws Exception {
        for (String id : ids) {
            assertThat(post("/hb", BEAT.replace("G1-01", id)).statusCode()).isEqualTo(200);
        }
    }

    private int withPassword(String password) throws Exception {
        String credentials =
                Base64.getEncoder().encodeToString(("anybody:" + password).getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(uri("/station/"))
                        .header("Authorization", "Basic " + credentials)
                        .method("GET", BodyPublishers.noBody()))
                .statusCode();
    }

    private String asset(String ending) throws Exception {
        Matcher asset = Pattern.compile("\"(/station/assets/[^\"]+\\." + ending + ")\"")
                .matcher(get("/station/").body());
        assertThat(asset.find()).isTrue();
        return asset.group(1);
    }
}
