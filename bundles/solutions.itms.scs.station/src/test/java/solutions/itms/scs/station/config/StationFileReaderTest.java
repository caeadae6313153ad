package solutions.itms.scs.station.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.station.StationDeviceRules;
import solutions.itms.scs.station.config.ConfigOutcome.Loaded;
import solutions.itms.scs.station.config.StationFile.Environment;
import solutions.itms.scs.station.config.StationFile.StationName;
import solutions.itms.scs.station.log.Level;

class StationFileReaderTest {
    @Test
    @DisplayName("C18, C8, C11, C12: the reference configuration of appendix E loads unchanged")
    void theReferenceConfigurationLoadsUnchanged() {
        Loaded loaded = Fixtures.loaded(Fixtures.appendixE());
        assertThat(loaded.defaults()).isEmpty();
        assertThat(loaded.file())
                .isEqualTo(new StationFile(
                        Fixtures.FOLDER.resolve("database/app.sqlite"),
                        Path.of("/Users/wrung/Projects/sc-emv-gate/logs"),
                        Level.INFO,
                        14,
                        Environment.DEVELOPMENT,
                        false,
                        Path.of("/Users/wrung/Projects/sc-emv-gate/data"),
                        "192.168.1.100",
                        new StationName("SamYan", "สามย่าน"),
                        "13",
                        3070,
                        2222,
                        null,
                        List.of()));
    }

    @Test
    @DisplayName("L10, C3, C5, C6, C7, C13, C14: each default that is applied is named once")
    void eachDefaultThatIsAppliedIsNamed() {
        Loaded loaded =
                Fixtures.loaded("{\"logsPath\":\"logs\",\"deviceCommunicationPath\":\"data\",\"stationId\":\"13\","
                        + "\"stationName\":{\"en\":\"SamYan\",\"th\":\"สามย่าน\"}}");
        assertThat(loaded.defaults())
                .containsExactlyInAnyOrder(
                        "databasePath is not in the file: ./database/app.sqlite by default",
                        "stationIp is not in the file: 127.0.0.1 by default",
                        "logLevel is not in the file: info by default",
                        "logsRetentionDays is not in the file: 14 by default",
                        "environment is not in the file: development by default",
                        "fullScreen is not in the file: false by default",
                        "heartbeatPort is not in the file: 3070 by default",
                        "deviceProbePort is not in the file: 2222 by default");
        assertThat(loaded.file().logsPath()).isEqualTo(Fixtures.FOLDER.resolve("logs"));
        assertThat(loaded.file().heartbeatPort()).isEqualTo(3070);
        assertThat(loaded.file().zone()).isEqualTo(ZoneId.systemDefault());
    }

    @Test
    @DisplayName("C2: the file's value goes before the component's property, which goes before the default")
    void theFileGoesBeforeThePropertyWhichGoesBeforeTheDefault() {
        Map<String, Object> properties = PropertiesReader.byFileKeys(
                Map.of("port", 3071, "deviceProbePort", 22, "logLevel", "nonsense", "fullScreen", true));
        byte[] content = Fixtures.json(document("heartbeatPort", "logLevel", "fullScreen"))
                .getBytes(StandardCharsets.UTF_8);
        Loaded loaded =
                (Loaded) new StationFileReader(new StationDeviceRules()).read(content, Fixtures.FOLDER, properties);
        assertThat(loaded.file().heartbeatPort()).isEqualTo(3071);
        assertThat(loaded.file().deviceProbePort()).isEqualTo(2222);
        assertThat(loaded.file().logLevel()).isEqualTo(Level.INFO);
        assertThat(loaded.file().fullScreen()).isTrue();
        assertThat(loaded.defaults())
                .contains(
                        "heartbeatPort is not in the file: 3071 from the component's properties",
                        "logLevel is not in the file: info by default");
    }

