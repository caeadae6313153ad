package solutions.itms.scs.station.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.station.StationDeviceRules;
import solutions.itms.scs.station.config.StationFile.Environment;
import solutions.itms.scs.station.config.StationFile.StationName;
import solutions.itms.scs.station.log.Level;

class PropertiesReaderTest {
    private final PropertiesReader reader = new PropertiesReader(new StationFileReader(new StationDeviceRules()));

    @Test
    @DisplayName("C1: without a file and without properties the station has its defaults")
    void nothingGivesTheDefaults() {
        Options options = new Options(Map.of());
        StationFile file = reader.read(options, Fixtures.FOLDER);
        assertThat(options.problems()).isEmpty();
        assertThat(file.logsPath()).isEqualTo(Fixtures.FOLDER.resolve("logs"));
        assertThat(file.deviceCommunicationPath()).isEqualTo(Fixtures.FOLDER.resolve("devices"));
        assertThat(file.heartbeatPort()).isEqualTo(3070);
        assertThat(file.deviceProbePort()).isEqualTo(2222);
        assertThat(file.logsRetentionDays()).isEqualTo(14);
        assertThat(file.logLevel()).isEqualTo(Level.INFO);
        assertThat(file.environment()).isEqualTo(Environment.DEVELOPMENT);
        assertThat(file.stationIp()).isEqualTo("127.0.0.1");
        assertThat(file.stationId()).isEmpty();
        assertThat(file.tz()).isNull();
        assertThat(file.devices()).isEmpty();
    }

    @Test
    @DisplayName("C8, C11, C12, C15, C16: each property is read")
    void eachPropertyIsRead() {
        Options options = new Options(Map.ofEntries(
                Map.entry("logsPath", "/var/log/station"),
                Map.entry("logLevel", "debug"),
                Map.entry("logsRetentionDays", 30),
                Map.entry("environment", "production"),
                Map.entry("fullScreen", true),
                Map.entry("deviceCommunicationPath", "exchange"),
                Map.entry("stationIp", "192.168.1.100"),
                Map.entry("stationName.en", "SamYan"),
                Map.entry("stationName.th", "สามย่าน"),
                Map.entry("stationId", "13"),
                Map.entry("port", 3071),
                Map.entry("deviceProbePort", 22),
                Map.entry("time.tz", "Asia/Bangkok"),
                Map.entry("devices", "[{\"id\":\"G1\",\"ip\":\"10.0.0.1\"}]")));
        StationFile file = reader.read(options, Fixtures.FOLDER);
        assertThat(options.problems()).isEmpty();
        assertThat(file.logsPath()).hasToString("/var/log/station");
        assertThat(file.logLevel()).isEqualTo(Level.DEBUG);
        assertThat(file.logsRetentionDays()).isEqualTo(30);
        assertThat(file.environment()).isEqualTo(Environment.PRODUCTION);
        assertThat(file.fullScreen()).isTrue();
        assertThat(file.deviceCommunicationPath()).isEqualTo(Fixtures.FOLDER.resolve("exchange"));
        assertThat(file.stationIp()).isEqualTo("192.168.1.100");
        assertThat(file.stationName()).isEqualTo(new StationName("SamYan", "สามย่าน"));
        assertThat(file.stationId()).isEqualTo("13");
        assertThat(file.heartbeatPort()).isEqualTo(3071);
        assertThat(file.deviceProbePort()).isEqualTo(22);
        assertThat(file.zone()).hasToString("Asia/Bangkok");
        assertThat(file.devices()).containsExactly(new DeviceSeed("G1", "10.0.0.1", null, null, null));
    }

    @Test
    @DisplayName("C16: wrong properties are reported and replaced, and sound devices stay")
    void wrongPropertiesAreReplaced() {
        Options options = new Options(Map.of(
                "logLevel", "loud",
                "environment", "moon",
                "stationIp", "1.2.3",
                "time.tz", "Mars/Base",
                "logsRetentionDays", 0,
                "devices", "[{\"id\":\"G1\",\"ip\":\"10.0.0.1\"},{\"id\":\"G2\"},{\"id\":\"G3\",\"ip\":\"x\"},7]"));
        StationFile file = reader.read(options, Fixtures.FOLDER);
        assertThat(options.problems()).hasSize(8);
        assertThat(file.stationIp()).isEqualTo("127.0.0.1");
        assertThat(file.tz()).isNull();
        assertThat(file.devices()).hasSize(1);
        Options noJson = new Options(Map.of("devices", "G1, G2"));
        assertThat(reader.read(noJson, Fixtures.FOLDER).devices()).isEmpty();
        assertThat(noJson.problems()).hasSize(1);
    }
}
