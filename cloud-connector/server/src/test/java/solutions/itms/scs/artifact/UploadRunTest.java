package solutions.itms.scs.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The run of cuts and kills with a file that fits a test; the benchmark has the large one. */
class UploadRunTest {
    private static final long BYTES = Long.getLong("scs.artifact.bytes", 40_000_000L);

    @TempDir
    Path folder;

    @Test
    void aFileArrivesWholeOverALineThatIsCutWithBothEndsKilled() throws Exception {
        try (UploadRun run = new UploadRun(folder, BYTES, 192)) {
            UploadRun.Figures figures = run.run(5, 1);

            assertThat(figures.whole()).isTrue();
            // what a cut costs does not depend on the size: 24 of them in 1 GB cost less than 5 %
            double lost = (figures.sentPerByte() - 1) * BYTES / (figures.cuts() + 2 * figures.kills());
            assertThat(lost).isLessThan(0.05 * 1_000_000_000 / 24);
        }
    }
}
