package solutions.itms.scs.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.store.FileStores;

class GateProbeTest {
    private static final KeyPair HOST = key("RSA", 2048);
    private static final KeyPair OURS = key("RSA", 2048);
    private static final KeyPair FORMER = key("RSA", 2048);

    @TempDir
    Path directory;

    private final ScheduledExecutorService watchdogs = Executors.newSingleThreadScheduledExecutor();
    private HostKeys hostKeys;

    @BeforeEach
    void open() throws Exception {
        hostKeys = HostKeys.open(new FileStores(directory, Clock.systemUTC()), Map.of(), true, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        watchdogs.shutdownNow();
        hostKeys.close();
    }

    @Test
    void aGateThatIsWellTellsOfItselfAndHowLongEachLevelTook() throws Exception {
        try (SimulatedGate gate = SimulatedGate.with(HOST, OURS.getPublic())) {
            ProbeResult result = probe(5_000, OURS).probe(gate.address("G1"));
            assertThat(result.reason()).isNull();
            assertThat(result.isWell()).isTrue();
            assertThat(result.millis()).containsOnlyKeys(Level.values());
            assertThat(result.vitals().uptimeSeconds()).isEqualTo(86_400.25);
            assertThat(result.vitals().load()).isEqualTo(0.42);
            assertThat(result.vitals().diskPercent()).isEqualTo(48);
            assertThat(result.vitals().clockAheadMillis()).isCloseTo(90_000L, within(10_000L));
        }
    }

    @Test
    @DisplayName("S4 a password is never offered, even to a gate that would take any")
    void aPasswordIsNeverOffered() throws Exception {
        try (SimulatedGate gate = SimulatedGate.with(HOST)) {
            ProbeResult result = probe(5_000, OURS, FORMER).probe(gate.address("G1"));
            assertThat(result.failed()).isEqualTo(Level.LOGIN);
            assertThat(result.reason()).isEqualTo("refuses user scs with the keys we have");
            assertThat(gate.passwords()).isEmpty();
        }
    }

    @Test
    @DisplayName("S4 during a rotation, gates that know the old key or the new one are both reached")
    void bothKeysWorkDuringARotation() throws Exception {
        try (SimulatedGate old = SimulatedGate.with(HOST, FORMER.getPublic());
                SimulatedGate renewed = SimulatedGate.with(HOST, OURS.getPublic())) {
            GateProbe probe = probe(5_000, OURS, FORMER);
            assertThat(probe.probe(old.address("G1")).isWell()).isTrue();
            assertThat(probe.probe(renewed.address("G2")).isWell()).isTrue();
            assertThat(old.logins()).containsOnly(HostKeys.fingerprint(FORMER.getPublic()));
            assertThat(renewed.logins()).containsOnly(HostKeys.fingerprint(OURS.getPublic()));
        }
    }

    @Test
    void withoutAnyKeyAProbeEndsBeforeTheLogin() throws Exception {
        try (SimulatedGate gate = SimulatedGate.with(HOST)) {
            ProbeResult result = probe(5_000).probe(gate.address("G1"));
            assertThat(result.isWell()).isTrue();
            assertThat(result.millis()).containsOnlyKeys(Level.TCP, Level.BANNER, Level.HOST_KEY);
        }
    }

    @Test
    void aChangedHostKeyEndsTheProbeBeforeTheLoginUntilSomebodyAcceptsIt() throws Exception {
        try (SimulatedGate gate = SimulatedGate.with(HOST, OURS.getPublic())) {
            assertThat(probe(5_000, OURS).probe(gate.address("G1")).isWell()).isTrue();
        }
        KeyPair other = key("RSA", 2048);
        try (SimulatedGate impostor = SimulatedGate.with(other, OURS.getPublic())) {
            ProbeResult result = probe(5_000, OURS).probe(impostor.address("G1"));
            String shown = HostKeys.fingerprint(other.getPublic());
            assertThat(result.failed()).isEqualTo(Level.HOST_KEY);
            assertThat(result.reason())
                    .isEqualTo(
                            "its host key has changed from " + HostKeys.fingerprint(HOST.getPublic()) + " to " + shown);
            assertThat(impostor.logins()).isEmpty();
            assertThat(hostKeys.accept("G1", "SHA256:another")).isFalse();
            assertThat(hostKeys.accept("G1", shown)).isTrue();
            assertThat(probe(5_000, OURS).probe(impostor.address("G1")).isWell())
                    .isTrue();
        }
    }

    @Test
    void anAddressThatWentToAnotherGateIsSaidToBeThatGates() throws Exception {
        KeyPair second = key("RSA", 2048);
        try (SimulatedGate one = SimulatedGate.with(HOST, OURS.getPublic());
                SimulatedGate two = SimulatedGate.with(second, OURS.getPublic())) {
            probe(5_000, OURS).probe(one.address("G1"));
            probe(5_000, OURS).probe(two.address("G2"));
            ProbeResult swapped = probe(5_000, OURS)
                    .probe(new GateAddress("G1", "127.0.0.1", two.address("").sshPort()));
            assertThat(swapped.reason()).endsWith(", which is the key of G2");
        }
    }

    @Test
    void nobodyThereAndNobodySpeakingAreToldApart() throws Exception {
        int closed;
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            closed = silent.getLocalPort();
            ProbeResult result = probe(500, OURS).probe(new GateAddress("G1", "127.0.0.1", closed));
            assertThat(result.failed()).isEqualTo(Level.BANNER);
            assertThat(result.reason()).isEqualTo("accepts connections, but says nothing");
        }
        ProbeResult result = probe(2_000, OURS).probe(new GateAddress("G1", "127.0.0.1", closed));
        assertThat(result.failed()).isEqualTo(Level.TCP);
        assertThat(result.reason()).isEqualTo("refuses connections to port " + closed);
    }

