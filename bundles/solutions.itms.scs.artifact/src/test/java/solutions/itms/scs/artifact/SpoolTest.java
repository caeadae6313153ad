package solutions.itms.scs.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.artifact.ArtifactDraft;
import solutions.itms.scs.api.artifact.ArtifactException;
import solutions.itms.scs.api.artifact.ArtifactInfo;
import solutions.itms.scs.api.artifact.ArtifactKind;
import solutions.itms.scs.api.artifact.ArtifactReference;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.message.command.RequestSignature;
import solutions.itms.scs.store.FileStores;

/** Files are kept whole or not at all, and never more than there is room for. */
class SpoolTest {
    private static final ArtifactInfo LOG = new ArtifactInfo("log.txt", "text/plain", ArtifactKind.LOG, "G1-01", "c-1");

    @TempDir
    Path directory;

    private Settings settings = new Settings(1_000_000, 600_000, 3, Duration.ofDays(7), 2, 0);
    private long room = Long.MAX_VALUE / 2;
    private Spool spool;

    @BeforeEach
    void open() throws IOException {
        spool = Spool.open(new FileStores(directory, Clock.systemUTC()), () -> settings, Clock.systemUTC(), () -> room);
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @Test
    void aFinishedFileOutlivesARestartWithItsChecksum() throws Exception {
        byte[] content = "ไฟล์บันทึก\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        ArtifactReference reference = write(content);
        restart();

        SpooledFile file = spool.find(reference.id()).orElseThrow();

        assertThat(reference.sha256()).isEqualTo(RequestSignature.sha256(content));
        assertThat(file.sha256()).isEqualTo(reference.sha256());
        assertThat(file.command()).isEqualTo("c-1");
        assertThat(Files.readAllBytes(spool.path(file))).isEqualTo(content);
        assertThat(spool.usedBytes()).isEqualTo(content.length);
    }

    @Test
    void whatWasNotFinishedIsGoneAfterARestart() throws Exception {
        ArtifactDraft draft = spool.draft(LOG, () -> {});
        draft.stream().write(new byte[200_000]);
        draft.stream().flush();
        restart();

        assertThat(spool.all()).isEmpty();
        assertThat(spool.usedBytes()).isZero();
        assertNoFiles();
    }

    @Test
    void whatIsClosedWithoutAnEndIsThrownAway() throws Exception {
        try (ArtifactDraft draft = spool.draft(LOG, () -> {})) {
            draft.stream().write(new byte[200_000]);
        }

        assertThat(spool.all()).isEmpty();
        assertThat(spool.usedBytes()).isZero();
        assertNoFiles();
    }

    @Test
    void aFileThatIsTooLargeIsRefusedInTheMiddle() throws Exception {
        try (ArtifactDraft draft = spool.draft(LOG, () -> {})) {
            assertThatExceptionOfType(ArtifactException.class)
                    .isThrownBy(() -> draft.stream().write(new byte[600_001]))
                    .withMessageContaining("600000 bytes")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.UNAVAILABLE));
        }
        assertThat(spool.usedBytes()).isZero();
    }

    @Test
    void theQuotaOfAllFilesIsKeptAndGivenBack() throws Exception {
        ArtifactReference first = write(new byte[600_000]);
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> write(new byte[500_000]))
                .withMessageContaining("1000000 bytes");
        spool.remove(spool.find(first.id()).orElseThrow());

        write(new byte[500_000]);

        assertThat(spool.usedBytes()).isEqualTo(500_000);
    }

    @Test
    void noMoreFilesAreTakenThanMayWait() throws Exception {
        for (int i = 0; i < 3; i++) {
            write(new byte[1]);
        }
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> spool.draft(LOG, () -> {}))
                .withMessageContaining("3 files");
    }

    @Test
    void aFullDiskIsToldInPlainWords() throws Exception {
        room = Spool.RESERVE - 1;
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> spool.draft(LOG, () -> {}))
                .withMessage("the gateway's disk is full");
        room = Spool.RESERVE + 100;
        try (ArtifactDraft draft = spool.draft(LOG, () -> {})) {
            assertThatExceptionOfType(ArtifactException.class)
                    .isThrownBy(() -> draft.stream().write(new byte[200_000]))
                    .withMessage("the gateway's disk is full");
        }
    }

    @Test
    void aFileThatSomebodyDeletedIsForgotten() throws Exception {
        ArtifactReference reference = write(new byte[10]);
        Files.delete(directory.resolve("artifacts").resolve(reference.id()));
        restart();

        assertThat(spool.all()).isEmpty();
    }

    @Test
    void aFileWithoutBytesIsAFile() throws Exception {
        assertThat(write(new byte[0]).size()).isZero();
    }

    @Test
    void namesThatLookLikePathsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArtifactInfo("../../x", "text/plain", ArtifactKind.LOG, "G1", null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArtifactInfo("x", "text/plain\r\nX: y", ArtifactKind.LOG, "G1", null));
    }

    private ArtifactReference write(byte[] content) throws IOException {
        try (ArtifactDraft draft = spool.draft(LOG, () -> {})) {
            draft.stream().write(content);
            return draft.finish();
        }
    }

    private void restart() throws IOException {
        spool.close();
        open();
    }

    private void assertNoFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("artifacts"))) {
            assertThat(files).isEmpty();
        }
    }
}
