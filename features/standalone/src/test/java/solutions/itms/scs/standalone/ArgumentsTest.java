package solutions.itms.scs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentsTest {
    @TempDir
    Path directory;

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverFiles() throws Exception {
        Files.writeString(
                directory.resolve("gateway.properties"),
                "# a comment\n\nsolutions.itms.scs.station/port=1111\nsolutions.itms.scs.station/time.tz=Asia/Bangkok\nx/a=1\n");
        Path extra = Files.writeString(directory.resolve("extra"), "x/a=2\nx/b=2\n");
        Arguments arguments = Arguments.parse(
                new String[] {"--data", directory.toString(), "--config", extra.toString(), "--set", "x/c=4"},
                Map.of("SCS_STATION_PORT", "2222", "SCS_SET", "x/b=3\nx/c=3"));
        assertThat(arguments.stationPort()).isEqualTo(2222);
        assertThat(arguments.configuration().pids())
                .containsEntry("x", Map.of("a", "2", "b", "3", "c", "4"))
                .containsEntry("solutions.itms.scs.station", Map.of("port", "2222", "time.tz", "Asia/Bangkok"));
    }

    @Test
    void anInstanceAndAValueWithSlashesAndEqualSignsAreUnderstood() throws Exception {
        Configuration configuration = new Configuration();
        configuration.add("a.b.Endpoint~scs/broker.url=ssl://host:8883/?a=b");
        assertThat(configuration.get("a.b.Endpoint~scs", "broker.url", "")).isEqualTo("ssl://host:8883/?a=b");
    }

    @Test
    void aWrongLineIsNamedWithItsFileAndWithoutItsValue() throws Exception {
        Path file = Files.writeString(directory.resolve("wrong"), "a/b=c\npassword=secret\n");
        assertThatThrownBy(() -> Arguments.parse(new String[] {"--config", file.toString()}, Map.of()))
                .hasMessageContaining("wrong, line 2", "'password' is not of the form pid/key=value")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aPortThatIsNoneAnUnknownOptionAndAMissingValueAreRefused() {
        assertThatThrownBy(() -> Arguments.parse(new String[] {"--station-port", "70000"}, Map.of()))
                .hasMessageContaining("--station-port must be 1 to 65535, not '70000'");
        assertThatThrownBy(() -> Arguments.parse(new String[] {"--port", "1"}, Map.of()))
                .hasMessageContaining("unknown option --port");
        assertThatThrownBy(() -> Arguments.parse(new String[] {"--data"}, Map.of()))
                .hasMessageContaining("option --data needs a value");
    }
}
