package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.server.bench.ServerProcess;
import solutions.itms.scs.server.db.PostgresAddress;
import solutions.itms.scs.server.ingest.BrokerTls;
import solutions.itms.scs.testkit.FreePort;

/** The examples of the guide, run as they stand there, with other names of hosts and files. */
class GuideTest {
    private static final Path GUIDE = Path.of("../../docs/guide/server.md");

    @TempDir
    Path directory;

    @Test
    void theServerRunsOnPostgresql() throws Exception {
        PostgresAddress postgres = TestPostgres.freshDatabase();
        Path password = Files.writeString(directory.resolve("database-password"), postgres.password() + "\n");
        List<String> words = example(
                "PostgreSQL",
                Map.of(
                        "jdbc:postgresql://db.example.org/scs", postgres.url(),
                        "/etc/scs/database-password", password.toString()));
        words.set(words.indexOf("--database-user") + 1, postgres.user());

        try (ServerProcess server = ServerProcess.start(directory, null, words.toArray(String[]::new))) {
            assertWell(server);
        }
        assertThat(directory.resolve("data/scs.db")).doesNotExist();
    }

    @Test
    void theServerUsesMosquittoOverTlsWithAPassword() throws Exception {
        Path certificates = certificates();
        int port = FreePort.next();
        Path password = Files.writeString(directory.resolve("broker-password"), "s3cret\n");
        Process broker = mosquitto(certificates, port, false);
        try {
            String[] words = example(
                            "Another MQTT broker",
                            Map.of(
                                    "ssl://mqtt.example.org:8883", "ssl://127.0.0.1:" + port,
                                    "/etc/scs/ca.pem",
                                            certificates.resolve("ca.pem").toString(),
                                    "/etc/scs/broker-password", password.toString()))
                    .toArray(String[]::new);
            try (ServerProcess server = ServerProcess.start(directory, null, words)) {
                assertWell(server);
            }
        } finally {
            broker.destroyForcibly().waitFor();
        }
    }

    @Test
    void aFileThatHoldsNoCertificateIsNamed() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");

        assertThatThrownBy(() -> BrokerTls.read(empty, null, null)).hasMessageContaining("empty.pem");
        assertThatThrownBy(() -> BrokerTls.read(null, empty, "x")).hasMessageContaining("empty.pem");
    }

    @Test
    void theServerShowsItsCertificateWhereTheBrokerAsksForOne() throws Exception {
        Path certificates = certificates();
        int port = FreePort.next();
        Process broker = mosquitto(certificates, port, true);
        Path password = Files.writeString(directory.resolve("keystore-password"), "changeit\n");
        String[] words = {
            "--broker-url", "ssl://127.0.0.1:" + port,
            "--broker-ca-file", certificates.resolve("ca.pem").toString(),
            "--broker-keystore-file", certificates.resolve("client.p12").toString(),
            "--broker-keystore-password-file", password.toString()
        };
        try (ServerProcess server = ServerProcess.start(directory, null, words)) {
            assertWell(server);
        } finally {
            broker.destroyForcibly().waitFor();
        }
    }

    @Test
    void prometheusReadsTheExportWithTheTokenOfTheExample() throws Exception {
        try (TestServer server = TestServer.start(directory);
                TestGateway gateway = server.gateway("samyan-13").connect("s")) {
            gateway.publish(
                    gateway.topic("gateway/metrics"),
                    PayloadCodec.encode(
                            new Sequence("e", 1).on(Payload.of(server.clock().instant(), Map.of("cpu", 12.5)))));
            List<String> words = commands("History and monitoring").get(0);
            String token = server.command(words.get(0), words.get(1)).strip();
            String path = text("metrics_path: (\\S+)");

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                server.clock().advance(Duration.ofSeconds(6));
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(server.api().address() + path))
                                        .header("Authorization", "Bearer " + token)
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("subject=\"gateway/metrics\",metric=\"cpu\"} 12.5");
            });
        }
    }

    private void assertWell(ServerProcess server) {
        TestApi api = new TestApi(server.url());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> api.get("/api/v1/ops/ready").statusCode() == 200);
        assertThat(api.login("admin", ServerProcess.PASSWORD).statusCode()).isEqualTo(200);
    }

    /** The options of the server in an example, but for its folder. */
    private static List<String> example(String section, Map<String, String> names) throws IOException {
        List<String> words = new ArrayList<>();
        for (List<String> command : commands(section)) {
            if (command.get(0).equals("--data")) {
                command.subList(2, command.size()).forEach(word -> words.add(names.getOrDefault(word, word)));
            }
        }
        assertThat(words).containsAll(names.values());
        return words;
    }

    /** What stands behind {@code ./scs server} in the section's examples. */
    private static List<List<String>> commands(String section) throws IOException {
        String text = Files.readString(GUIDE);
        int begin = text.indexOf("\n## " + section + "\n");
        int end = text.indexOf("\n## ", begin + 4);
        assertThat(begin).as("section " + section).isPositive();
        String joined = text.substring(begin, end).replace("\\\n", " ");
        return joined.lines()
                .filter(line -> line.startsWith("./scs server "))
                .map(line -> Arrays.stream(line.split("\\s+")).skip(2).collect(Collectors.toList()))
                .toList();
    }

    private static String text(String pattern) throws IOException {
        var matcher = java.util.regex.Pattern.compile(pattern).matcher(Files.readString(GUIDE));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** An authority, a certificate of the broker, and one of the server. */
    private Path certificates() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("certificates"));
        String authority =
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority"
                        + " -keyout ca.key -out ca.pem";
        run(folder, authority);
        Files.writeString(folder.resolve("broker.ext"), "subjectAltName=IP:127.0.0.1\n");
        for (String name : List.of("broker", "client")) {
            run(
                    folder,
                    "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=%1$s -keyout %1$s.key -out %1$s.csr"
                            .formatted(name));
            run(
                    folder,
                    "openssl x509 -req -in %1$s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile broker.ext -out %1$s.pem"
                            .formatted(name));
        }
        run(
                folder,
                "openssl pkcs12 -export -inkey client.key -in client.pem -certfile ca.pem -passout pass:changeit -out client.p12");
        return folder;
    }

    private Process mosquitto(Path certificates, int port, boolean asksForCertificate) throws Exception {
        Path users = directory.resolve("users");
        run(directory, "mosquitto_passwd -b -c " + users + " scs-server s3cret");
        // started by root it becomes another user, who has to read them
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(certificates.resolve("broker.key"), PosixFilePermissions.fromString("rw-r--r--"));
        Path configuration = Files.write(
                directory.resolve("mosquitto.conf"),
                List.of(
                        "listener " + port + " 127.0.0.1",
                        "cafile " + certificates.resolve("ca.pem"),
                        "certfile " + certificates.resolve("broker.pem"),
                        "keyfile " + certificates.resolve("broker.key"),
                        "require_certificate " + asksForCertificate,
                        "use_identity_as_username " + asksForCertificate,
                        asksForCertificate ? "allow_anonymous false" : "password_file " + users));
        Process broker = new ProcessBuilder("/usr/sbin/mosquitto", "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("broker.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(20)).until(() -> accepts(port));
        return broker;
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void run(Path folder, String command) throws Exception {
        Process process = new ProcessBuilder(command.split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).as(command).isZero();
    }
}
