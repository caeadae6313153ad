package solutions.itms.scs.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.store.FileStores;
import solutions.itms.scs.testkit.ssh.SshFault;
import solutions.itms.scs.testkit.ssh.SshGate;

class GateProbeTest {
    private static final KeyPair HOST = key("RSA", 2048);
    private static final KeyPair OURS = key("RSA", 2048);
    private static final KeyPair FORMER = key("RSA", 2048);

    @TempDir
    Path directory;

    private final ScheduledExecutorService watchdogs = Executors.newSingleThreadScheduledExecutor();
    private HostKeys hostKeys;
    private LevelLimits limits = LevelLimits.NONE;

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
        try (SshGate gate = SshGate.with(HOST, OURS.getPublic())) {
            ProbeResult result = probe(5_000, OURS).probe(at(gate, "G1"));
            assertThat(result.reason()).isNull();
            assertThat(result.isWell()).isTrue();
            assertThat(result.millis()).containsOnlyKeys(Level.values());
            assertThat(result.vitals().uptimeSeconds()).isEqualTo(86_400.25);
            assertThat(result.vitals().load()).isEqualTo(0.42);
            assertThat(result.vitals().diskPercent()).isEqualTo(48);
            assertThat(result.vitals().firmware()).isEqualTo("Gate OS 3.1");
            assertThat(result.vitals().clockAheadMillis()).isCloseTo(90_000L, within(10_000L));
        }
    }

    @Test
    @DisplayName("S4 a password is never offered, even to a gate that would take any")
    void aPasswordIsNeverOffered() throws Exception {
        try (SshGate gate = SshGate.with(HOST)) {
            ProbeResult result = probe(5_000, OURS, FORMER).probe(at(gate, "G1"));
            assertThat(result.failed()).isEqualTo(Level.LOGIN);
            assertThat(result.reason()).isEqualTo("refuses user scs with the keys we have");
            assertThat(gate.passwords()).isEmpty();
        }
    }

    @Test
    @DisplayName("S4 during a rotation, gates that know the old key or the new one are both reached")
    void bothKeysWorkDuringARotation() throws Exception {
        try (SshGate old = SshGate.with(HOST, FORMER.getPublic());
                SshGate renewed = SshGate.with(HOST, OURS.getPublic())) {
            GateProbe probe = probe(5_000, OURS, FORMER);
            assertThat(probe.probe(at(old, "G1")).isWell()).isTrue();
            assertThat(probe.probe(at(renewed, "G2")).isWell()).isTrue();
            assertThat(old.logins()).containsOnly(HostKeys.fingerprint(FORMER.getPublic()));
            assertThat(renewed.logins()).containsOnly(HostKeys.fingerprint(OURS.getPublic()));
        }
    }

    @Test
    void withoutAnyKeyAProbeEndsBeforeTheLogin() throws Exception {
        try (SshGate gate = SshGate.with(HOST)) {
            ProbeResult result = probe(5_000).probe(at(gate, "G1"));
            assertThat(result.isWell()).isTrue();
            assertThat(result.millis()).containsOnlyKeys(Level.TCP, Level.BANNER, Level.HOST_KEY);
        }
    }

    @Test
    void aChangedHostKeyEndsTheProbeBeforeTheLoginUntilSomebodyAcceptsIt() throws Exception {
        try (SshGate gate = SshGate.with(HOST, OURS.getPublic())) {
            assertThat(probe(5_000, OURS).probe(at(gate, "G1")).isWell()).isTrue();
        }
        KeyPair other = key("RSA", 2048);
        try (SshGate impostor = SshGate.with(other, OURS.getPublic())) {
            ProbeResult result = probe(5_000, OURS).probe(at(impostor, "G1"));
            String shown = HostKeys.fingerprint(other.getPublic());
            assertThat(result.failed()).isEqualTo(Level.HOST_KEY);
            assertThat(result.reason())
                    .isEqualTo(
                            "its host key has changed from " + HostKeys.fingerprint(HOST.getPublic()) + " to " + shown);
            assertThat(impostor.logins()).isEmpty();
            assertThat(hostKeys.accept("G1", "SHA256:another")).isFalse();
            assertThat(hostKeys.accept("G1", shown)).isTrue();
            assertThat(probe(5_000, OURS).probe(at(impostor, "G1")).isWell()).isTrue();
        }
    }

    @Test
    void anAddressThatWentToAnotherGateIsSaidToBeThatGates() throws Exception {
        KeyPair second = key("RSA", 2048);
        try (SshGate one = SshGate.with(HOST, OURS.getPublic());
                SshGate two = SshGate.with(second, OURS.getPublic())) {
            probe(5_000, OURS).probe(at(one, "G1"));
            probe(5_000, OURS).probe(at(two, "G2"));
            ProbeResult swapped = probe(5_000, OURS).probe(new GateAddress("G1", "127.0.0.1", two.port()));
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

    @ParameterizedTest
    @CsvSource({
        "SILENT, BANNER, 'accepts connections, but says nothing'",
        "SLOW_BANNER, BANNER, does not answer within 500 ms",
        "ENDLESS_BANNER, BANNER, does not answer within 500 ms",
        "HALF_OPEN, BANNER, does not answer within 500 ms",
        "HANG_AFTER_LOGIN, COMMAND, does not answer within 500 ms",
        "HUGE_OUTPUT, COMMAND, the command prints more than 65536 bytes",
        "FAILING_COMMAND, COMMAND, the command ended with status 3"
    })
    void whateverAGateDoesItsProbeEndsInTimeAndSaysWhy(SshFault fault, Level level, String reason) throws Exception {
        try (SshGate gate = new SshGate(HOST, List.of(OURS.getPublic()), fault)) {
            long begun = System.nanoTime();
            Duration step = Duration.ofMillis(500);
            limits = new LevelLimits(step, step, Duration.ZERO, step);
            ProbeResult result = probe(20_000, OURS).probe(at(gate, "G1"));
            assertThat(result.failed()).isEqualTo(level);
            assertThat(result.reason()).isEqualTo(reason);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            await().until(() -> gate.connections() == 0);
        }
    }

    @Test
    void aKeyThatIsNewEachTimeIsRefusedFromTheSecondTimeOn() throws Exception {
        try (SshGate gate = new SshGate(HOST, List.of(OURS.getPublic()), SshFault.CHANGING_KEY)) {
            assertThat(probe(5_000, OURS).probe(at(gate, "G1")).isWell()).isTrue();
            List<String> logins = List.copyOf(gate.logins());
            assertThat(probe(5_000, OURS).probe(at(gate, "G1")).failed()).isEqualTo(Level.HOST_KEY);
            assertThat(gate.logins()).isEqualTo(logins);
        }
    }

    @Test
    void aGateThatAnswersInThaiIsWellThoughNotAllOfItIsUnderstood() throws Exception {
        try (SshGate gate = new SshGate(HOST, List.of(OURS.getPublic()), SshFault.FOREIGN_LOCALE)) {
            ProbeResult result = probe(5_000, OURS).probe(at(gate, "G1"));
            assertThat(result.isWell()).isTrue();
            assertThat(result.vitals()).isEqualTo(new Vitals(null, null, 48, "รุ่น 3.1", null));
        }
    }

    @Test
    void aGateWithAFullDiskSaysSoAndIsWellOtherwise() throws Exception {
        try (SshGate gate = new SshGate(HOST, List.of(OURS.getPublic()), SshFault.FULL_DISK)) {
            ProbeResult result = probe(5_000, OURS).probe(at(gate, "G1"));
            assertThat(result.isWell()).isTrue();
            assertThat(result.vitals().diskPercent()).isEqualTo(100);
            assertThat(result.vitals().uptimeSeconds()).isEqualTo(86_400.25);
        }
    }

    @Test
    void noThreadIsLeftBehind() throws Exception {
        try (SshGate gate = SshGate.with(HOST, OURS.getPublic())) {
            GateProbe probe = probe(5_000, OURS);
            for (int i = 0; i < 20; i++) {
                assertThat(probe.probe(at(gate, "G1")).isWell()).isTrue();
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
                new GateConnections(hostKeys, GateLogin.withKeys("scs", providers), limits, watchdogs),
                Vitals.COMMAND,
                Duration.ofMillis(millis),
                Clock.systemUTC());
    }

    private static GateAddress at(SshGate gate, String id) {
        return new GateAddress(id, "127.0.0.1", gate.port());
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
