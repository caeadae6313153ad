package solutions.itms.scs.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.ssh.logs.Budget;
import solutions.itms.scs.ssh.logs.Catalogue;
import solutions.itms.scs.ssh.logs.Collected;
import solutions.itms.scs.ssh.logs.LogBundle;
import solutions.itms.scs.ssh.logs.LogCollector;
import solutions.itms.scs.ssh.logs.LogStore;
import solutions.itms.scs.ssh.logs.PathPattern;
import solutions.itms.scs.ssh.logs.SftpFiles;
import solutions.itms.scs.store.FileStores;
import solutions.itms.scs.testkit.ManualClock;

/** Logs of a gate with a stock OpenSSH server, over SFTP. */
class LogCollectionTest {
    private static final long MEGABYTE = 1024L * 1024;

    @TempDir
    Path directory;

    private final ScheduledExecutorService watchdogs = Executors.newSingleThreadScheduledExecutor();
    private final ManualClock clock = new ManualClock(Instant.now().toString());
    private OpenSshGate gate;
    private HostKeys hostKeys;
    private LogStore store;
    private GateConnections connections;
    private Path logs;

    @BeforeEach
    void start() throws Exception {
        gate = OpenSshGate.start(directory.resolve("gate"), "");
        logs = Files.createDirectories(directory.resolve("var/log/gate"));
        hostKeys = HostKeys.open(new FileStores(directory.resolve("db"), clock), Map.of(), true, clock);
        store = LogStore.open(new FileStores(directory.resolve("db"), clock), clock);
        connections = new GateConnections(hostKeys, gate.login(), LevelLimits.NONE, watchdogs);
    }

    @AfterEach
    void stop() throws Exception {
        connections.stop();
        watchdogs.shutdownNow();
        store.close();
        hostKeys.close();
        gate.close();
    }

    @Test
    void eachLineComesOnceHoweverOftenItIsCollected() throws Exception {
        append("app.log", "one\ntwo\n");
        assertThat(collect().bytes()).isEqualTo(8);
        append("app.log", "three\n");
        assertThat(collect().bytes()).isEqualTo(6);
        assertThat(collect()).isEqualTo(new Collected(0, 0, true, List.of(), List.of()));
        assertThat(bundle()).containsEntry(entry("app.log"), "one\ntwo\nthree\n");
    }

    @Test
    void rotationAndCompressionNeitherLoseNorRepeatALine() throws Exception {
        append("app.log", lines(0, 1_000));
        collect();
        append("app.log", lines(1_000, 1_200));
        Files.move(logs.resolve("app.log"), logs.resolve("app.log.1"));
        append("app.log", lines(1_200, 1_300));
        collect();
        append("app.log", lines(1_300, 1_400));
        compress("app.log.1", "app.log.2.gz");
        Files.move(logs.resolve("app.log"), logs.resolve("app.log.1"));
        append("app.log.1", lines(1_400, 1_500));
        append("app.log", lines(1_500, 1_600));
        collect();
        compress("app.log.1", "app.log.1.gz");
        collect();
        assertThat(allLines())
                .containsExactlyInAnyOrderElementsOf(lines(0, 1_600).lines().toList());
    }

    @Test
    void aFileThatWasRotatedAndCompressedBetweenTwoCollectionsIsFetchedToItsEnd() throws Exception {
        append("app.log", lines(0, 500));
        collect();
        append("app.log", lines(500, 900));
        compress("app.log", "app.log.1.gz");
        append("app.log", lines(900, 1_000));
        collect();
        assertThat(allLines())
                .containsExactlyInAnyOrderElementsOf(lines(0, 1_000).lines().toList());
    }

    @Test
    void aFileThatWasCopiedAndCutGoesOnInItsCopy() throws Exception {
        append("app.log", lines(0, 500));
        collect();
        append("app.log", lines(500, 600));
        Files.copy(logs.resolve("app.log"), logs.resolve("app.log.1"));
        Files.writeString(logs.resolve("app.log"), lines(600, 650));
        collect();
        assertThat(allLines())
                .containsExactlyInAnyOrderElementsOf(lines(0, 650).lines().toList());
    }

    @Test
    void aCollectionThatWasCutInTheMiddleGoesOnThere() throws Exception {
        append("app.log", lines(0, 250_000));
        long size = Files.size(logs.resolve("app.log"));
        assertThat(size).isGreaterThan(12 * MEGABYTE);
        List<Long> parts = new ArrayList<>();
        for (int cut = 0; cut < 3; cut++) {
            long before = fetched();
            long end = (2 + 2 * cut) * MEGABYTE;
            assertThatThrownBy(() -> collect(cutAfter(end))).isInstanceOf(IOException.class);
            parts.add(fetched() - before);
        }
        assertThat(parts).allSatisfy(part -> assertThat(part).isPositive());
        collect();
        assertThat(allLines())
                .containsExactlyElementsOf(lines(0, 250_000).lines().toList());
    }

