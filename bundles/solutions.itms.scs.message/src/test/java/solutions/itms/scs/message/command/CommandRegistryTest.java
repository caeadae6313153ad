package solutions.itms.scs.message.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandRegistryTest {
    private static final CommandRegistry REGISTRY = CommandRegistry.standard();

    private static final String COMMAND = """
            {"name": "look", "path": "/1/0/1", "operation": "R", "target": "GATE", "way": "CALL", "timeoutSeconds": 10,
             "stepTimeoutSeconds": 5, "safety": "READ_ONLY", "idempotent": true,
             "title": {"en": "Look", "th": "ดู"}, "help": {"en": "Looks.", "th": "ดู"},
             "parameters": {"type": "object", "properties": {}, "additionalProperties": false},
             "result": {"type": "object", "additionalProperties": true}}""";

    @Test
    void holdsEveryCommandOfTheGatewayCamerasRecordersAndGates() {
        assertThat(REGISTRY.all().stream().map(CommandType::name))
                .contains(
                        "get_ip_config",
                        "get_dns_config",
                        "get_ntp_status",
                        "get_temperature",
                        "get_process_status",
                        "run_diagnostics",
                        "run_traceroute",
                        "get_update_status",
                        "camera_probe",
                        "camera_ptz_move",
                        "camera_reboot",
                        "get_recording_jobs",
                        "search_recordings",
                        "get_replay_uri",
                        "export_recording_clip",
                        "set_operation",
                        "gate_probe",
                        "get_history",
                        "stream_start");
        assertThat(REGISTRY.revision()).matches("[0-9a-f]{16}");
    }

    @Test
    void dangerousCommandsNeedASecondPersonAndAnEmergencyDoesNot() {
        CommandType operation = REGISTRY.find("set_operation").orElseThrow();
        assertThat(operation.approval(Map.of("operation", "inservice_entry"))).isEqualTo(Approval.SECOND_PERSON);
        assertThat(operation.approval(Map.of("operation", "emergency"))).isEqualTo(Approval.NONE);
        assertThat(operation.isBreakGlass(Map.of("operation", "emergency"))).isTrue();
        assertThat(REGISTRY.all()).allSatisfy(type -> {
            if (type.safety().compareTo(Safety.DISRUPTIVE) >= 0) {
                assertThat(type.approval()).isEqualTo(Approval.SECOND_PERSON);
            }
        });
    }

    @Test
    void aCommandForGatesMayAlsoGoToTheGatewayWhenAParameterNamesThem() {
        CommandType probe = REGISTRY.find("gate_probe").orElseThrow();
        assertThat(probe.accepts(DeviceType.GATE)).isTrue();
        assertThat(probe.accepts(DeviceType.EDGE_CONTROLLER)).isTrue();
        assertThat(probe.accepts(DeviceType.CAMERA)).isFalse();
        assertThat(REGISTRY.find("camera_probe").orElseThrow().accepts(DeviceType.EDGE_CONTROLLER))
                .isFalse();
    }

    @Test
    void parametersAreCheckedAgainstTheirSchema() {
        Schema schema = REGISTRY.find("set_operation").orElseThrow().parameters();
        assertThat(schema.validate(Map.of("operation", "emergency", "all", true)))
                .isEmpty();
        assertThat(schema.validate(Map.of("operation", "open", "speed", 3L)))
                .extracting(Problem::describe)
                .containsExactly(
                        "operation must be one of out_of_service, inservice_entry, inservice_exit, inservice_bidirect, "
                                + "station_close, emergency",
                        "speed is not known");
    }

    @Test
    void aMinimalRegistryIsRead() {
        assertThat(read(COMMAND).all()).extracting(CommandType::name).containsExactly("look");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "look"                       | "Look!"           | name must match
            "/1/0/1"                     | "1/0"             | path must match
            "operation": "R"             | "operation": "X"  | operation must be R, W or E
            "operation": "R"             | "operation": "W"  | what only reads must be idempotent
            "target": "GATE"             | "target": "TRAIN" | TRAIN
            "stepTimeoutSeconds": 5      | "stepTimeoutSeconds": 50 | stepTimeoutSeconds must not be above
            "timeoutSeconds": 10         | "timeoutSeconds": 0 | timeoutSeconds must be a whole number
            "safety": "READ_ONLY"        | "safety": "FINE"  | FINE
            "idempotent": true           | "idempotent": "yes" | idempotent must be true or false
            "idempotent": true           | "idempotent": true, "colour": 1 | colour is not known
            "idempotent": true           | "idempotent": true, "targetParameter": "x" | targetParameter must name
            , "th": "ดู"}, "help"        | }, "help"         | title must be given in en and th
            "properties": {}             | "properties": {"a": {"type": "string"}} | must have a title
            "properties": {}             | "properties": {"a": {"$ref": "#/$defs/b"}} | which is not there
            "properties": {}             | "oneOf": []       | oneOf is no keyword
            "properties": {}             | "required": ["a"] | names a property that is not there
            """)
    void aFaultyRegistryIsRefusedWithWhatIsWrong(String before, String after, String text) {
        assertThat(COMMAND).contains(before);
        assertThatThrownBy(() -> read(COMMAND.replace(before, after)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(text);
    }

    @Test
    void aCommandMayNotBeThereTwice() {
        assertThatThrownBy(() -> read(COMMAND + "," + COMMAND)).hasMessageContaining("its name is there twice");
        assertThatThrownBy(() -> read(COMMAND + "," + COMMAND.replace("\"look\"", "\"see\"")))
                .hasMessageContaining("command see: another command has its path and operation");
    }

    private static CommandRegistry read(String commands) {
        return CommandRegistry.read(
                ("{\"$defs\": {}, \"commands\": [" + commands + "]}").getBytes(StandardCharsets.UTF_8));
    }
}
