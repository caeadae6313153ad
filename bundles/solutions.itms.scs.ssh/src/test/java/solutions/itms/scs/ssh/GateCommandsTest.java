package solutions.itms.scs.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.api.gate.GateDirectory;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.store.FileStores;
import solutions.itms.scs.testkit.ssh.SshGate;

/** Commands from the cloud, at a gate with a stock OpenSSH server. */
class GateCommandsTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path directory;

    private final Told told = new Told();
    private final Station station = new Station();
    private Path files;
    private OpenSshGate gate;
    private GateProbes probes;

    @BeforeEach
    void start() throws Exception {
        gate = OpenSshGate.start(directory.resolve("gate"), "");
        files = Files.createDirectories(directory.resolve("files"));
        probes = probes(Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        probes.close();
        gate.close();
    }

    @Test
    void logsOfTheGatesThatAnswerComeEvenIfAnotherDoesNot() throws Exception {
        Path logs = Files.createDirectories(directory.resolve("log"));
        Files.writeString(logs.resolve("app.log"), "taken card 4111111111111111\n");
        Files.createSymbolicLink(logs.resolve("evil.log"), Path.of("/etc/passwd"));
        catalogue("""
                {"logs": [{"path": "%s/*.log"}],
                 "outputs": [{"name": "hello", "run": ["echo", "it's 5555555555554444"]},
                             {"name": "endless", "run": ["yes"]},
                             {"name": "hang", "run": ["sleep", "60"], "timeoutSeconds": 1}]}
                """.formatted(logs));
        station.gates.add(new GateAddress("G2", "127.0.0.1", 1));
        CommandResult result = collect(Map.of("gates", List.of("G1", "G2"), "hours", 1L));
        assertThat(valid("gate_collect_logs", result)).isTrue();
        List<?> gates = (List<?>) result.values().get("gates");
        assertThat(gates.get(0)).asString().contains("ok=true", "files=1", "leads out of");
        assertThat(gates.get(1)).asString().contains("ok=false", "refuses connections to port 1");
        assertThat(result.artifacts()).singleElement().satisfies(artifact -> {
            assertThat(artifact.name()).isEqualTo("G1-logs.zip");
            Map<String, String> content = unzip(files.resolve(artifact.id()));
            assertThat(content.get("logs" + logs.resolve("app.log"))).isEqualTo("taken card ************1111\n");
            assertThat(content.get("outputs/hello.txt")).isEqualTo("it's ************4444\n");
            assertThat(content.get("outputs/endless.txt")).endsWith("[the command prints more than 1048576 bytes]\n");
            assertThat(content.get("contents.json")).contains("evil.log");
        });
        assertThat(station.lines).contains("G1 taken card ************1111");
        assertThat(told.events).anySatisfy(event -> assertThat(event).contains("event/gate_logs", "evil.log"));
    }

    @Test
    void whatIsNotListedIsNotRun() throws Exception {
        catalogue("""
                {"commands": [{"name": "greet", "run": ["echo", "hello {who}"],
                  "parameters": [{"name": "who", "type": "text", "pattern": ".{1,60}"}]}]}
                """);
        CommandResult result = exec(Map.of("gate", "G1", "command", "greet", "arguments", List.of("who=$(id); 'x'")));
        assertThat(valid("gate_exec", result)).isTrue();
        assertThat(result.values()).containsEntry("exitCode", 0L).containsEntry("output", "hello $(id); 'x'\n");
        assertThat(station.lines).anyMatch(line -> line.startsWith("G1 ended with status 0: greet, asked for by anna"));
        assertFailure(FailureCode.NOT_ALLOWED, Map.of("gate", "G1", "command", "reboot"));
        assertFailure(FailureCode.NOT_FOUND, Map.of("gate", "G9", "command", "greet"));
        assertFailure(FailureCode.INVALID_PARAMETERS, Map.of("gate", "G1", "command", "greet"));
        assertFailure(
                FailureCode.INVALID_PARAMETERS,
                Map.of("gate", "G1", "command", "greet", "arguments", List.of("who=a", "who=b")));
        assertFailure(FailureCode.INVALID_PARAMETERS, Map.of("gate", "G1", "command", "greet", "shell", "reboot"));
    }

    @Test
    void aCommandThatPrintsAGigabyteOrHangsIsBounded() throws Exception {
        catalogue("""
                {"commands": [
                  {"name": "flood", "run": ["head", "-c", "200000000", "/dev/zero"], "timeoutSeconds": 60},
                  {"name": "hang", "run": ["sleep", "100"], "timeoutSeconds": 1}]}
                """);
        CommandResult flood = exec(Map.of("gate", "G1", "command", "flood"));
        assertThat(flood.values()).containsEntry("truncated", true);
        assertThat(String.valueOf(flood.values().get("output"))).hasSize(32 * 1024);
        assertThatThrownBy(() -> exec(Map.of("gate", "G1", "command", "hang")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("G1 the command takes longer than 1 s");
    }

    @Test
    void theClockOfAGateIsComparedToTheMillisecond() throws Exception {
        CommandResult result = new SshCommands(probes, CLOCK)
                .checkTime(new CommandParameters(Map.of("gate", "G1")), new Context(Duration.ofSeconds(30), false));
        assertThat(valid("gate_sync_time_check", result)).isTrue();
        long uncertainty = (Long) result.values().get("uncertaintyMillis");
        assertThat(uncertainty).isLessThan(2_000);
        assertThat(Math.abs((Long) result.values().get("clockAheadMillis"))).isLessThanOrEqualTo(uncertainty);
    }

    @Test
    void aGateThatBeatsButDoesNotAnswerOverSshIsToldOnceWhenThatIsSettled() throws Exception {
        probes.close();
        station.gates.set(0, new GateAddress("G1", "127.0.0.1", 1));
        station.status = "online";
        probes = probes(Map.of("enabled", true, "interval", 86_400));
        probes.probeNow(station.gates.get(0), Duration.ofSeconds(2));
        assertThat(probes.view("G1")).isEqualTo(GateView.UNKNOWN);
        probes.probeNow(station.gates.get(0), Duration.ofSeconds(2));
        assertThat(probes.view("G1")).isEqualTo(GateView.SSH_DEAD);
        await().untilAsserted(() -> assertThat(told.events)
                .filteredOn(event -> event.contains("ssh_dead"))
                .hasSize(1));
        station.status = "offline";
        await().untilAsserted(() -> assertThat(told.events)
                .filteredOn(event -> event.contains("event/gate_health") && event.contains("health=dead"))
                .hasSize(1));
    }

    @Test
    void aGateWithAnotherHostKeyIsAnAlarmAtOnceUntilItsKeyIsAccepted() throws Exception {
        java.security.KeyPairGenerator generator = java.security.KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        Duration limit = Duration.ofSeconds(10);
        try (SshGate real = SshGate.with(generator.generateKeyPair());
                SshGate impostor = SshGate.with(generator.generateKeyPair())) {
            probes.probeNow(address("G5", real), limit);
            assertThat(told.events).noneMatch(event -> event.contains("gate_host_key"));
            probes.probeNow(address("G5", impostor), limit);
            probes.probeNow(address("G5", impostor), limit);
            assertThat(told.events)
                    .filteredOn(event -> event.contains("gate_host_key"))
                    .singleElement()
                    .asString()
                    .contains("event/alarm", "state=raised", "device=G5", "its host key has changed from");
            String offered = probes.hostKeys().offered("G5").orElseThrow().fingerprint();
            assertThat(probes.hostKeys().accept("G5", offered)).isTrue();
            probes.probeNow(address("G5", impostor), limit);
            assertThat(told.events)
                    .filteredOn(event -> event.contains("gate_host_key"))
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("state=cleared");
        }
    }

    @Test
    void aPasswordIsOfferedToTheGateItBelongsToAlone() throws Exception {
        probes.close();
        probes = probes(Map.of("key.file", "", "passwords", "G1=secret1 G7=secret7"));
        java.security.KeyPairGenerator generator = java.security.KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        try (SshGate old = SshGate.with(generator.generateKeyPair())) {
            assertThat(probes.probeNow(address("G1", old), Duration.ofSeconds(10))
                            .isWell())
                    .isTrue();
            assertThat(old.passwords()).containsExactly("secret1");
            assertThat(probes.probeNow(address("G2", old), Duration.ofSeconds(10))
                            .millis())
                    .doesNotContainKey(Level.LOGIN);
            assertThat(old.passwords()).hasSize(1);
        }
        assertThat(told.events.toString() + station.lines).doesNotContain("secret1");
    }

    private static GateAddress address(String id, SshGate gate) {
        return new GateAddress(id, "127.0.0.1", gate.port());
    }

    private CommandResult collect(Map<String, Object> parameters) throws CommandException {
        return new LogCommands(probes, () -> Optional.of(new FolderUploader(files)), CLOCK)
                .collect(new CommandParameters(parameters), new Context(Duration.ofSeconds(100), false));
    }

    private CommandResult exec(Map<String, Object> parameters) throws CommandException {
        return new ListedCommands(probes, station)
                .exec(new CommandParameters(parameters), new Context(Duration.ofSeconds(100), false));
    }

    private void assertFailure(FailureCode code, Map<String, Object> parameters) {
        assertThatThrownBy(() -> exec(parameters))
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static boolean valid(String type, CommandResult result) {
        assertThat(CommandRegistry.standard().find(type).orElseThrow().result().validate(result.values()))
                .isEmpty();
        return true;
    }

    private void catalogue(String json) throws Exception {
        Files.writeString(directory.resolve("catalogue.json"), json);
    }

    private GateProbes probes(Map<String, Object> more) throws Exception {
        if (station.gates.isEmpty()) {
            station.gates.add(gate.address("G1"));
        }
        Map<String, Object> properties = new HashMap<>(Map.of(
                "user",
                OpenSshGate.user(),
                "key.file",
                gate.keyFile().toString(),
                "enabled",
                false,
                "logs.interval",
                0));
        properties.putAll(more);
        SshSettings settings = SshSettings.of(new Options(properties), stored -> stored);
        return GateProbes.start(settings, station, told, new FileStores(directory.resolve("db"), CLOCK), CLOCK);
    }

    private static Map<String, String> unzip(Path file) {
        Map<String, String> content = new HashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
                content.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), UTF_8));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return content;
    }

    private final class Station implements GateDirectory {
        private final List<GateAddress> gates = new CopyOnWriteArrayList<>();
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private volatile @Nullable String status;

        @Override
        public List<GateAddress> gates() {
            return new ArrayList<>(gates);
        }

        @Override
        public Optional<Path> communicationFolder() {
            return Optional.of(directory);
        }

        @Override
        public Optional<String> status(String gateId) {
            return Optional.ofNullable(status);
        }

        @Override
        public void log(String gateId, String text) {
            lines.add(gateId + " " + text);
        }
    }

    private static final class Told implements Telemetry {
        private final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public void send(String subject, Payload payload, Priority priority) {
            events.add(subject + " " + payload.metrics());
        }

        @Override
        public AutoCloseable onConnected(Runnable callback) {
            return () -> {};
        }
    }
}