    static Stream<Arguments> brokenRules() {
        List<Arguments> rules = new ArrayList<>();
        for (String key : List.of("logsPath", "deviceCommunicationPath", "stationName", "stationId")) {
            rules.add(Arguments.of(Fixtures.with(key, null), "$." + key + ": is missing (required)"));
        }
        for (String key : List.of("databasePath", "logsPath", "deviceCommunicationPath", "stationIp", "stationId")) {
            rules.add(Arguments.of(Fixtures.with(key, 13), "$." + key + ": must be a string, is 13 (type)"));
            rules.add(
                    Arguments.of(Fixtures.with(key, JsonText.NULL), "$." + key + ": must be a string, is null (type)"));
        }
        for (String key : List.of("heartbeatPort", "deviceProbePort")) {
            rules.add(Arguments.of(Fixtures.with(key, 0), "$." + key + ": must be 1 or more, is 0 (minimum)"));
            rules.add(Arguments.of(
                    Fixtures.with(key, 65536), "$." + key + ": must be 65535 or less, is 65536 (maximum)"));
            rules.add(Arguments.of(Fixtures.with(key, 1.5), "$." + key + ": must be an integer, is 1.5 (type)"));
        }
        Map<String, Object> device = Map.of("id", "G1", "ip", "10.0.0.1", "side", "west");
        rules.addAll(List.of(
                Arguments.of("[]", "$: must be an object, is an array (type)"),
                Arguments.of(
                        Fixtures.with("logLevel", "INFO"),
                        "$.logLevel: must be one of error, warn, info, debug, trace, is \"INFO\" (enum)"),
                Arguments.of(
                        Fixtures.with("environment", "test"),
                        "$.environment: must be one of development, production, is \"test\" (enum)"),
                Arguments.of(
                        Fixtures.with("logsRetentionDays", 0),
                        "$.logsRetentionDays: must be 1 or more, is 0 (minimum)"),
                Arguments.of(
                        Fixtures.with("fullScreen", "true"), "$.fullScreen: must be a boolean, is \"true\" (type)"),
                Arguments.of(
                        Fixtures.with("stationName", Map.of("en", "SamYan")),
                        "$.stationName.th: is missing (required)"),
                Arguments.of(
                        Fixtures.with("stationName", Map.of("en", "SamYan", "th", "สามย่าน", "lo", "x")),
                        "$.stationName.lo: is an unknown key (additionalProperties)"),
                Arguments.of(
                        Fixtures.with("time", Map.of("zone", "UTC")),
                        "$.time.zone: is an unknown key (additionalProperties)"),
                Arguments.of(
                        Fixtures.with("stale after", 30), "$['stale after']: is an unknown key (additionalProperties)"),
                Arguments.of(Fixtures.with("devices", Map.of()), "$.devices: must be an array, is an object (type)"),
                Arguments.of(
                        Fixtures.with("devices", List.of(device)),
                        "$.devices[0].side: must be one of north, south, is \"west\" (enum)"),
                Arguments.of(
                        Fixtures.with("devices", List.of(Map.of("id", "G1"))),
                        "$.devices[0].ip: is missing (required)"),
                Arguments.of(
                        Fixtures.with("devices", List.of(Map.of("id", "G1", "ip", "10.0.0.1", "mac", "x"))),
                        "$.devices[0].mac: is an unknown key (additionalProperties)")));
        return rules.stream();
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    @DisplayName("C2, C4, C5, C6, C7, C13, C14, C17: each rule of the schema names the key and the rule")
    void eachRuleNamesItsKey(String text, String problem) {
        assertThat(Fixtures.problems(text)).containsExactly(problem);
    }

    static Stream<Arguments> brokenReadings() {
        return Stream.of(
                Arguments.of(
                        "stationIp", "192.168.1.300", "$.stationIp: must be an IPv4 or IPv6 address or a host name"),
                Arguments.of("stationIp", "http://sc", "$.stationIp: must be an IPv4 or IPv6 address or a host name"),
                Arguments.of("stationId", " ", "$.stationId: must not be blank"),
                Arguments.of("logsPath", "", "$.logsPath: must not be blank"),
                Arguments.of(
                        "time", Map.of("tz", "Asia/Samyan"), "$.time.tz: is no IANA time zone, such as Asia/Bangkok"),
                Arguments.of("time", Map.of("tz", "+07:00"), "$.time.tz: is no IANA time zone, such as Asia/Bangkok"),
                Arguments.of(
                        "devices",
                        List.of(Map.of("id", "G1", "ip", "gate-1")),
                        "$.devices[0].ip: must be an IPv4 or IPv6 address"),
                Arguments.of(
                        "devices",
                        List.of(Map.of("id", "", "ip", "10.0.0.1")),
                        "$.devices[0].id: must have 1 to 64 printable characters"),
                Arguments.of(
                        "devices",
                        List.of(
                                Map.of("id", "G1", "ip", "10.0.0.1"),
                                Map.of("id", "G2", "ip", "10.0.0.2"),
                                Map.of("id", "G1", "ip", "10.0.0.3")),
                        "$.devices[2].id: is the same as that of $.devices[0]"));
    }

    @ParameterizedTest
    @MethodSource("brokenReadings")
    @DisplayName("C10, C12, C15, C16: what the schema can't say is an error, too")
    void whatTheSchemaCannotSayIsAnErrorToo(String key, Object value, String problem) {
        assertThat(Fixtures.problems(Fixtures.with(key, value))).containsExactly(problem + " (reading)");
    }

    @Test
    @DisplayName("C2: all problems are listed, not the first alone")
    void allProblemsAreListed() {
        Map<String, Object> document = Fixtures.document();
        document.remove("stationId");
        document.put("logLevel", "loud");
        document.put("heartbeatPort", 70000);
        document.put("mood", "good");
        assertThat(Fixtures.problems(Fixtures.json(document))).hasSize(4);
        document.put("devices", java.util.Collections.nCopies(10_000, "gate"));
        assertThat(Fixtures.problems(Fixtures.json(document))).hasSize(Schema.MAX_PROBLEMS);
    }

    @Test
    @DisplayName("C16, C15, C10: devices, a time zone and a host name are taken")
    void devicesATimeZoneAndAHostNameAreTaken() {
        Map<String, Object> document = Fixtures.document();
        document.put("time", Map.of("tz", "Asia/Bangkok"));
        document.put("stationIp", "sc-13.bem.local");
        document.put(
                "devices",
                List.of(
                        Map.of("id", "G1-01", "ip", "192.168.1.101", "gateId", "G1", "side", "north", "type", "entry"),
                        Map.of("id", "ประตู ๑", "ip", "2001:DB8::0:1")));
        StationFile file = Fixtures.loaded(Fixtures.json(document)).file();
        assertThat(file.zone()).isEqualTo(ZoneId.of("Asia/Bangkok"));
        assertThat(file.stationIp()).isEqualTo("sc-13.bem.local");
        assertThat(file.devices())
                .containsExactly(
                        new DeviceSeed("G1-01", "192.168.1.101", "G1", "north", "entry"),
                        new DeviceSeed("ประตู ๑", "2001:db8::1", null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":1,}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{} {}",
                "// x\n{}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":01}"
            })
    @DisplayName("C2: the syntax is strict JSON")
    void theSyntaxIsStrict(String text) {
        assertThat(Fixtures.problems(text))
                .singleElement()
                .asString()
                .startsWith("$: ")
                .endsWith("(json)");
    }

    @Test
    @DisplayName("C11: the file is UTF-8, with or without a byte order mark")
    void theFileIsUtf8() {
        assertThat(Fixtures.loaded("\uFEFF" + Fixtures.appendixE())
                        .file()
                        .stationName()
                        .th())
                .isEqualTo("สามย่าน");
        assertThat(Fixtures.read(Fixtures.appendixE().getBytes(java.nio.charset.Charset.forName("TIS-620"))))
                .hasToString("Refused[problems=[$: is not UTF-8 text (json)]]");
    }

    @Test
    @DisplayName("C2: deep, long and huge things are refused, not suffered")
    void hugeThingsAreRefused() {
        assertThat(Fixtures.problems("[".repeat(100_000))).hasSize(1);
        assertThat(Fixtures.problems(Fixtures.with("stationId", "x".repeat(100_000))))
                .hasSize(1);
        assertThat(Fixtures.problems(Fixtures.appendixE().replace("3070", "1e999999")))
                .hasSize(1);
        assertThat(Fixtures.loaded(Fixtures.appendixE().replace(" 14,", " 1e9999,"))
                        .file()
                        .logsRetentionDays())
                .isEqualTo(65_535);
    }

    @Test
    @DisplayName("L3, N3: fewer than 14 days in production and a probe port other than 22 are warned of")
    void doubtfulValuesAreWarnedOf() {
        Map<String, Object> document = Fixtures.document();
        document.put("logsRetentionDays", 13);
        assertThat(Fixtures.loaded(Fixtures.json(document)).warnings())
                .containsExactly("deviceProbePort is 2222, not 22: the firewall must let the station reach the gates"
                        + " on that port");
        document.put("environment", "production");
        document.put("deviceProbePort", 22);
        assertThat(Fixtures.loaded(Fixtures.json(document)).warnings())
                .containsExactly("logsRetentionDays is 13: in production keep logs for 14 days");
    }

    private static Map<String, Object> document(String... without) {
        Map<String, Object> document = Fixtures.document();
        List.of(without).forEach(document::remove);
        return document;
    }
}
