package solutions.itms.scs.station.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.testkit.ManualClock;

class LogFilesTest {
    private static final LogSettings SETTINGS =
            new LogSettings(ZoneId.of("Asia/Bangkok"), "13", Level.INFO, 14, LogSettings.DEFAULT_MAX_BYTES);

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock("2025-08-14T16:59:59.999Z");
    private final List<String> alarms = new CopyOnWriteArrayList<>();
    private Path root;
    private LogFiles log;

    @BeforeEach
    void open() {
        root = directory.resolve("logs");
        log = start(SETTINGS);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    @DisplayName("L6, L7, L8: each kind of line has its folder and its file, in UTF-8")
    void eachKindHasItsFile() throws IOException {
        log.app(Level.INFO, "สามย่าน");
        log.http(Level.WARN, "refused");
        log.device("G1/01", Level.ERROR, "fault");
        log.flush();
        assertThat(names()).containsExactly("app/2025-08-14.log", "devices/%471%2f01.log", "http/2025-08-14.log");
        assertThat(text("app/2025-08-14.log")).isEqualTo("2025-08-14T23:59:59.999+07:00 info 13 สามย่าน\n");
        assertThat(text("devices/%471%2f01.log")).contains(" error 13 fault");
    }

    @Test
    @DisplayName("S1: only the owner writes and only the group reads")
    void onlyTheOwnerWrites() throws IOException {
        log.app(Level.INFO, "x");
        log.flush();
        assertThat(permissions(root)).isEqualTo("rwxr-x---");
        assertThat(permissions(root.resolve("app"))).isEqualTo("rwxr-x---");
        assertThat(permissions(root.resolve("app/2025-08-14.log"))).isEqualTo("rw-r-----");
    }

    @Test
    @DisplayName("L4: the day ends at midnight of the station, 17:00 UTC, and finished files are compressed")
    void theDayEndsAtMidnightOfTheStation() throws IOException {
        log.app(Level.INFO, "before");
        log.device("g1", Level.INFO, "before");
        log.flush();
        clock.set("2025-08-14T17:00:00Z");
        log.app(Level.INFO, "after");
        log.device("g1", Level.INFO, "after");
        log.tick();
        assertThat(names())
                .containsExactly(
                        "app/2025-08-14.log.gz",
                        "app/2025-08-15.log",
                        "devices/g1.2025-08-14.log.gz",
                        "devices/g1.log");
        assertThat(text("app/2025-08-14.log.gz")).contains("before").doesNotContain("after");
        assertThat(text("app/2025-08-15.log")).isEqualTo("2025-08-15T00:00:00.000+07:00 info 13 after\n");
        assertThat(text("devices/g1.log")).contains("after").doesNotContain("before");
        assertThat(permissions(root.resolve("app/2025-08-14.log.gz"))).isEqualTo("rw-r-----");
        clock.set("2025-08-15T00:00:00Z");
        log.tick();
        assertThat(names()).contains("devices/g1.log", "app/2025-08-15.log");
    }

    @Test
    @DisplayName("L4, L8: midnight comes for an idle device and after a restart, too")
    void midnightComesForAnIdleDevice() throws IOException {
        log.device("g1", Level.INFO, "before");
        log.close();
        clock.set("2025-08-15T17:00:00Z");
        log = start(SETTINGS);
        log.tick();
        assertThat(names()).containsExactly("devices/g1.2025-08-14.log.gz");
    }

    @Test
    @DisplayName("L3, C6: files older than the retention go at the start and at midnight, also when idle")
    void oldFilesGoAlsoWhenIdle() throws IOException {
        for (int day = 1; day <= 14; day++) {
            put("app/2025-08-%02d.log.gz".formatted(day), "x");
            put("devices/g1.2025-08-%02d.log.gz".formatted(day), "x");
        }
        put("app/2025-07-30.log.gz", "x");
        put("app/2025-07-31.log.gz", "x");
        put("app/notes.txt", "not the log's");
        log.tick();
        assertThat(names()).contains("app/2025-07-31.log.gz").doesNotContain("app/2025-07-30.log.gz");
        clock.advance(Duration.ofDays(1));
        log.tick();
        assertThat(names()).contains("app/2025-08-01.log.gz").doesNotContain("app/2025-07-31.log.gz");
        log.configure(with(Level.INFO, 3, LogSettings.DEFAULT_MAX_BYTES));
        log.tick();
        assertThat(names())
                .containsExactly(
                        "app/2025-08-12.log.gz",
                        "app/2025-08-13.log.gz",
                        "app/2025-08-14.log.gz",
                        "app/notes.txt",
                        "devices/g1.2025-08-12.log.gz",
                        "devices/g1.2025-08-13.log.gz",
                        "devices/g1.2025-08-14.log.gz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:10Z", "2099-12-31T00:00:00Z", "2025-09-20T00:00:00Z"})
    @DisplayName("L3, F40: nothing goes while the date can't be believed, also after a restart")
    void nothingGoesWhileTheDateCannotBeBelieved(String wrong) throws IOException {
        put("app/2025-08-14.log.gz", "x");
        log.tick();
        clock.set(wrong);
        log.tick();
        log.close();
        log = start(SETTINGS);
        log.tick();
        assertThat(names()).contains("app/2025-08-14.log.gz");
        clock.set("2025-08-15T00:00:00Z");
        log.tick();
        assertThat(names()).contains("app/2025-08-14.log.gz");
    }

    @Test
    @DisplayName("L3: after a week without power the next midnight removes what is old")
    void afterAWeekWithoutPowerTheNextMidnightRemoves() throws IOException {
        put("app/2025-08-14.log.gz", "x");
        log.tick();
        clock.advance(Duration.ofDays(30));
        log.tick();
        assertThat(names()).contains("app/2025-08-14.log.gz");
        clock.advance(Duration.ofDays(1));
        log.tick();
        assertThat(names()).doesNotContain("app/2025-08-14.log.gz");
    }

    @Test
    @DisplayName("F40: logs of a folder that no run remembers survive a first start in 2099")
    void logsSurviveAFirstStartInTheFuture() throws IOException {
        put("app/2025-08-14.log.gz", "x");
        clock.set("2099-01-01T00:00:00Z");
        log.tick();
        assertThat(names()).contains("app/2025-08-14.log.gz");
    }

    @Test
    @DisplayName("F36: the size of all wins over the days, and the oldest go first")
    void theSizeOfAllWinsOverTheDays() throws IOException {
        for (int day = 10; day <= 13; day++) {
            put("app/2025-08-%02d.log.gz".formatted(day), "x".repeat(1_000));
        }
        log.configure(with(Level.INFO, 14, 2_500));
        log.tick();
        assertThat(names()).containsExactly("app/2025-08-12.log.gz", "app/2025-08-13.log.gz");
        assertThat(alarms).isEmpty();
    }

    @Test
    @DisplayName("F36: a day that grows too large is finished in parts, of which the newest stay")
    void aDayThatGrowsTooLargeIsFinishedInParts() throws IOException {
        log.configure(with(Level.INFO, 14, 80_000));
        for (int i = 0; i < 300; i++) {
            log.app(Level.INFO, i + " " + "x".repeat(1_000));
            log.device("g1", Level.INFO, i + " " + "x".repeat(1_000));
            log.flush();
            if (i % 5 == 0) {
                log.tick();
            }
        }
        log.tick();
        assertThat(names()).contains("app/2025-08-14.part.log.gz", "devices/g1.2025-08-14.log.gz");
        assertThat(size()).isLessThan(80_000);
        String all = text("app/2025-08-14.part.log.gz")
                + (names().contains("app/2025-08-14.log") ? text("app/2025-08-14.log") : "");
        assertThat(all.lines()).hasSize(300);
    }

    @Test
    @DisplayName("F36: files that may not be removed and are too large raise one alarm")
    void whatMayNotBeRemovedRaisesOneAlarm() throws IOException {
        put("devices/g1.log", "2025-08-14T23:59:59.999+07:00 info 13 x\n".repeat(100));
        log.configure(with(Level.INFO, 14, 1_000));
        log.tick();
        log.tick();
        assertThat(alarms).singleElement().asString().startsWith("raised The logs of today alone");
        log.configure(SETTINGS);
        log.tick();
        assertThat(alarms).last().asString().startsWith("cleared");
    }

    @Test
    @DisplayName("F36: a disk that can't be written raises one alarm, costs counted lines, and recovers")
    void aDiskThatCannotBeWrittenRaisesOneAlarm() throws IOException {
        put("app", "a file in the folder's place");
        for (int i = 0; i < 10; i++) {
            log.app(Level.INFO, "lost");
            log.flush();
            log.tick();
        }
        assertThat(alarms).singleElement().asString().startsWith("raised Logs can't be written");
        Files.delete(root.resolve("app"));
        log.tick();
        assertThat(alarms).last().isEqualTo("cleared Logs are written again; 10 lines were lost");
        log.app(Level.INFO, "again");
        log.flush();
        assertThat(text("app/2025-08-14.log")).contains("10 lines were lost").contains("again");
    }

    @Test
    @DisplayName("C5: the level changes at run time")
    void theLevelChangesAtRunTime() throws IOException {
        log.app(Level.DEBUG, "one");
        log.configure(with(Level.TRACE, 14, LogSettings.DEFAULT_MAX_BYTES));
        log.app(Level.TRACE, "two");
        log.configure(with(Level.ERROR, 14, LogSettings.DEFAULT_MAX_BYTES));
        log.app(Level.WARN, "three");
        log.app(Level.ERROR, "four");
        log.flush();
        assertThat(text("app/2025-08-14.log").lines().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                .containsExactly("two", "four");
    }

    @Test
    @DisplayName("C15: the time zone changes at run time")
    void theTimeZoneChangesAtRunTime() throws IOException {
        log.configure(new LogSettings(ZoneId.of("Pacific/Auckland"), "", Level.INFO, 14, 1_000_000));
        log.app(Level.INFO, "x");
        log.flush();
        assertThat(text("app/2025-08-15.log")).startsWith("2025-08-15T04:59:59.999+12:00 info - x");
    }

    @Test
    void moreDevicesThanOpenFilesAreWritten() throws IOException {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 200; i++) {
                log.device("g" + i, Level.INFO, "round " + round);
            }
            log.flush();
        }
        assertThat(names()).hasSize(200);
        assertThat(text("devices/g7.log").lines()).hasSize(2);
    }

