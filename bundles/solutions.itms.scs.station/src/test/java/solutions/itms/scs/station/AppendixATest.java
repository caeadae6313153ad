package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The examples of appendix A do what the document says when they are pasted into a shell as they are printed. */
class AppendixATest extends StationFixture {
    private static final Pattern EXAMPLE =
            Pattern.compile("(?m)^### (A\\.\\d+) .*\n\n```bash\n(curl [^`]*)\n```", Pattern.MULTILINE);
    private static final Pattern TIME = Pattern.compile("\\{\"ok\":true,\"nowUtc\":\"2025-08-15T14:56:34.000Z\","
            + "\"epochMs\":1755269794000,\"tz\":\"Asia/Bangkok\",\"offsetMinutes\":420}");

    @Test
    @DisplayName("X1 all eleven examples of appendix A run as printed, with the placeholders filled in")
    void allExamplesOfAppendixARunAsPrinted() throws Exception {
        Instant before = Clock.systemUTC().instant();
        Map<String, String> answers = new LinkedHashMap<>();
        Matcher examples =
                EXAMPLE.matcher(Files.readString(Path.of("../../docs/guide/gates.md"), StandardCharsets.UTF_8));
        while (examples.find()) {
            String command = examples.group(2)
                    .replace("{station_ip}", "127.0.0.1")
                    .replace("{heartbeat_port}", Integer.toString(station.port()));
            answers.put(examples.group(1), shell(command));
            if (examples.group(1).equals("A.1")) {
                assertThatTheTimeInQuotesIsTheGatesTime(before);
            }
        }
        assertThat(answers.keySet())
                .containsExactly("A.1", "A.2", "A.3", "A.4", "A.5", "A.6", "A.7", "A.8", "A.9", "A.10", "A.11");
        String ok = "{\"ok\":true}";
        assertThat(answers)
                .containsEntry("A.1", ok)
                .containsEntry("A.2", "{\"ok\":true,\"count\":3}")
                .containsEntry("A.4", "{\"ok\":true,\"operation\":null}")
                .containsEntry("A.5", ok)
                .containsEntry("A.7", "{\"ok\":true,\"aisleMode\":null}")
                .containsEntry("A.8", ok)
                .containsEntry("A.9", "{\"ok\":true,\"op\":\"inservice_entry\"}")
                .containsEntry("A.10", ok)
                .containsEntry("A.11", "{\"ok\":true,\"items\":[{\"id\":\"G1-01\",\"op\":\"inservice_bidirect\"}]}");
        assertThat(answers.get("A.6")).matches(TIME.pattern() + TIME.pattern());
        assertThat(answers.get("A.3"))
                .contains(
                        "{\"id\":\"G1-01\",\"deviceIp\":\"192.168.1.101\",\"status\":\"online\",\"lastHeartbeat\":",
                        "{\"id\":\"G1-02\",\"deviceIp\":\"192.168.1.102\",\"status\":\"maintenance\",\"lastHeartbeat\":"
                                + "\"2025-08-14T13:32:10Z\"",
                        "{\"id\":\"G1-03\",\"deviceIp\":\"192.168.1.103\",\"status\":\"fault\",\"lastHeartbeat\":"
                                + "\"2025-08-14T13:32:25Z\"");
    }

    /** Example A.1 sends {@code "ts":"'…'"}, with the shell's clock. */
    private void assertThatTheTimeInQuotesIsTheGatesTime(Instant before) {
        assertThat(station.gates().all())
                .singleElement()
                .satisfies(gate -> assertThat(gate.lastHeartbeat())
                        .isBetween(before.minusSeconds(1), before.plus(Duration.ofMinutes(1))));
    }

    private static String shell(String command) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(command).isTrue();
        assertThat(process.exitValue()).as("%s: %s", command, output).isZero();
        return output;
    }
}