    @Test
    void whatALimitLeavesComesWithTheNextCollection() throws Exception {
        append("app.log", lines(0, 50_000));
        Collected part = collect(budget(MEGABYTE));
        assertThat(part.whole()).isFalse();
        assertThat(part.bytes()).isBetween(MEGABYTE - 100_000, MEGABYTE);
        assertThat(part.notes())
                .containsExactly(
                        logs.resolve("app.log") + " was fetched in part: the limit of one collection was reached");
        while (!collect(budget(MEGABYTE)).whole()) {
            assertThat(fetched()).isPositive();
        }
        assertThat(allLines())
                .containsExactlyElementsOf(lines(0, 50_000).lines().toList());
    }

    @Test
    void whatACrashLeftBehindWhatCountsIsCutOff() throws Exception {
        append("app.log", "one\n");
        collect();
        try (Stream<Path> kept = Files.list(directory.resolve("db/gate-logs"))) {
            Files.write(
                    kept.findFirst().orElseThrow(), new byte[] {31, -117, 8, 0, 1, 2, 3}, StandardOpenOption.APPEND);
        }
        append("app.log", "two\n");
        collect();
        assertThat(bundle()).containsEntry(entry("app.log"), "one\ntwo\n");
    }

    @Test
    void cardNumbersAreMaskedBeforeAnythingIsWrittenAndNobodyElseCanReadIt() throws Exception {
        String number = "4111 1111 1111 1111";
        append("app.log", "paid with " + number + " at G1\n" + "x".repeat(70_000) + " 4111111111111111 end\n");
        List<String> tapped = new ArrayList<>();
        collect(budget(100 * MEGABYTE), Long.MAX_VALUE, tapped);
        assertThat(tapped.get(0)).isEqualTo("paid with **** **** **** 1111 at G1");
        assertThat(bundle().get(entry("app.log")))
                .contains("paid with **** **** **** 1111 at G1", " ************1111 end")
                .doesNotContain("41111111");
        try (Stream<Path> kept = Files.list(directory.resolve("db/gate-logs"))) {
            assertThat(kept.toList())
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("db/gate-logs"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aLineThatHasNotEndedWaitsUntilItHasOrNothingComesAnyMore() throws Exception {
        append("app.log", "one\n41111111");
        collect();
        assertThat(bundle()).containsEntry(entry("app.log"), "one\n");
        append("app.log", "11111111 was the card\nlast words");
        collect();
        assertThat(bundle()).containsEntry(entry("app.log"), "one\n************1111 was the card\n");
        clock.advance(Duration.ofMinutes(1));
        collect();
        assertThat(bundle()).containsEntry(entry("app.log"), "one\n************1111 was the card\nlast words");
    }

    @Test
    void aLinkOutOfTheFolderIsRefusedAndTold() throws Exception {
        Path secret = Files.writeString(directory.resolve("shadow"), "root:secret\n");
        Files.createSymbolicLink(logs.resolve("evil.log"), secret);
        Files.createSymbolicLink(logs.resolve("etc"), Path.of("/etc"));
        append("app.log", "fine\n");
        Files.createSymbolicLink(logs.resolve("same.log"), logs.resolve("app.log"));
        Collected collected = collect();
        assertThat(collected.refused()).containsExactly(logs.resolve("evil.log") + " leads out of " + logs);
        assertThat(String.join("", bundle().values())).contains("fine").doesNotContain("secret");
        assertThat(collected.files()).isEqualTo(1);
    }

    @Test
    void namesThatAShellWouldTakeApartAreNamesOfFiles() throws Exception {
        for (String name : List.of("$(touch pwned).log", "a'; touch pwned; '.log", "`touch pwned`.log", "-rf.log")) {
            append(name, "from " + name + "\n");
        }
        assertThat(collect().files()).isEqualTo(4);
        assertThat(bundle().keySet()).allMatch(name -> name.matches("[\\p{L}\\p{M}\\p{N}._/ ~-]+"));
        assertThat(directory.resolve("pwned")).doesNotExist();
        assertThat(Path.of("pwned")).doesNotExist();
    }

    @Test
    void onlyWhatChangedLatelyIsFetchedWhenSomebodyAsksForThat() throws Exception {
        append("old.log", "old\n");
        Files.setLastModifiedTime(
                logs.resolve("old.log"), FileTime.from(Instant.now().minusSeconds(90_000)));
        append("new.log", "new\n");
        assertThat(collect(budget(MEGABYTE), 3_600, new ArrayList<>()).files()).isEqualTo(1);
        assertThat(bundle()).containsKey(entry("new.log")).doesNotContainKey(entry("old.log"));
    }

    @Test
    void aGateWithoutSftpIsReadByCommands() throws Exception {
        try (OpenSshGate plain = OpenSshGate.start(directory.resolve("plain"), "", "# no SFTP")) {
            GateConnections others = new GateConnections(hostKeys, plain.login(), LevelLimits.NONE, watchdogs);
            GateLogs gateLogs = new GateLogs(
                    others, List::of, store, LogPlan.of(new Options(Map.of())), Duration.ofSeconds(10), clock);
            String odd = "a'; touch pwned; '.log";
            append(odd, lines(0, 2_000));
            append("app.log", lines(2_000, 3_000));
            Files.createSymbolicLink(logs.resolve("evil.log"), Path.of("/etc/passwd"));
            GateLogs.Wish all = new GateLogs.Wish(Long.MAX_VALUE, Duration.ofSeconds(60), false, () -> false);
            Collected first =
                    gateLogs.fetch(plain.address("G1"), catalogue(), all).collected();
            assertThat(first.refused()).containsExactly(logs.resolve("evil.log") + " leads out of " + logs);
            compress("app.log", "app.log.1.gz");
            append("app.log", lines(3_000, 3_100));
            gateLogs.fetch(plain.address("G1"), catalogue(), all);
            assertThat(allLines())
                    .containsExactlyInAnyOrderElementsOf(lines(0, 3_100).lines().toList());
            assertThat(Path.of("pwned")).doesNotExist();
        }
    }

    @Test
    void theOldestGoWhenTheQuotaIsFullAndAreNotFetchedAgain() throws Exception {
        append("a.log", lines(0, 20_000));
        collect();
        clock.advance(Duration.ofHours(1));
        append("b.log", lines(20_000, 40_000));
        collect();
        long size = store.size();
        store.tidy(Duration.ofDays(14), size - 1);
        assertThat(store.size()).isBetween(1L, size * 3 / 4);
        assertThat(bundle()).containsKey(entry("b.log")).doesNotContainKey(entry("a.log"));
        assertThat(collect().bytes()).isZero();
        clock.advance(Duration.ofDays(15));
        store.tidy(Duration.ofDays(14), Long.MAX_VALUE);
        assertThat(store.size()).isZero();
    }

    private Collected collect() throws IOException {
        return collect(budget(1_000 * MEGABYTE));
    }

    private Collected collect(Budget budget) throws IOException {
        return collect(budget, Long.MAX_VALUE, new ArrayList<>());
    }

    private Collected collect(Budget budget, long seconds, List<String> tapped) throws IOException {
        try (GateConnection connection = connections.open(gate.address("G1"), Duration.ofSeconds(60))) {
            connection.connect();
            connection.login();
            cut = connection;
            return new LogCollector(store, clock)
                    .collect(
                            "G1",
                            catalogue(),
                            new SftpFiles(connection.files(Duration.ofSeconds(5))),
                            budget,
                            seconds,
                            tapped::add);
        }
    }

    private Catalogue catalogue() {
        return new Catalogue(
                "test.json",
                List.of("*"),
                List.of(new Catalogue.LogSource(PathPattern.of(logs + "/*.log*"), Long.MAX_VALUE / 4)),
                List.of(),
                List.of());
    }

    private GateConnection cut;

    private static Budget budget(long bytes) {
        return new Budget(bytes, 0, () -> Duration.ofMinutes(1), () -> false, System::nanoTime, nanos -> {});
    }

    /** The connection breaks when so much has come. */
    private Budget cutAfter(long bytes) {
        // a byte a second on a clock that stands: the pause is what has come altogether
        return new Budget(Long.MAX_VALUE, 1, () -> Duration.ofMinutes(1), () -> false, () -> 0, nanos -> {
            if (nanos / 1_000_000_000L >= bytes) {
                cut.close();
            }
        });
    }

    private long fetched() throws Exception {
        long sum = 0;
        for (String text : bundle().values()) {
            sum += text.length();
        }
        return sum;
    }

    private void append(String name, String text) throws IOException {
        Files.writeString(logs.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void compress(String from, String to) throws IOException {
        try (InputStream in = Files.newInputStream(logs.resolve(from));
                OutputStream out = new GZIPOutputStream(Files.newOutputStream(logs.resolve(to)))) {
            in.transferTo(out);
        }
        Files.setLastModifiedTime(logs.resolve(to), Files.getLastModifiedTime(logs.resolve(from)));
        Files.delete(logs.resolve(from));
    }

    private static String lines(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append("2026-11-21T10:00:00 INFO gate line number ").append(i).append(" ประตู\n");
        }
        return text.toString();
    }

    private String entry(String name) {
        return "logs" + logs.resolve(name);
    }

    private List<String> allLines() throws Exception {
        List<String> all = new ArrayList<>();
        bundle().forEach((name, text) -> {
            if (name.startsWith("logs/")) {
                all.addAll(text.lines().toList());
            }
        });
        return all;
    }

    private Map<String, String> bundle() throws Exception {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        new LogBundle(store).write("G1", 0, Map.of(), Map.of("gate", "G1"), zip);
        Map<String, String> entries = new java.util.TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new java.io.ByteArrayInputStream(zip.toByteArray()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
            }
        }
        assertThat(entries.remove("contents.json")).contains("\"gate\"");
        return entries;
    }
}