    @Test
    void aFileThatSomebodyRemovesIsMadeAgain() throws IOException {
        log.app(Level.INFO, "one");
        log.flush();
        Files.delete(root.resolve("app/2025-08-14.log"));
        log.app(Level.INFO, "two");
        log.flush();
        assertThat(text("app/2025-08-14.log")).contains("two");
    }

    @Test
    @DisplayName("L5: the screen lists files and opens those alone")
    void theScreenListsFilesAndOpensThoseAlone() throws IOException {
        put("http/2025-08-13.log.gz", "x");
        put("app/secret.txt", "no log");
        put("devices/%63on.2025-13-45.log", "no date");
        Files.writeString(directory.resolve("outside.log"), "secret");
        Files.createSymbolicLink(root.resolve("devices/link.log"), directory.resolve("outside.log"));
        log.app(Level.INFO, "x");
        log.flush();
        assertThat(log.reader().list().stream().map(LogFile::path))
                .containsExactly("app/2025-08-14.log", "http/2025-08-13.log.gz");
        try (InputStream in = log.reader().open("app/2025-08-14.log")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).endsWith(" x\n");
        }
        for (String path : List.of(
                "../outside.log",
                "app/../../outside.log",
                "devices/link.log",
                "app/secret.txt",
                "",
                "app",
                "/etc/passwd",
                "app//2025-08-14.log",
                "APP/2025-08-14.log",
                "app\\2025-08-14.log",
                "app/2025-08-14.log\u0000")) {
            assertThatThrownBy(() -> log.reader().open(path)).as(path).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    @DisplayName("L8: the last lines of a device's file can be read")
    void theLastLinesOfADeviceCanBeRead() throws IOException {
        assertThat(log.reader().tail("../x", 10)).isEmpty();
        for (int i = 0; i < 3_000; i++) {
            log.device("ประตู", Level.INFO, "line " + i + " " + "ก".repeat(30));
        }
        log.flush();
        assertThat(log.reader().tail("ประตู", 2)).hasSize(2).last().asString().contains("line 2999");
        assertThat(log.reader().tail("ประตู", 100_000))
                .hasSizeBetween(500, 1_500)
                .allMatch(line -> line.matches("2025-08-14T23:59:59\\.999\\+07:00 info 13 line \\d+ ก{30}"));
    }

    @Test
    void nothingIsWrittenAfterTheEnd() throws IOException {
        log.app(Level.INFO, "last");
        log.close();
        log.app(Level.INFO, "late");
        log.tick();
        assertThat(text("app/2025-08-14.log")).contains("last").doesNotContain("late");
        assertThat(log.dropped()).isEqualTo(1);
    }

    private LogFiles start(LogSettings settings) {
        return new LogFiles(root, settings, clock, new LogAlarm() {
            @Override
            public void raised(String text) {
                alarms.add("raised " + text);
            }

            @Override
            public void cleared(String text) {
                alarms.add("cleared " + text);
            }
        });
    }

    private static LogSettings with(Level level, int days, long maxBytes) {
        return new LogSettings(SETTINGS.zone(), "13", level, days, maxBytes);
    }

    private void put(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }

    /** All files but those that the log keeps for itself. */
    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private long size() throws IOException {
        return log.reader().list().stream().mapToLong(LogFile::bytes).sum();
    }

    private String text(String path) throws IOException {
        try (InputStream raw = Files.newInputStream(root.resolve(path));
                InputStream in = path.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