    @Test
    void aBannerWithoutAnEndIsCutAtTheDeadline() throws Exception {
        try (ServerSocket endless = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Thread talker = new Thread(() -> talk(endless));
            talker.setDaemon(true);
            talker.start();
            long begun = System.nanoTime();
            ProbeResult result = probe(500, OURS).probe(new GateAddress("G1", "127.0.0.1", endless.getLocalPort()));
            assertThat(result.failed()).isEqualTo(Level.BANNER);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aCommandThatPrintsWithoutEndOrFailsIsToldSo() throws Exception {
        try (SimulatedGate loud = new SimulatedGate(HOST, List.of(OURS.getPublic()), "x".repeat(10_000_000), 0)) {
            assertThat(probe(5_000, OURS).probe(loud.address("G1")).reason())
                    .isEqualTo("the command prints more than 65536 bytes");
        }
        try (SimulatedGate failing = new SimulatedGate(HOST, List.of(OURS.getPublic()), "", 3)) {
            ProbeResult result = probe(5_000, OURS).probe(failing.address("G1"));
            assertThat(result.failed()).isEqualTo(Level.COMMAND);
            assertThat(result.reason()).isEqualTo("the command ended with status 3");
        }
    }

    @Test
    void noThreadIsLeftBehind() throws Exception {
        try (SimulatedGate gate = SimulatedGate.with(HOST, OURS.getPublic())) {
            GateProbe probe = probe(5_000, OURS);
            for (int i = 0; i < 20; i++) {
                assertThat(probe.probe(gate.address("G1")).isWell()).isTrue();
            }
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("sshj-")))
                .isEmpty());
    }

    private GateProbe probe(long millis, KeyPair... keys) {
        List<KeyProvider> providers = java.util.Arrays.stream(keys)
                .<KeyProvider>map(KeyPairWrapper::new)
                .toList();
        return new GateProbe(
                new GateConnections(hostKeys, GateLogin.withKeys("scs", providers), watchdogs),
                Vitals.COMMAND,
                Duration.ofMillis(millis),
                Clock.systemUTC());
    }

    private static void talk(ServerSocket server) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            while (true) {
                out.write("a line before the banner\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // the other end has heard enough
        }
    }

    private static KeyPair key(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
