package solutions.itms.scs.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.command.RequestSignature;
import solutions.itms.scs.message.command.SignedRequests;
import solutions.itms.scs.message.command.SigningKey;

/** The files of a command are seen, played, paged and deleted in a browser. */
class ConsoleFilesIT {
    private static final Path IMAGES = Path.of("../../docs/images");
    private static final String PASSWORD = "correct horse battery";

    /** Two seconds of a moving square, as a browser records it. */
    private static final String RECORD = """
            const canvas = document.createElement('canvas');
            canvas.width = 640; canvas.height = 360;
            const pen = canvas.getContext('2d');
            let frame = 0;
            const draw = () => {
              pen.fillStyle = '#1d3b53'; pen.fillRect(0, 0, 640, 360);
              pen.fillStyle = '#f2b84b'; pen.fillRect(20 + frame * 8, 140, 80, 80);
              pen.fillStyle = '#fff'; pen.font = '28px sans-serif'; pen.fillText('Gate G1-01  ' + frame, 20, 40);
              frame += 1;
            };
            draw();
            const timer = setInterval(draw, 40);
            const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' });
            const parts = [];
            recorder.ondataavailable = (event) => parts.push(event.data);
            return new Promise((done) => {
              recorder.onstop = () => {
                clearInterval(timer);
                const reader = new FileReader();
                reader.onload = () => done(reader.result.split(',')[1] + ' ' + canvas.toDataURL('image/png').split(',')[1]);
                reader.readAsDataURL(new Blob(parts));
              };
              recorder.start();
              setTimeout(() => recorder.stop(), 2000);
            });
            """;

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final int httpPort = Scs.freePort();

    @TempDir
    Path directory;

    ConsoleFilesIT() throws IOException {}

