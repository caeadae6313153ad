package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own, as an operator starts and stops it. */
class ProcessTest {
    private static final Pattern READY =
            Pattern.compile("ready console=(http://127\\.0\\.0\\.1:\\d+) mqtt=(tcp://127\\.0\\.0\\.1:\\d+)");
    private static final int SIGTERM_STATUS = 0;

    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void killAll() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aServerTellsThatItIsReadyInOneLineAndStopsCleanlyOnSigterm() throws Exception {
        Run server = run("run", "--data", data(), "--http-port", "0", "--mqtt-port", "0");
        Matcher ready = server.awaitReady();
        TestApi api = new TestApi(ready.group(1));
        Path passwordFile = directory.resolve("data/first-run-password");
        String password = Files.readString(passwordFile).strip();
        assertThat(Files.getPosixFilePermissions(passwordFile)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(server.err()).contains(passwordFile.toString()).doesNotContain(password);
        assertThat(api.login("admin", password).statusCode()).isEqualTo(200);
        try (TestGateway gateway =
                new TestGateway(ready.group(2), "GW-1", TestServer.addGateway(Path.of(data()), "GW-1"))) {
            gateway.connect("s1").birth("s1").state("e", 1, "G1", "online");
            await().until(() -> api.gateStatus("GW-1", "G1").equals("online"));
            try (TestStream stream = api.live()) {
                stream.next();

                server.process().destroy();

                assertThat(server.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(server.process().exitValue()).isIn(0, SIGTERM_STATUS);
        assertThat(server.out().lines()).hasSize(1);
        assertThat(server.err()).doesNotContain("ERROR", "Exception");
    }

    @Test
    void aServerThatIsKilledTakesEachMessageOnceWhateverIsSentAgain() throws Exception {
        Run first = run("run", "--data", data(), "--http-port", "0", "--mqtt-port", "0");
        Matcher ready = first.awaitReady();
        String gatewayPassword = TestServer.addGateway(Path.of(data()), "GW-1");
        String adminPassword =
                Files.readString(directory.resolve("data/first-run-password")).strip();
        int sent = 0;
        try (TestGateway gateway = new TestGateway(ready.group(2), "GW-1", gatewayPassword).connect("s1")) {
            while (sent < 200) {
                gateway.state("e", ++sent, "G" + sent % 7, "online");
            }
            first.process().destroyForcibly().waitFor();
        }

        Matcher again = run("run", "--data", data(), "--http-port", "0", "--mqtt-port", "0")
                .awaitReady();

        TestApi api = new TestApi(again.group(1));
        api.login("admin", adminPassword);
        try (TestGateway gateway = new TestGateway(again.group(2), "GW-1", gatewayPassword).connect("s2")) {
            for (int seq = 150; seq <= 300; seq++) {
                gateway.state("e", seq, "G" + seq % 7, "online");
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> api.gateway("GW-1").get("received").asInt() >= 300);
            assertThat(api.gateway("GW-1").get("received").asInt()).isEqualTo(300);
            assertThat(api.gateway("GW-1").get("gaps").asInt()).isZero();
        }
    }

    @Test
    void aPortThatIsInUseIsToldInOneLineWithItsOption() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(busy.getLocalPort());
            Run http = run("run", "--data", data(), "--http-port", port, "--mqtt-port", "0");
            Run mqtt = run("run", "--data", data(), "--http-port", "0", "--mqtt-port", port);

            assertThat(http.exitStatus()).isEqualTo(2);
            assertThat(http.err().lines()).singleElement().asString().contains(port, "--http-port");
            assertThat(mqtt.exitStatus()).isEqualTo(2);
            assertThat(mqtt.err().lines()).singleElement().asString().contains(port, "--mqtt-port");
        }
    }

    @Test
    void aSecondServerOnTheSameDataIsRefused() throws Exception {
        run("run", "--data", data(), "--http-port", "0", "--mqtt-port", "0").awaitReady();

        Run second = run("run", "--data", data(), "--http-port", "0", "--mqtt-port", "0");

        assertThat(second.exitStatus()).isEqualTo(2);
        assertThat(second.err().lines()).singleElement().asString().contains("another server runs on", "--data");
    }

    @Test
    void aDamagedDatabaseIsNeverReplacedUnasked() throws Exception {
        TestServer.addGateway(Path.of(data()), "GW-1");
        Path database = directory.resolve("data/scs.db");
        Files.writeString(database, "this is no database any more, whatever it was before".repeat(100));

        Run refused = run("run", "--data", data(), "--http-port", "0", "--mqtt-port", "0");
        assertThat(refused.exitStatus()).isEqualTo(3);
        assertThat(refused.err().lines())
                .singleElement()
                .asString()
                .contains(database.toRealPath().toString(), "--reset-corrupt-db");

        Run reset = run("run", "--data", data(), "--http-port", "0", "--mqtt-port", "0", "--reset-corrupt-db");
        TestApi api = new TestApi(reset.awaitReady().group(1));
        assertThat(api.get("/api/v1/ops/ready").body()).contains("\"ready\"", "The database was damaged");
        try (var files = Files.list(directory.resolve("data"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("scs.db.corrupt-"));
        }
        assertThat(reset.err()).contains("THE DATABASE WAS DAMAGED");
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private Run run(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(words));
        Path out = directory.resolve("out-" + processes.size());
        Path err = directory.resolve("err-" + processes.size());
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        processes.add(process);
        return new Run(process, out, err);
    }

    private record Run(Process process, Path outFile, Path errFile) {
        String out() throws IOException {
            return Files.readString(outFile, StandardCharsets.UTF_8);
        }

        String err() throws IOException {
            return Files.readString(errFile, StandardCharsets.UTF_8);
        }

        Matcher awaitReady() throws IOException {
            await().atMost(Duration.ofSeconds(40)).until(() -> !process.isAlive() || out().contains("\n"));
            Matcher ready = READY.matcher(out().strip());
            assertThat(ready.matches()).as(out() + err()).isTrue();
            return ready;
        }

        int exitStatus() throws InterruptedException {
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }
    }
}
