package solutions.itms.scs.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.store.FileStores;

/** Against the SSH server that most gates have. */
class OpenSshTest {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    @TempDir
    Path directory;

    @Test
    @DisplayName(
            "N3 the station reaches a gate's stock OpenSSH server on the port that is configured, with a key of Ed25519")
    void aStockServerIsReachedWithAKeyFile() throws Exception {
        assumeTrue(Files.isExecutable(SSHD), "OpenSSH's server is not installed");
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                directory.resolve("host").toString());
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "open sesame",
                "-f",
                directory.resolve("ours").toString());
        Files.copy(directory.resolve("ours.pub"), directory.resolve("authorized"));
        int port = freePort();
        Process server = start(port);
        try {
            await().until(() -> answers(port));
            SshSettings settings = SshSettings.of(
                    new Options(Map.of(
                            "user",
                            System.getProperty("user.name"),
                            "key.file",
                            directory.resolve("ours").toString(),
                            "key.passphrase",
                            "open sesame",
                            "enabled",
                            false)),
                    stored -> stored);
            assertThat(settings.problems()).isEmpty();
            GateAddress gate = new GateAddress("G1-01", "127.0.0.1", port);
            try (GateProbes probes = GateProbes.start(
                    settings,
                    () -> List.of(gate),
                    new Silent(),
                    new FileStores(directory, Clock.systemUTC()),
                    Clock.systemUTC())) {
                ProbeResult result = probes.probeNow(gate, Duration.ofSeconds(30));
                assertThat(result.reason()).isNull();
                assertThat(result.isWell()).isTrue();
                assertThat(result.vitals().uptimeSeconds()).isPositive();
                assertThat(Math.abs(result.vitals().clockAheadMillis())).isLessThan(2_000);
                assertThat(probes.hostKeys().pinned("G1-01"))
                        .hasValueSatisfying(pin -> assertThat(pin.algorithm()).isEqualTo("ssh-ed25519"));
            }
        } finally {
            server.destroy();
            server.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private Process start(int port) throws IOException {
        Files.createDirectories(directory.resolve("empty"));
        Path config = Files.writeString(
                directory.resolve("sshd_config"),
                String.join(
                        "\n",
                        "Port " + port,
                        "ListenAddress 127.0.0.1",
                        "HostKey " + directory.resolve("host"),
                        "AuthorizedKeysFile " + directory.resolve("authorized"),
                        "PidFile none",
                        "StrictModes no",
                        "UsePAM no",
                        "PermitRootLogin prohibit-password",
                        "PasswordAuthentication no",
                        ""));
        if ("root".equals(System.getProperty("user.name"))) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        return new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sshd.log").toFile())
                .start();
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.getInputStream().read() == 'S';
        } catch (IOException e) {
            return false;
        }
    }

    private static final class Silent implements Telemetry {
        @Override
        public void send(String subject, Payload payload, Priority priority) {}

        @Override
        public AutoCloseable onConnected(Runnable callback) {
            return () -> {};
        }
    }
}
