package solutions.itms.scs.media.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.testkit.rtsp.Recording;
import solutions.itms.scs.testkit.rtsp.ReplayServer;

class ClipExporterTest {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final ReplayServer server =
            new ReplayServer().add(Recording.of("one", 1, START, START.plusSeconds(120), Recording.Format.small()));

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aClipStartsAndEndsWhereItWasAskedFor() throws Exception {
        Instant from = START.plusMillis(20_400);
        Path file = folder.resolve("clip.mp4");
        Clip clip = new ClipExporter().run(order(from, from.plusSeconds(30)), file, ClipWatcher.NONE);

        assertThat(clip.complete()).as(clip.toString()).isTrue();
        assertThat(clip.first()).isEqualTo(START.plusSeconds(20));
        assertThat(clip.shown()).isEqualTo(from);
        assertThat(clip.duration()).isBetween(Duration.ofMillis(29_960), Duration.ofMillis(30_000));
        assertThat(clip.videoCodec()).isEqualTo("avc1.42c028");
        Probe.decodes(file);
        Probe.risesStrictly(file, "v");
        assertThat(Probe.seconds(file)).isCloseTo(30, within(0.041));
        Instant shown = Probe.clock(file, 416, 240);
        assertThat(Duration.between(from, shown).abs()).isLessThan(Duration.ofMillis(50));
    }

    private ClipOrder order(Instant from, Instant to) {
        return ClipOrder.of(ClipSource.of(server.replayUri("one"), null, ReplayStyle.ONVIF), from, to);
    }
}
