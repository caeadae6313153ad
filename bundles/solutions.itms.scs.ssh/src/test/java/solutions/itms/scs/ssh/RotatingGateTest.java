package solutions.itms.scs.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.ssh.logs.Budget;
import solutions.itms.scs.ssh.logs.Catalogue;
import solutions.itms.scs.ssh.logs.LogCollector;
import solutions.itms.scs.ssh.logs.LogStore;
import solutions.itms.scs.ssh.logs.PathPattern;
import solutions.itms.scs.ssh.logs.SftpFiles;
import solutions.itms.scs.store.FileStores;
import solutions.itms.scs.testkit.ssh.SshFault;
import solutions.itms.scs.testkit.ssh.SshGate;

class RotatingGateTest {
    @TempDir
    Path directory;

    @Test
    void aLogThatRotatesWhileItIsReadComesWhole() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        KeyPair ours = generator.generateKeyPair();
        Path files = Files.createDirectories(directory.resolve("gate/log"));
        List<String> written =
                IntStream.range(0, 30_000).mapToObj(number -> "line " + number).toList();
        Files.write(files.resolve("app.log"), written);
        List<String> came = new ArrayList<>();
        ScheduledExecutorService watchdogs = Executors.newSingleThreadScheduledExecutor();
        FileStores stores = new FileStores(directory.resolve("db"), Clock.systemUTC());
        try (SshGate gate = new SshGate(generator.generateKeyPair(), List.of(ours.getPublic()), SshFault.ROTATING_LOG)
                        .offer(directory.resolve("gate"));
                HostKeys hostKeys = HostKeys.open(stores, Map.of(), true, Clock.systemUTC());
                LogStore store = LogStore.open(stores, Clock.systemUTC())) {
            GateConnections connections = new GateConnections(
                    hostKeys,
                    GateLogin.withKeys("scs", List.of(new KeyPairWrapper(ours))),
                    LevelLimits.NONE,
                    watchdogs);
            collect(gate, connections, store, came);
            assertThat(files.resolve("app.log.1")).exists();
            gate.misbehave(SshFault.NONE);
            collect(gate, connections, store, came);
        } finally {
            watchdogs.shutdownNow();
        }
        assertThat(came).containsAll(written).contains("after rotation 1").doesNotHaveDuplicates();
    }

    private void collect(SshGate gate, GateConnections connections, LogStore store, List<String> came)
            throws Exception {
        GateAddress address = new GateAddress("G1", "127.0.0.1", gate.port());
        try (GateConnection connection = connections.open(address, Duration.ofSeconds(60))) {
            connection.connect();
            connection.login();
            Budget budget = new Budget(
                    1L << 30, 0, connection::left, () -> false, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
            Catalogue catalogue = new Catalogue(
                    "test.json",
                    List.of("*"),
                    List.of(new Catalogue.LogSource(PathPattern.of("/log/*.log*"), 1L << 30)),
                    List.of(),
                    List.of());
            new LogCollector(store, Clock.systemUTC())
                    .collect(
                            "G1",
                            catalogue,
                            new SftpFiles(connection.files(Duration.ofSeconds(5))),
                            budget,
                            Long.MAX_VALUE,
                            came::add);
        }
    }
}
