package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.api.command.ParameterProblem;
import solutions.itms.scs.store.FileStores;

class StationCommandsTest extends StationFixture {
    private boolean cancelled;

    @BeforeEach
    void gates() throws Exception {
        for (int gate = 1; gate <= 2; gate++) {
            for (String side : List.of("north", "south")) {
                String id = "G" + gate + (side.equals("north") ? "-01" : "-02");
                post(
                        "/hb",
                        "{\"id\":\"" + id + "\",\"ip\":\"127.0.0.1\",\"status\":\"online\",\"gateId\":\"G" + gate
                                + "\",\"side\":\"" + side + "\",\"type\":\"reader\"}");
            }
        }
    }

    @Test
    void anOperationIsSetAndThenReadByTheGate() throws Exception {
        Map<String, ?> device = devices(
                        run("set_operation", Map.of("devices", "G1-01", "operation", "inservice_entry")))
                .get(0);
        assertThat(device.get("operation")).isEqualTo("inservice_entry");
        assertThat(device.get("operationRequestedAt")).isEqualTo("2025-08-15T14:56:34.000Z");
        assertThat(device.get("operationPolledAt")).isNull();
        assertThat(device.get("inserviceLast")).isEqualTo("inservice_entry");
        pass(Duration.ofSeconds(2));
        assertThat(get("/operation/G1-01").body()).contains("inservice_entry");
        device = devices(run("get_gates", Map.of("devices", "G1-01"))).get(0);
        assertThat(device.get("operationDeliveredAt")).isEqualTo("2025-08-15T14:56:36.000Z");
        assertThat(device.get("status")).isEqualTo("online");
        assertThat(device.get("gateId")).isEqualTo("G1");
    }

    @Test
    void devicesAreMeantByIdListGateSideTypeGroupOrAll() throws Exception {
        restart(Map.of("device.groups", "{\"hall\":[\"G1\",\"G2-02\"]}"));
        assertThat(meant(Map.of("devices", "G2-01"))).containsExactly("G2-01");
        assertThat(meant(Map.of("devices", List.of("G2-01", "G1-01", "G2-01")))).containsExactly("G2-01", "G1-01");
        assertThat(meant(Map.of("gate", "G1"))).containsExactly("G1-01", "G1-02");
        assertThat(meant(Map.of("side", "north"))).containsExactly("G1-01", "G2-01");
        assertThat(meant(Map.of("gate", "G2", "side", "south"))).containsExactly("G2-02");
        assertThat(meant(Map.of("type", "reader"))).hasSize(4);
        assertThat(meant(Map.of("group", "hall"))).containsExactly("G1-01", "G1-02", "G2-02");
        assertThat(meant(Map.of("all", true))).hasSize(4);
    }

    @Test
    void aChangeOfManyDevicesIsOneGroupOfTheAudit() throws Exception {
        run("set_aisle_mode", Map.of("gate", "G1", "aisleMode", 2, "reason", "trolley"));
        List<AuditEntry> entries = station.database().read(statements -> Audit.before(statements, Long.MAX_VALUE, 10));
        assertThat(entries).hasSize(2).allSatisfy(entry -> {
            assertThat(entry.who()).isEqualTo("command 7f3a by alice");
            assertThat(entry.reason()).isEqualTo("trolley");
            assertThat(entry.kind()).isEqualTo("aisle_mode");
            assertThat(entry.after()).isEqualTo("2");
        });
        assertThat(entries)
                .extracting(AuditEntry::group)
                .containsOnly(entries.get(0).group());
        assertThat(get("/aisle-mode/G1-02").body()).contains("\"aisleMode\":2");
    }

    @Test
    void theLastInserviceOperationIsSetAlone() throws Exception {
        run("set_inservice_last", Map.of("devices", "G1-01", "op", "inservice_exit"));
        assertThat(get("/inservice-last/G1-01").body()).contains("inservice_exit");
        assertThat(get("/operation/G1-01").body()).contains("null");
        assertThat(problems("set_inservice_last", Map.of("devices", "G1-01", "op", "emergency")))
                .containsExactly(
                        new ParameterProblem("op", "must be inservice_entry, inservice_exit or inservice_bidirect"));
    }

    @Test
    void everyParameterThatIsWrongIsNamed() {
        assertThat(problems("set_operation", Map.of("operation", "Emergency", "side", "west", "prioritiy", 1)))
                .extracting(ParameterProblem::parameter)
                .containsExactly("operation", "side", "prioritiy");
        assertThat(problems("set_aisle_mode", Map.of("aisleMode", 4, "group", "hall")))
                .extracting(ParameterProblem::parameter)
                .containsExactly("aisleMode", "group");
        assertThat(problems("set_operation", Map.of()))
                .containsExactly(
                        new ParameterProblem("operation", "is required"),
                        new ParameterProblem("devices", "is required, or one of all, gate, side, type and group"));
        assertThat(problems("set_operation", Map.of("operation", "emergency", "all", true, "devices", "G1-01")))
                .extracting(ParameterProblem::parameter)
                .containsExactly("devices");
        assertThat(problems("get_gates", Map.of("limit", 0))).hasSize(1);
    }

