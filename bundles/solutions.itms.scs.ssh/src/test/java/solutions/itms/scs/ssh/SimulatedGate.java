package solutions.itms.scs.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import solutions.itms.scs.api.gate.GateAddress;

/** A gate with a real SSH server, which takes passwords, too, and notes what is tried. */
final class SimulatedGate implements AutoCloseable {
    private static final String OUTPUT = """
            86400.25 170000.10
            0.42 0.36 0.30 2/345 6789
            %d
            Filesystem     1024-blocks    Used Available Capacity Mounted on
            /dev/mmcblk0p2     7345678 3456789   3888889      48%% /
            """;

    private final SshServer server = SshServer.setUpDefaultServer();
    private final List<String> passwords = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();

    /** @param accepted public keys that may log in */
    SimulatedGate(KeyPair hostKey, Collection<PublicKey> accepted, String output, int status) throws IOException {
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPasswordAuthenticator((user, password, session) -> {
            passwords.add(password);
            return true;
        });
        Set<PublicKey> known = Set.copyOf(accepted);
        server.setPublickeyAuthenticator((user, key, session) -> {
            boolean may = known.contains(key);
            if (may) {
                logins.add(HostKeys.fingerprint(key));
            }
            return may;
        });
        server.setCommandFactory((channel, line) -> new Answer(output, status));
        server.start();
    }

    static SimulatedGate with(KeyPair hostKey, PublicKey... accepted) throws IOException {
        return new SimulatedGate(
                hostKey, List.of(accepted), OUTPUT.formatted(System.currentTimeMillis() / 1_000 + 90), 0);
    }

    GateAddress address(String id) {
        return new GateAddress(id, "127.0.0.1", server.getPort());
    }

    /** The passwords that were tried. */
    List<String> passwords() {
        return passwords;
    }

    /** Fingerprints of the keys that were let in. */
    List<String> logins() {
        return logins;
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private static final class Answer implements Command {
        private final String output;
        private final int status;
        private OutputStream out = OutputStream.nullOutputStream();
        private ExitCallback exit = (code, text, immediately) -> {};

        Answer(String output, int status) {
            this.output = output;
            this.status = status;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            Thread thread = new Thread(() -> {
                try {
                    out.write(output.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                } catch (IOException e) {
                    // the other end has seen enough
                }
                exit.onExit(status);
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void destroy(ChannelSession channel) {}

        @Override
        public void setInputStream(java.io.InputStream in) {}

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream err) {}

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }
    }
}
