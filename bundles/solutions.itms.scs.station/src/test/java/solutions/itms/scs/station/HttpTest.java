package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest extends StationFixture {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hb",
                "/time",
                "/sync-time",
                "/operation/G1",
                "/aisle-mode/G1",
                "/inservice-last/G1",
                "/inservice-last"
            })
    @DisplayName("F47: HEAD is answered as GET, without the body")
    void headIsAnsweredAsGet(String path) throws Exception {
        HttpResponse<String> head = send(HttpRequest.newBuilder(uri(path)).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length"))
                .hasValue(get(path).body().getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    @DisplayName("F47: a client that waits for 100 Continue gets it")
    void aClientThatWaitsForContinueGetsIt() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", station.port())) {
            socket.setSoTimeout(10_000);
            send(
                    socket,
                    "POST /hb HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: "
                            + BEAT.length() + "\r\n\r\n");
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(25), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            send(socket, BEAT);
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("{\"ok\":true}");
        }
    }

    @Test
    @DisplayName("F47: requests sent without waiting are answered in their order")
    void requestsSentWithoutWaitingAreAnsweredInTheirOrder() throws Exception {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            String body = "{\"aisleMode\":" + i % 4 + "}";
            requests.append("POST /aisle-mode/G1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n")
                    .append("Content-Length: ")
                    .append(body.length())
                    .append("\r\n\r\n")
                    .append(body)
                    .append("GET /aisle-mode/G1 HTTP/1.1\r\nHost: localhost\r\n")
                    .append(i == 49 ? "Connection: close\r\n\r\n" : "\r\n");
        }
        String answers = raw(requests.toString());
        List<String> modes = answers.lines()
                .flatMap(line -> java.util.regex.Pattern.compile("\"aisleMode\":(\\d)")
                        .matcher(line)
                        .results())
                .map(match -> match.group(1))
                .toList();
        assertThat(modes)
                .isEqualTo(IntStream.range(0, 50)
                        .mapToObj(i -> String.valueOf(i % 4))
                        .toList());
    }

    @Test
    @DisplayName("F47: HTTP/1.0 with and without keep-alive")
    void http10() throws Exception {
        String body = "{\"operation\":\"emergency\"}";
        String answer = raw("POST /operation/G1 HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
        assertThat(answer).contains(" 200 ", "{\"ok\":true}");
        try (Socket socket = new Socket("127.0.0.1", station.port())) {
            socket.setSoTimeout(10_000);
            for (int i = 0; i < 2; i++) {
                send(socket, "GET /operation/G1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
                assertThat(answer(socket)).contains("keep-alive", "emergency");
            }
        }
    }

    @Test
    void headersAndBodiesHaveLimits() throws Exception {
        assertThat(raw("GET /hb HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(9_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("{\"ok\":false,\"error\":\"request header fields too large\"}");
        assertThat(raw("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 414")
                .contains("\"ok\":false");
        assertThat(post("/operation/G1", "{\"operation\":\"emergency\",\"x\":\"" + "x".repeat(5_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
        assertThat(raw("POST /hb HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunk.repeat(5) + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(raw("POST /hb HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 99999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        String deep = BEAT.replace("}", ",\"x\":" + "[".repeat(15) + "]".repeat(15) + "}");
        assertThat(post("/hb", deep).statusCode()).isEqualTo(200);
        assertThat(post("/hb", deep.replace("[[", "[[[").replace("]]", "]]]")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aBulkOfAThousandHeartbeatsIsTakenInOne() throws Exception {
        String many = IntStream.range(0, 1_000)
                .mapToObj(i -> BEAT.replace("G1-01", "G" + i))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(post("/hb/bulk", many).body()).isEqualTo("{\"ok\":true,\"count\":1000}");
        assertThat(station.gates().all()).hasSize(1_000);
    }

    @Test
    void slowClientsAreCutOffAndPatientOnesAreNot() throws Exception {
        try (Socket header = connect("GET /hb HT");
                Socket body = connect("POST /hb HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{");
                Socket tooLarge =
                        connect("POST /hb HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n" + "x".repeat(1_000));
                Socket idle = connect("");
                Socket kept = connect("GET /time HTTP/1.1\r\nHost: a\r\n\r\n")) {
            answer(kept);
            // seen by a sweep before time goes on
            await().until(() -> station.connections().busy() >= 2);
            pass(Duration.ofSeconds(21));
            assertEnds(header);
            assertEnds(body);
            assertThat(answer(tooLarge)).startsWith("HTTP/1.1 413");
            send(kept, "GET /time HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(answer(kept)).startsWith("HTTP/1.1 200");
            send(idle, "GET /time HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(answer(idle)).startsWith("HTTP/1.1 200");
        }
        assertThat(sent.alarms()).contains("slow_client 127.0.0.1 raised");
    }

    @Test
    void fiveHundredSlowClientsDoNotKeepGatesFromBeingHeard() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                slow.add(connect("POST /hb HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(post("/hb", BEAT).statusCode()).isEqualTo(200);
            }
            await().until(() -> station.connections().busy() >= 500);
            pass(Duration.ofSeconds(21));
            for (Socket socket : slow) {
                assertEnds(socket);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    @DisplayName("S3: with a key store the interface speaks TLS, and asks for a client certificate when it is to")
    void withAKeyStoreTheInterfaceSpeaksTls() throws Exception {
        Path server = keyStore("server");
        Path client = keyStore("client");
        trust(server, client);
        trust(client, server);
        Map<String, Object> tls = Map.of("tls.keystore", server.toString(), "tls.keystore.password", "changeit");
        restart(tls);
        assertThat(overTls(client, false)).isEqualTo(200);
        assertThat(raw("GET /time HTTP/1.1\r\nHost: a\r\n\r\n")).doesNotContain("200");
        Map<String, Object> mutual = new java.util.HashMap<>(tls);
        mutual.put("tls.client.auth", "need");
        restart(mutual);
        assertThat(overTls(client, true)).isEqualTo(200);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> overTls(client, false))
                .isInstanceOf(IOException.class);
        assertThat(settings(mutual).toString()).doesNotContain("changeit");
    }

    private int overTls(Path store, boolean withKey) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(keys);
        KeyManagerFactory own = KeyManagerFactory.getInstance("SunX509");
        own.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(withKey ? own.getKeyManagers() : null, trust.getTrustManagers(), null);
        HttpClient client = HttpClient.newBuilder().sslContext(context).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + station.port() + "/time"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    private Path keyStore(String name) throws Exception {
        Path file = directory.resolve(name + ".p12");
        keytool(
                file,
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "30");
        return file;
    }

    private void trust(Path store, Path other) throws Exception {
        Path certificate = directory.resolve(other.getFileName() + ".crt");
        String alias = String.valueOf(other.getFileName()).replace(".p12", "");
        keytool(other, "-exportcert", "-alias", alias, "-file", certificate.toString());
        keytool(store, "-importcert", "-noprompt", "-alias", alias, "-file", certificate.toString());
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", "changeit"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(Files.exists(store)).isTrue();
    }

    private Socket connect(String begin) throws IOException {
        Socket socket = new Socket("127.0.0.1", station.port());
        socket.setSoTimeout(10_000);
        send(socket, begin);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** One answer, up to the end of its object. */
    private static String answer(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            text.append((char) c);
            if (c == '}') {
                break;
            }
        }
        return text.toString();
    }

    private static void assertEnds(Socket socket) throws IOException {
        int next;
        try {
            next = socket.getInputStream().read();
        } catch (java.net.SocketException e) {
            next = -1; // reset by the peer
        }
        assertThat(next).isEqualTo(-1);
    }
}