    @Test
    void theFilesOfACommandAreSeenPlayedPagedAndDeleted() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        Path data = directory.resolve("data");
        try (Scs scs = new Scs(
                        "run",
                        "--no-site",
                        "--data",
                        data.toString(),
                        "--station-port",
                        Integer.toString(Scs.freePort()),
                        "--http-port",
                        Integer.toString(httpPort),
                        "--mqtt-port",
                        Integer.toString(Scs.freePort()),
                        "--admin-password-file",
                        password.toString());
                Browser browser = new Browser()) {
            scs.ready();
            browser.open(address() + "/login", 1280, 900);
            String[] recorded = String.valueOf(browser.run(RECORD)).split(" ");
            String command = command();
            SignedRequests gateway = gateway(data);
            upload(gateway, command, "gate-g1-01.webm", "video/webm", "clip", decode(recorded[0]));
            upload(gateway, command, "gate-g1-01.png", "image/png", "snapshot", decode(recorded[1]));
            upload(gateway, command, "station.log", "text/plain", "log", log());

            logIn(browser, "/dashboard/commands/" + command);
            browser.find("artifacts");
            assertThat(browser.text("artifacts")).contains("station.log", "SHA-256", "text/plain");
            picture(browser, "files");
            open(browser, "station.log");
            assertThat(browser.text("log-text")).contains("line 0 ").doesNotContain("line 4999 ");
            assertThat(browser.text("log-place")).contains("of ");
            picture(browser, "log");
            browser.run("[...document.querySelectorAll('button')].find((one) => one.textContent === 'Last').click()");
            browser.waitForText("log-text", "line 4999 ");
            browser.keys("\uE00C");
            browser.waitUntilGone("log-text");

            open(browser, "gate-g1-01.webm");
            browser.find("player");
            awaitTrue(browser, "document.querySelector('video').readyState >= 2");
            browser.run("document.querySelector('video').currentTime = 1");
            awaitTrue(
                    browser,
                    "!document.querySelector('video').seeking"
                            + " && Math.abs(document.querySelector('video').currentTime - 1) < 0.1");
            picture(browser, "player");
            browser.keys("\uE00C");
            browser.waitUntilGone("player");
            open(browser, "gate-g1-01.png");
            awaitTrue(browser, "document.querySelector('img[data-testid=picture]').naturalWidth === 640");
            browser.keys("\uE00C");
            browser.waitUntilGone("picture");

            browser.open(address() + "/dashboard/storage", 1280, 900);
            browser.find("usage");
            assertThat(browser.text("usage")).contains("demo");
            assertThat(browser.text("retention")).contains("30 days");
            awaitTrue(browser, "document.querySelectorAll('[data-testid=object][data-state=READY]').length === 3");
            picture(browser, "storage");
            browser.press("delete");
            browser.press("delete");
            browser.waitFor("[data-testid=object][data-state=DELETED]");
            assertThat(browser.text("objects")).contains("station.log");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void open(Browser browser, String name) {
        browser.run(
                "[...document.querySelectorAll('[data-testid=artifact]')].find((one) => one.textContent.includes(arguments[0]))"
                        + ".querySelector('[data-testid=open]').click()",
                name);
        browser.waitFor(".mantine-Modal-content");
    }

    private static void awaitTrue(Browser browser, String condition) {
        await().atMost(Scs.PATIENCE).ignoreExceptions().until(() -> browser.is(condition));
    }

    private void logIn(Browser browser, String path) {
        browser.open(address() + path, 1280, 900);
        browser.waitFor("input[name=username]");
        browser.keys("admin", "\t", PASSWORD, "\n");
        browser.waitFor("[data-testid=user-menu]");
    }

    private static byte[] log() {
        return IntStream.range(0, 5_000)
                .mapToObj(
                        line -> "2026-03-01 08:00:" + line % 60 + " INFO heartbeat of gate G1-01, line " + line + " \n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private String command() throws Exception {
        post("/api/v1/auth/login", "{\"username\":\"admin\",\"password\":\"" + PASSWORD + "\"}");
        String made = post("/api/v1/commands", "{\"gatewayId\":\"demo\",\"type\":\"get_ip_config\",\"params\":{}}");
        String id = made.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
        await().atMost(Scs.PATIENCE).until(() -> get("/api/v1/commands/" + id).contains("\"final\":true"));
        return id;
    }

    private String post(String path, String json) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(address() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return answer.body();
    }

    private String get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address() + path)).build(), BodyHandlers.ofString())
                .body();
    }

    private SignedRequests gateway(Path data) throws Exception {
        String key = Files.readAllLines(data.resolve("gateway/gateway.properties")).stream()
                .filter(line -> line.contains("Executor/gateway.key="))
                .map(line -> line.substring(line.indexOf('=') + 1).strip())
                .findFirst()
                .orElseThrow();
        return new SignedRequests(URI.create(address()), SigningKey.parse(key), Clock.systemUTC());
    }

    private void upload(SignedRequests gateway, String command, String name, String type, String kind, byte[] content)
            throws Exception {
        String id = UUID.randomUUID().toString().replace("-", "");
        String collection = "commands/" + command + "/artifacts";
        String json = """
                {"id":"%s","name":"%s","mediaType":"%s","kind":"%s","device":"G1-01","size":%d,"sha256":"%s"}""".formatted(id, name, type, kind, content.length, RequestSignature.sha256(content));
        send(gateway, "POST", collection, "", json.getBytes(StandardCharsets.UTF_8));
        send(gateway, "PUT", collection + "/" + id, "offset=0", content);
        send(gateway, "POST", collection + "/" + id + "/complete", "", "{}".getBytes(StandardCharsets.UTF_8));
    }

    private void send(SignedRequests gateway, String method, String resource, String query, byte[] body)
            throws Exception {
        HttpResponse<String> answer = http.send(
                gateway.request(method, resource, query, RequestSignature.sha256(body))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    }

    private static void picture(Browser browser, String name) throws IOException {
        // a window that is opening fades in
        awaitTrue(browser, "document.getAnimations().every((one) => one.playState !== 'running')");
        browser.screenshot((Boolean.getBoolean("scs.docs.write") ? IMAGES : Path.of("target", "console"))
                .resolve("console-" + name + ".png"));
    }

    private String address() {
        return "http://127.0.0.1:" + httpPort;
    }
}
