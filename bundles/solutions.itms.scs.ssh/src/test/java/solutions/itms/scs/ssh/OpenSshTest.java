package solutions.itms.scs.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.store.FileStores;

/** Against the SSH server that most gates have. */
class OpenSshTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName(
            "N3 the station reaches a gate's stock OpenSSH server on the port that is configured, with a key of Ed25519")
    void aStockServerIsReachedWithAKeyFile() throws Exception {
        try (OpenSshGate server = OpenSshGate.start(directory.resolve("gate"), "open sesame")) {
            SshSettings settings = SshSettings.of(
                    new Options(Map.of(
                            "user",
                            OpenSshGate.user(),
                            "key.file",
                            server.keyFile().toString(),
                            "key.passphrase",
                            "open sesame",
                            "enabled",
                            false)),
                    stored -> stored);
            assertThat(settings.problems()).isEmpty();
            GateAddress gate = server.address("G1-01");
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
                assertThat(result.vitals().firmware()).isNotBlank();
                assertThat(Math.abs(result.vitals().clockAheadMillis())).isLessThan(2_000);
                assertThat(probes.hostKeys().pinned("G1-01"))
                        .hasValueSatisfying(pin -> assertThat(pin.algorithm()).isEqualTo("ssh-ed25519"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"ecdsa, ecdsa-sha2-nistp256", "rsa, ssh-rsa", "ed25519, ssh-ed25519"})
    void keysOfEachKindWorkAtBothEnds(String type, String pinned) throws Exception {
        EcdsaName.install();
        try (OpenSshGate server = OpenSshGate.withKeys(directory.resolve("gate"), type)) {
            String key = server.keyFile().toString();
            SshSettings settings = SshSettings.of(
                    new Options(Map.of("user", OpenSshGate.user(), "key.file", key, "enabled", false)),
                    stored -> stored);
            assertThat(settings.problems()).isEmpty();
            GateAddress gate = server.address("G1-01");
            try (GateProbes probes = GateProbes.start(
                    settings,
                    () -> List.of(gate),
                    new Silent(),
                    new FileStores(directory, Clock.systemUTC()),
                    Clock.systemUTC())) {
                ProbeResult result = probes.probeNow(gate, Duration.ofSeconds(30));
                assertThat(result.reason()).isNull();
                assertThat(probes.probeNow(gate, Duration.ofSeconds(30)).isWell())
                        .isTrue();
                assertThat(probes.hostKeys().pinned("G1-01"))
                        .hasValueSatisfying(pin -> assertThat(pin.algorithm()).isEqualTo(pinned));
            }
        } finally {
            EcdsaName.remove();
        }
        assertThat(java.security.Security.getProvider("SCS-ECDSA")).isNull();
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
