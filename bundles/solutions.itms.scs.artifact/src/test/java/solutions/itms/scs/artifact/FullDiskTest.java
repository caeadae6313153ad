package solutions.itms.scs.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.artifact.ArtifactDraft;
import solutions.itms.scs.api.artifact.ArtifactException;
import solutions.itms.scs.api.artifact.ArtifactInfo;
import solutions.itms.scs.api.artifact.ArtifactKind;
import solutions.itms.scs.store.FileStores;

class FullDiskTest {
    private static final String SMALL_DISK = "mount -t tmpfs -o size=3m tmpfs \"$0\" && exec \"$@\"";

    @TempDir
    Path directory;

    @Test
    void aFileForWhichTheDiskHasNoRoomIsRefusedInPlainWordsAndTheNextOneIsTaken() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(run(disk, "true").equals(""), "this system does not let a test mount a file system of its own");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String told = run(
                disk,
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OnASmallDisk.class.getName(),
                disk.toString());
        assertThat(told)
                .containsSubsequence(
                        "refused: UNAVAILABLE the gateway's disk is full",
                        "left of it: 0",
                        "taken: 1000",
                        "after a restart: 1");
    }

    private static String run(Path disk, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", SMALL_DISK, disk.toString()));
        line.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue() == 0 ? out : "failed: " + out;
        } catch (IOException e) {
            return "failed: " + e.getMessage();
        }
    }

    /** Writes to a spool on a disk that is too small, whose free room nobody watches. */
    static final class OnASmallDisk {
        private static final ArtifactInfo LOG = new ArtifactInfo("x.log", "text/plain", ArtifactKind.LOG, "G1", null);

        private OnASmallDisk() {}

        public static void main(String[] args) throws Exception {
            try (Spool spool = open(args[0])) {
                try (ArtifactDraft draft = spool.draft(LOG, () -> {})) {
                    draft.stream().write(new byte[8_000_000]);
                    draft.finish();
                } catch (ArtifactException e) {
                    System.out.println("refused: " + e.code() + " " + e.getMessage());
                }
                System.out.println("left of it: " + spool.usedBytes());
                try (ArtifactDraft draft = spool.draft(LOG, () -> {})) {
                    draft.stream().write(new byte[1_000]);
                    System.out.println("taken: " + draft.finish().size());
                }
            }
            try (Spool spool = open(args[0])) {
                System.out.println("after a restart: " + spool.all().size());
            }
        }

        private static Spool open(String folder) throws IOException {
            return Spool.open(
                    new FileStores(Path.of(folder), Clock.systemUTC()),
                    () -> new Settings(100_000_000, 100_000_000, 10, Duration.ofDays(1), 1, 0),
                    Clock.systemUTC(),
                    () -> Long.MAX_VALUE / 2);
        }
    }
}
