package solutions.itms.scs.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.server.TestApi;

/** The console's files, with and without a console on the class path. */
class ConsoleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/login", "/dashboard", "/dashboard/gateways", "/dashboard/gateways/GW.1", "/index.html"})
    void thePagesOfTheConsoleAreItsIndex(String path) throws IOException {
        HttpResponse<String> answer = get("/web-sample", path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<title>console</title>");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @Test
    void anAssetIsKeptByTheBrowserForGood() throws IOException {
        HttpResponse<String> answer = get("/web-sample", "/assets/app-1a2b.js");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing.js",
                "/assets/",
                "/assets",
                "/../logback.xml",
                "/..%2flogback.xml",
                "/%2e%2e/logback.xml",
                "/assets/../../logback.xml",
                "//logback.xml",
                "/index.html/"
            })
    void nothingElseIsServed(String path) throws IOException {
        HttpResponse<String> answer = get("/web-sample", path);

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("<configuration>");
    }

    @Test
    void aServerWithoutAConsoleSaysSo() throws IOException {
        HttpResponse<String> answer = get("/no-such-folder", "/dashboard/gateways");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("The console is not part of this server");
    }

    private static HttpResponse<String> get(String folder, String path) throws IOException {
        try (HttpServer server = HttpServer.start("127.0.0.1", 0, List.of(), Map.of(), new Console(folder))) {
            return new TestApi("http://127.0.0.1:" + server.port()).get(path);
        }
    }
}
