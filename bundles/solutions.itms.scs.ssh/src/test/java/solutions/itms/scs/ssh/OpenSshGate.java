package solutions.itms.scs.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.testkit.FreePort;

/** A gate with the SSH server that most gates have, as its package ships it. */
final class OpenSshGate implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final Path directory;
    private final int port;
    private final Process server;

    private OpenSshGate(Path directory, int port, Process server) {
        this.directory = directory;
        this.port = port;
        this.server = server;
    }

    /** @param passphrase of the key that may log in; empty = none */
    static OpenSshGate start(Path directory, String passphrase, String... settings) throws Exception {
        return start(directory, "ed25519", passphrase, settings);
    }

    /** @param keys type of the keys at both ends, as ssh-keygen calls it */
    static OpenSshGate withKeys(Path directory, String keys) throws Exception {
        return start(directory, keys, "", new String[0]);
    }

    private static OpenSshGate start(Path directory, String keys, String passphrase, String[] settings)
            throws Exception {
        assumeTrue(Files.isExecutable(SSHD), "OpenSSH's server is not installed");
        Files.createDirectories(directory);
        key(directory.resolve("host"), keys, "");
        key(directory.resolve("ours"), keys, passphrase);
        Files.copy(directory.resolve("ours.pub"), directory.resolve("authorized"));
        if ("root".equals(System.getProperty("user.name"))) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        int port = FreePort.next();
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
                                "MaxStartups 200",
                                "PermitRootLogin prohibit-password",
                                "PasswordAuthentication no",
                                // what the tester's own shell does at its start is not the gate's
                                "SetEnv HOME=" + Files.createDirectories(directory.resolve("home")),
                                settings.length > 0 ? "" : "Subsystem sftp internal-sftp")
                        + "\n"
                        + String.join("\n", settings)
                        + "\n");
        Process server = new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sshd.log").toFile())
                .start();
        await().until(() -> answers(port));
        return new OpenSshGate(directory, port, server);
    }

    GateAddress address(String id) {
        return new GateAddress(id, "127.0.0.1", port);
    }

    int port() {
        return port;
    }

    /** The file of the key that may log in. */
    Path keyFile() {
        return directory.resolve("ours");
    }

    KeyProvider key() throws IOException {
        try (SSHClient reader = new SSHClient(Algorithms.modern())) {
            return reader.loadKeys(keyFile().toString());
        }
    }

    static String user() {
        return System.getProperty("user.name");
    }

    GateLogin login() throws IOException {
        return GateLogin.withKeys(user(), List.of(key()));
    }

    @Override
    public void close() throws InterruptedException {
        server.destroy();
        server.waitFor(10, TimeUnit.SECONDS);
    }

    private static void key(Path file, String type, String passphrase) throws Exception {
        Process process = new ProcessBuilder("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", file.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.getInputStream().read() == 'S';
        } catch (IOException e) {
            return false;
        }
    }
}
