package solutions.itms.scs.station.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.testkit.ManualClock;

class HttpLogTest {
    @TempDir
    Path directory;

    private LogFiles files;
    private HttpLog log;

    @BeforeEach
    void open() {
        LogAlarm none = new LogAlarm() {
            @Override
            public void raised(String text) {
                throw new AssertionError(text);
            }

            @Override
            public void cleared(String text) {
                throw new AssertionError(text);
            }
        };
        files = new LogFiles(directory, settings(Level.INFO), new ManualClock("2025-08-14T08:00:00Z"), none);
        log = new HttpLog(files);
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    @DisplayName("L7, F36: heartbeats are a line for each device and minute at info")
    void heartbeatsAreALineForEachDeviceAndMinute() throws IOException {
        for (int i = 0; i < 12; i++) {
            log.answered("POST", "/hb", "10.0.0.1", 200, 900 + i * 100, "G1");
            log.answered("POST", "/hb", "10.0.0.2", 200, 500, "G2");
            log.answered("GET", "/operation/G1", "10.0.0.1", 200, 300, "G1");
        }
        log.summarise();
        log.summarise();
        assertThat(lines())
                .containsExactly(
                        "info 13 Heartbeats of G1: 12 answered with 200, the slowest in 2.0 ms",
                        "info 13 Heartbeats of G2: 12 answered with 200, the slowest in 0.5 ms",
                        "info 13 Reads by 10.0.0.1: 12 answered with 200, the slowest in 0.3 ms");
    }

    @Test
    @DisplayName("L7: at debug every request is a line")
    void atDebugEveryRequestIsALine() throws IOException {
        files.configure(settings(Level.DEBUG));
        log.answered("POST", "/hb", "10.0.0.1", 200, 900, "G1");
        log.answered("POST", "/operation/G1", "10.0.0.9", 200, 1_500, "G1");
        assertThat(lines())
                .containsExactly(
                        "debug 13 POST /hb by 10.0.0.1 of G1 answered with 200 in 0.9 ms",
                        "info 13 POST /operation/G1 by 10.0.0.9 of G1 answered with 200 in 1.5 ms");
    }

    @Test
    @DisplayName("L9, S6: a refusal is said once and its repetitions are counted")
    void aRefusalIsSaidOnceAndCounted() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            log.answered("POST", "/hb", "10.9.9.9", 403, 100, "G1");
        }
        log.answered("GET", "/x\n2025", null, 404, 100, null);
        log.answered("POST", "/hb", "10.0.0.1", 500, 100, "G1");
        log.summarise();
        assertThat(lines())
                .containsExactly(
                        "warn 13 POST /hb by 10.9.9.9 of G1 refused with 403",
                        "warn 13 GET /x\\n2025 by unknown refused with 404",
                        "error 13 POST /hb by 10.0.0.1 of G1 refused with 500",
                        "warn 13 POST /hb by 10.9.9.9 of G1 refused with 403: repeated 999 times");
    }

    @Test
    @DisplayName("L9: made-up paths and ids fill neither the log nor the memory")
    void madeUpPathsAreCountedTogether() throws IOException {
        for (int i = 0; i < 5_000; i++) {
            log.answered("GET", "/" + i, "10.9.9.9", 404, 100, null);
        }
        for (int i = 0; i < 12_000; i++) {
            log.answered("POST", "/hb", "10.9.9.9", 200, 100, "G" + i);
        }
        log.summarise();
        List<String> lines = lines();
        assertThat(lines).hasSize(1_000 + 1 + 10_000 + 1);
        assertThat(lines)
                .contains(
                        "warn 13 other requests: repeated 4000 times",
                        "info 13 Other requests: 2000 answered with 200, the slowest in 0.1 ms");
    }

    private List<String> lines() throws IOException {
        files.flush();
        Path file = directory.resolve("http/2025-08-14.log");
        return Files.readAllLines(file).stream()
                .map(line -> line.substring("2025-08-14T08:00:00.000+00:00 ".length()))
                .toList();
    }

    private static LogSettings settings(Level level) {
        return new LogSettings(ZoneOffset.UTC, "13", level, 14, 10_000_000);
    }
}
