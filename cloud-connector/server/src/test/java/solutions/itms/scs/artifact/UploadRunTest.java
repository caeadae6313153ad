package solutions.itms.scs.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The run of cuts and kills with a file that fits a test; the benchmark has the large one. */
class UploadRunTest {
    @TempDir
    Path folder;

    @Test
    void aFileArrivesWholeOverALineThatIsCutWithBothEndsKilled() throws Exception {
        try (UploadRun run = new UploadRun(folder, Long.getLong("scs.artifact.bytes", 40_000_000L), 192)) {
            UploadRun.Figures figures = run.run(5, 1);

            assertThat(figures.whole()).isTrue();
            assertThat(figures.sentPerByte()).isLessThanOrEqualTo(1.05);
        }
    }
}
