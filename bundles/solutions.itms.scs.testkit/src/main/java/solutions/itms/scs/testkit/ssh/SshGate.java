package solutions.itms.scs.testkit.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * A gate with a real SSH server on a port of this machine. It takes passwords, too, and notes what is tried; in which way it
 * misbehaves can be changed while it runs. Thread-safe.
 */
public final class SshGate implements AutoCloseable {
    private final SshServer server = SshServer.setUpDefaultServer();
    private final List<String> passwords = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private final SshDoor door;
    private volatile SshFault fault;

    /** @param accepted public keys that may log in */
    public SshGate(KeyPair hostKey, Collection<PublicKey> accepted, SshFault fault) throws IOException {
        this.fault = fault;
        Set<PublicKey> known = Set.copyOf(accepted);
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(session -> List.of(this.fault == SshFault.CHANGING_KEY ? newKey() : hostKey));
        server.setPasswordAuthenticator((user, password, session) -> {
            passwords.add(password);
            return true;
        });
        server.setPublickeyAuthenticator((user, key, session) -> {
            boolean may = known.contains(key);
            if (may) {
                logins.add(KeyUtils.getFingerPrint(key));
            }
            return may;
        });
        server.setCommandFactory((channel, line) -> new GateAnswer(this.fault));
        server.start();
        door = new SshDoor(server.getPort(), () -> this.fault);
    }

    /** A gate that behaves. */
    public static SshGate with(KeyPair hostKey, PublicKey... accepted) throws IOException {
        return new SshGate(hostKey, List.of(accepted), SshFault.NONE);
    }

    /** Offers a folder over SFTP as the root of its files. */
    public SshGate offer(Path folder) {
        SftpSubsystemFactory files = new SftpSubsystemFactory();
        files.addSftpEventListener(new LogRotation(() -> fault == SshFault.ROTATING_LOG));
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
        server.setSubsystemFactories(List.of(files));
        return this;
    }

    /** From now on it misbehaves in this way. */
    public void misbehave(SshFault now) {
        fault = now;
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return door.port();
    }

    /** The passwords that were tried. */
    public List<String> passwords() {
        return passwords;
    }

    /** Fingerprints ({@code SHA256:…}) of the keys that were let in. */
    public List<String> logins() {
        return logins;
    }

    /** Connections that nobody has closed yet. */
    public int connections() {
        return door.connections();
    }

    @Override
    public void close() throws IOException {
        door.close();
        server.stop(true);
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }
}
