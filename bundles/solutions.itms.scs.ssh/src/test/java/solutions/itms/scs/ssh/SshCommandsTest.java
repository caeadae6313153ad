package solutions.itms.scs.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.store.FileStores;

class SshCommandsTest {
    @TempDir
    @Nullable
    Path directory;

    @Test
    void probesEndWhenTheTimeOfTheCommandDoesAndTellWhatWasFoundUntilThen() throws Exception {
        // it takes connections, and never says a word
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                GateProbes probes = probes(mute.getLocalPort())) {
            SshCommands commands = new SshCommands(probes, Clock.systemUTC());
            List<String> ids = IntStream.range(0, 20).mapToObj(i -> "G" + i).toList();
            long begun = System.nanoTime();
            Map<String, @Nullable Object> result = commands.probe(
                            new CommandParameters(Map.of("gates", ids)), new Context(Duration.ofMillis(2_600), false))
                    .values();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2_600));
            assertThat((List<?>) Objects.requireNonNull(result.get("gates"))).hasSizeBetween(2, 3);
            assertThat(CommandRegistry.standard()
                            .find("gate_probe")
                            .orElseThrow()
                            .result()
                            .validate(result))
                    .isEmpty();
        }
    }

    @Test
    void withoutTimeNothingIsProbedAndACancelIsHeard() throws Exception {
        try (GateProbes probes = probes(9)) {
            SshCommands commands = new SshCommands(probes, Clock.systemUTC());
            assertFailure(commands, new Context(Duration.ofMillis(500), false), FailureCode.TIMEOUT);
            assertFailure(commands, new Context(Duration.ofSeconds(9), true), FailureCode.CANCELLED);
        }
    }

    private static void assertFailure(SshCommands commands, Context context, FailureCode code) {
        assertThatThrownBy(() -> commands.probe(new CommandParameters(Map.of("gates", "G1")), context))
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private GateProbes probes(int port) throws Exception {
        List<GateAddress> gates = IntStream.range(0, 20)
                .mapToObj(i -> new GateAddress("G" + i, "127.0.0.1", port))
                .toList();
        Telemetry silent = new Telemetry() {
            @Override
            public void send(String subject, Payload payload, Priority priority) {
                // nobody listens
            }

            @Override
            public AutoCloseable onConnected(Runnable callback) {
                return () -> {};
            }
        };
        return GateProbes.start(
                SshSettings.of(new Options(Map.of("timeout", 1, "enabled", false)), stored -> stored),
                () -> gates,
                silent,
                new FileStores(Objects.requireNonNull(directory), Clock.systemUTC()),
                Clock.systemUTC());
    }
}