    @Test
    void aDeviceThatNobodyKnowsIsATypingErrorButNotInAnEmergency() throws Exception {
        CommandException failure =
                failure("set_operation", Map.of("devices", List.of("G1-01", "G9"), "operation", "station_close"));
        assertThat(failure.code()).isEqualTo(FailureCode.NOT_FOUND);
        assertThat(failure).hasMessageContaining("G9").hasMessageNotContaining("G1-01");
        assertThat(get("/operation/G1-01").body()).contains("null");
        List<Map<String, ?>> set =
                devices(run("set_operation", Map.of("devices", List.of("G1-01", "G9"), "operation", "emergency")));
        assertThat(set).extracting(device -> (Object) device.get("known")).containsExactly(true, false);
        assertThat(station.alarms().isRaised(AlarmKind.UNKNOWN_DEVICE, "G9")).isTrue();
        assertThat(devices(run("get_gates", Map.of("gate", "G9")))).isEmpty();
        assertThat(failure("set_aisle_mode", Map.of("gate", "G9", "aisleMode", 1))
                        .code())
                .isEqualTo(FailureCode.NOT_FOUND);
    }

    @Test
    void anEmergencyIsEndedOnlyWhereTheSiteLetsCommandsDoThat() throws Exception {
        run("set_operation", Map.of("all", true, "operation", "emergency"));
        Map<String, Object> leave = new HashMap<>(Map.of("all", true, "operation", "inservice_entry"));
        CommandException refused = failure("set_operation", leave);
        assertThat(refused.code()).isEqualTo(FailureCode.NOT_ALLOWED);
        assertThat(refused).hasMessageContaining("G1-01 and 3 more are in an emergency");
        restart(Map.of("commands.allow", "all"));
        assertThat(problems("set_operation", leave))
                .extracting(ParameterProblem::parameter)
                .containsExactly("confirm", "reason");
        leave.putAll(Map.of("confirm", true, "reason", "drill is over"));
        assertThat(devices(run("set_operation", leave))).hasSize(4);
        assertThat(get("/operation/G2-02").body()).contains("inservice_entry");
    }

    @Test
    void aSiteMayForbidAllButEnteringAnEmergency() throws Exception {
        restart(Map.of("commands.allow", "read"));
        for (Map.Entry<String, Map<String, Object>> command : Map.<String, Map<String, Object>>of(
                        "set_operation", Map.of("all", true, "operation", "station_close"),
                        "set_aisle_mode", Map.of("all", true, "aisleMode", 1),
                        "set_inservice_last", Map.of("all", true, "op", "inservice_exit"))
                .entrySet()) {
            assertThat(failure(command.getKey(), command.getValue()).code()).isEqualTo(FailureCode.NOT_ALLOWED);
        }
        assertThat(devices(run("get_gates", Map.of()))).hasSize(4);
        assertThat(devices(run("set_operation", Map.of("all", true, "operation", "emergency"))))
                .hasSize(4);
    }

    @Test
    void aCancelledCommandChangesNothingUnlessItIsAnEmergency() throws Exception {
        cancelled = true;
        assertThat(failure("set_operation", Map.of("all", true, "operation", "station_close"))
                        .code())
                .isEqualTo(FailureCode.CANCELLED);
        run("set_operation", Map.of("all", true, "operation", "emergency"));
        assertThat(get("/operation/G1-01").body()).contains("emergency");
    }

    @Test
    void manyGatesComeInPages() throws Exception {
        String many = IntStream.range(0, 150)
                .mapToObj(i -> String.format("{\"id\":\"H%03d\",\"ip\":\"10.0.0.1\",\"status\":\"online\"}", i))
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        post("/hb/bulk", "[" + many + "]");
        Map<String, ?> first = run("get_gates", Map.of());
        assertThat(first.get("count")).isEqualTo(154L);
        assertThat(devices(first)).hasSize(100);
        Map<String, ?> second = run("get_gates", Map.of("after", first.get("next")));
        assertThat(devices(second)).hasSize(54);
        assertThat(second.get("next")).isNull();
        Map<String, ?> all = run("set_aisle_mode", Map.of("all", true, "aisleMode", 0));
        assertThat(all.get("count")).isEqualTo(154L);
        assertThat(devices(all)).hasSize(100);
    }

    @Test
    void aDiskThatCannotBeWrittenIsUnavailable() throws Exception {
        station.close();
        Path inTheWay = Files.createFile(directory.resolve("file"));
        station = station(settings(Map.of()), new FileStores(inTheWay.resolve("data"), clock));
        assertThat(failure("set_operation", Map.of("devices", "G1-01", "operation", "emergency"))
                        .code())
                .isEqualTo(FailureCode.UNAVAILABLE);
    }

    private List<Object> meant(Map<String, Object> selector) throws Exception {
        Map<String, Object> parameters = new HashMap<>(selector);
        parameters.put("aisleMode", 0);
        return devices(run("set_aisle_mode", parameters)).stream()
                .<Object>map(device -> device.get("id"))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, ?>> devices(Map<String, ?> result) {
        return (List<Map<String, ?>>) result.get("devices");
    }

    private List<ParameterProblem> problems(String name, Map<String, ?> parameters) {
        CommandException failure = failure(name, parameters);
        assertThat(failure.code()).isEqualTo(FailureCode.INVALID_PARAMETERS);
        return failure.problems();
    }

    private CommandException failure(String name, Map<String, ?> parameters) {
        return catchThrowableOfType(CommandException.class, () -> run(name, parameters));
    }

    private Map<String, ?> run(String name, Map<String, ?> parameters) throws Exception {
        return station.commands()
                .handler(name)
                .execute(new CommandParameters(parameters), new Context())
                .values();
    }

    private final class Context implements CommandContext {
        @Override
        public String id() {
            return "7f3a";
        }

        @Override
        public String target() {
            return "gateway";
        }

        @Override
        public String requestedBy() {
            return "alice";
        }

        @Override
        public Duration timeLeft() {
            return Duration.ofSeconds(10);
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public void progress(int percent, String text) {
            throw new IllegalStateException("what is done at once has no progress");
        }
    }
}
