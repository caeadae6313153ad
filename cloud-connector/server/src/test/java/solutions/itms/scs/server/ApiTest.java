package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in, and the errors of the API. */
class ApiTest {
    @TempDir
    static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void loginSetsACookieThatScriptsCannotReadAndTellsWhoItIs() {
        TestApi api = server.api();

        HttpResponse<String> answer = api.login("admin", TestServer.PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"username\":\"admin\",\"role\":\"admin\",\"permissions\":[");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("scs_session=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Secure");
        assertThat(api.get("/api/v1/auth/session").body()).isEqualTo(answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "nobody"})
    void aWrongPasswordAndAnUnknownNameAreToldAlike(String name) {
        HttpResponse<String> answer = server.api().login(name, "wrong");

        assertProblem(answer, 401, "invalid_credentials");
        assertThat(TestApi.json(answer).get("detail").asText()).isEqualTo("The name or the password is wrong.");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void afterTooManyFailuresEvenTheRightPasswordHasToWait() throws Exception {
        try (TestServer limited = TestServer.start(directory.resolve("limited"))) {
            TestApi api = limited.api();
            HttpResponse<String> answer = api.login("admin", "wrong");
            for (int i = 0; i < 20 && answer.statusCode() == 401; i++) {
                answer = api.login("admin", "wrong");
            }

            assertProblem(answer, 429, "rate_limited");
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 300L);
            assertThat(api.login("admin", TestServer.PASSWORD).statusCode()).isEqualTo(429);
            limited.clock().advance(Duration.ofMinutes(5));
            assertThat(api.login("admin", TestServer.PASSWORD).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void loginsThatWorkAreNotLimited() {
        for (int i = 0; i < 25; i++) {
            assertThat(server.api().login("admin", TestServer.PASSWORD).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void afterLoggingOutTheCookieIsWorthless() {
        TestApi api = server.admin();

        HttpResponse<String> answer = api.post("/api/v1/auth/logout", "");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("scs_session=;", "Expires=Thu, 01 Jan 1970");
        assertProblem(api.get("/api/v1/auth/session"), 401, "unauthenticated");
    }

    @Test
    void aCookieIsReadAsItIsWhateverCameBeforeOnTheConnection() throws Exception {
        TestApi api = server.admin();
        while (!Character.isLetter(firstOfToken(api))) {
            api = server.admin();
        }
        char first = firstOfToken(api);
        char otherCase = Character.isUpperCase(first) ? Character.toLowerCase(first) : Character.toUpperCase(first);
        URI address = URI.create(api.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(5_000);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));

            ask(socket, "scs_session=" + otherCase, false);
            assertThat(in.readLine()).isEqualTo("HTTP/1.1 401 Unauthorized");
            ask(socket, api.cookie(), true);

            assertThat(in.lines()).anyMatch(line -> line.endsWith("HTTP/1.1 200 OK"));
        }
    }

    private static char firstOfToken(TestApi api) {
        return api.cookie().charAt("scs_session=".length());
    }

    private static void ask(Socket socket, String cookie, boolean last) throws IOException {
        String request = "GET /api/v1/auth/session HTTP/1.1\r\nHost: x\r\nCookie: " + cookie + "\r\n"
                + (last ? "Connection: close\r\n" : "") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aSessionEndsAfterItsIdleTime() {
        TestApi api = server.admin();

        server.clock().advance(TestServer.IDLE);

        assertProblem(api.get("/api/v1/gateways"), 401, "unauthenticated");
    }

    @Test
    void aSessionThatIsUsedEndsAfterItsWholeTime() {
        TestApi api = server.admin();
        Duration step = TestServer.IDLE.minusHours(1);
        for (Duration used = step; used.compareTo(TestServer.WHOLE) < 0; used = used.plus(step)) {
            server.clock().advance(step);
            assertThat(api.get("/api/v1/auth/session").statusCode()).isEqualTo(200);
        }

        server.clock().advance(step);

        assertProblem(api.get("/api/v1/auth/session"), 401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/auth/session",
                "/api/v1/gateways",
                "/api/v1/gates",
                "/api/v1/live",
                "/api/v1/nothing",
                "/api/"
            })
    void nothingIsToldToWhoIsNotLoggedIn(String path) {
        assertProblem(server.api().get(path), 401, "unauthenticated");
        HttpResponse<String> forged =
                server.api().send(server.api().request(path).header("Cookie", "scs_session=x"));
        assertProblem(forged, 401, "unauthenticated");
    }

    @Test
    void healthIsToldToAnybody() {
        assertThat(server.api().get("/api/v1/ops/live").body()).isEqualTo("{\"status\":\"up\"}");
        assertThat(server.api().get("/api/v1/ops/ready").body())
                .isEqualTo("{\"status\":\"ready\",\"checks\":{\"database\":\"ok\",\"broker\":\"ok\",\"ingest\":\"ok\"},"
                        + "\"notices\":[]}");
    }

    @Test
    void anAddressThatDoesNotExistIsAProblemAndNoPage() {
        assertProblem(server.admin().get("/api/v1/nothing"), 404, "not_found");
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() {
        HttpResponse<String> answer = server.admin().get("/api/v1/auth/login");

        assertProblem(answer, 405, "method_not_allowed");
        assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("POST");
        assertProblem(server.admin().post("/api/v1/live", ""), 405, "method_not_allowed");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        HttpResponse<String> answer =
                server.api().post("/api/v1/auth/login", "{\"username\":\"" + "x".repeat(1_100_000) + "\"}");

        assertProblem(answer, 413, "body_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/auth/login", "/api/v1/auth/logout"})
    void aBodyThatIsNotCalledJsonIsRefused(String path) {
        TestApi api = server.api();

        HttpResponse<String> answer = api.send(api.request(path)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"username\":\"admin\",\"password\":\"x\"}")));

        assertProblem(answer, 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{}", "\"x\"", "{\"username\":{},\"password\":1}"})
    void aBodyThatIsNotTheJsonAskedForIsABadRequest(String body) {
        assertProblem(server.api().post("/api/v1/auth/login", body), 400, "bad_request");
    }

    @Test
    void headersThatAreTooLargeAreAProblemAndNoPage() {
        HttpResponse<String> answer =
                server.api().send(server.api().request("/api/v1/gateways").header("X-Large", "x".repeat(20_000)));

        assertProblem(answer, 431, "headers_too_large");
    }

    @Test
    void aPostFromAnotherSitesPageIsRefused() {
        TestApi api = server.admin();
        HttpResponse<String> foreign = api.send(api.request("/api/v1/auth/logout")
                .header("Origin", "https://elsewhere.example")
                .POST(BodyPublishers.noBody()));
        HttpResponse<String> own = api.send(api.request("/api/v1/auth/logout")
                .header("Origin", api.address())
                .POST(BodyPublishers.noBody()));

        assertProblem(foreign, 403, "cross_origin");
        assertThat(own.statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/ops/live", "/api/v1/gateways", "/api/v1/live"})
    void everyAnswerHasTheSecurityHeaders(String path) {
        var headers = server.api().get(path).headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'", "frame-ancestors 'none'", "connect-src 'self'");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
        assertThat(headers.firstValue("Server")).isEmpty();
    }

    @Test
    void problemsNameTheRequest() {
        HttpResponse<String> answer = server.api().get("/api/v1/gateways");

        assertThat(TestApi.json(answer).get("requestId").asText())
                .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow())
                .hasSize(16);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).isEqualTo("application/problem+json");
        JsonNode problem = TestApi.json(answer);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("code").asText()).isEqualTo(code);
        assertThat(problem.get("title").asText()).isNotBlank();
        assertThat(problem.get("detail").asText()).isNotBlank();
        assertThat(problem.get("type").asText()).isEqualTo("about:blank");
        assertThat(answer.body()).doesNotContain("Exception", "<html");
    }
}
