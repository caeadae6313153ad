package solutions.itms.scs.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators command a gate from the console: server, broker, gateway and station as they are shipped, in a browser. */
class ConsoleCommandsIT {
    private static final Path IMAGES = Path.of("../../docs/images");
    private static final String PASSWORD = "correct horse battery";

    private final HttpClient http = HttpClient.newHttpClient();
    private final int stationPort = Scs.freePort();
    private final int httpPort = Scs.freePort();

    @TempDir
    Path directory;

    ConsoleCommandsIT() throws IOException {}

    @Test
    void aCommandIsAskedForByOneApprovedByAnotherAndCarriedOutAtTheStation() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        String data = directory.resolve("data").toString();
        try (Scs scs = new Scs(
                        "run",
                        "--no-site",
                        "--data",
                        data,
                        "--station-port",
                        Integer.toString(stationPort),
                        "--http-port",
                        Integer.toString(httpPort),
                        "--mqtt-port",
                        Integer.toString(Scs.freePort()),
                        "--admin-password-file",
                        password.toString());
                Browser browser = new Browser()) {
            scs.ready();
            addPerson("olga", "operator", data, password);
            addPerson("anan", "approver", data, password);
            beat();

            logIn(browser, "olga", "/dashboard/gateways/demo/gates/G1-01");
            ask(browser, "out_of_service");
            browser.press("send");
            awaitState(browser, "PENDING_APPROVAL");
            String command = String.valueOf(browser.run("return location.pathname"));
            assertThat(browser.has("approve")).as("who asks can't approve").isFalse();
            assertThat(station("/operation/G1-01")).doesNotContain("out_of_service");
            logOut(browser);

            logIn(browser, "anan", "/dashboard/approvals");
            browser.waitForText("waiting", "1");
            picture(browser, "approvals");
            browser.open("http://127.0.0.1:" + httpPort + command, 1280, 900);
            browser.press("approve");
            awaitState(browser, "SUCCESS");
            picture(browser, "command");
            assertThat(station("/operation/G1-01")).contains("out_of_service");
            assertThat(browser.text("history")).contains("olga", "anan", "gateway:demo");
            logOut(browser);

            logIn(browser, "olga", "/dashboard/gateways/demo/gates/G1-01");
            ask(browser, "emergency");
            browser.type("reason", "smoke on the platform");
            browser.type("reauth", PASSWORD);
            picture(browser, "emergency");
            browser.press("send");
            awaitState(browser, "SUCCESS");
            assertThat(station("/operation/G1-01")).contains("emergency");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void addPerson(String name, String role, String data, Path password) throws Exception {
        try (Scs add = new Scs(
                "server",
                "add-user",
                name,
                "--role",
                role,
                "--data",
                data + "/server",
                "--password-file",
                password.toString())) {
            assertThat(add.exit()).as("%s", add.said()).isZero();
        }
    }

    private void logIn(Browser browser, String name, String path) {
        browser.open("http://127.0.0.1:" + httpPort + path, 1280, 900);
        browser.waitFor("input[name=username]");
        browser.keys(name, "\t", PASSWORD, "\n");
        browser.waitFor("[data-testid=user-menu]");
    }

    private static void logOut(Browser browser) {
        browser.press("user-menu");
        browser.press("logout");
        browser.waitFor("input[name=username]");
    }

    private static void ask(Browser browser, String operation) {
        browser.press("send-command");
        browser.press("send-set_operation");
        browser.press("param-operation");
        browser.waitFor("[data-combobox-option][value=" + operation + "]").click();
    }

    private static void awaitState(Browser browser, String state) {
        browser.waitFor("[data-testid=state][data-state=" + state + "]");
    }

    private static void picture(Browser browser, String name) throws IOException {
        browser.screenshot((Boolean.getBoolean("scs.docs.write") ? IMAGES : Path.of("target", "console"))
                .resolve("console-" + name + ".png"));
    }

    private void beat() {
        String body =
                "{\"id\":\"G1-01\",\"ip\":\"192.168.1.101\",\"status\":\"online\",\"ts\":\"2026-01-01T00:00:00Z\"}";
        await().atMost(Scs.PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(http.send(
                                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stationPort + "/hb"))
                                                .header("Content-Type", "application/json")
                                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200));
    }

    private String station(String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stationPort + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
