package solutions.itms.scs.media.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.testkit.rtsp.EncodedFrame;
import solutions.itms.scs.testkit.rtsp.EncodedFrames;
import solutions.itms.scs.testkit.rtsp.FrameSource;
import solutions.itms.scs.testkit.rtsp.ReplayServer;

/** What real encoders make. */
class EncodersTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private static Path encoded;

    private static EncodedFrames h264;
    private static EncodedFrames large;
    private static EncodedFrames h265;
    private static EncodedFrames aac;

    private final ReplayServer server = new ReplayServer();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeAll
    static void encode() throws Exception {
        h264 = Encoders.h264(encoded, START, 10, "320x240");
        large = Encoders.h264(encoded, START.plusSeconds(10), 4, "640x480");
        h265 = Encoders.h265(encoded, START, 10);
        aac = Encoders.aac(encoded, START, 10);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void picturesShownInAnotherOrderThanSentKeepTheirTimes() throws Exception {
        Clip clip = export(START, START.plusSeconds(10), h264);
        assertThat(clip.complete()).as(clip.toString()).isTrue();
        assertThat(clip.frames()).isEqualTo(250);
        Probe.decodes(file);
        Probe.risesStrictly(file, "v");
        assertThat(Probe.seconds(file)).isCloseTo(10, within(0.041));
        List<double[]> packets = Probe.packets(file, "v");
        assertThat(packets).anyMatch(packet -> packet[1] - packet[0] > 0.03);
        assertThat(packets).allMatch(packet -> packet[1] >= packet[0]);
        List<Double> shown = packets.stream().map(packet -> packet[1]).sorted().toList();
        for (int i = 0; i < shown.size(); i++) {
            assertThat(shown.get(i)).isCloseTo(i * 0.04, within(0.001));
        }
    }

    @Test
    void aStartBetweenKeyFramesIsTrimmed() throws Exception {
        Clip clip = export(START.plusMillis(3_400), START.plusSeconds(8), h264);
        assertThat(clip.first()).isEqualTo(START.plusSeconds(3));
        Probe.decodes(file);
        assertThat(Probe.seconds(file)).isCloseTo(4.6, within(0.041));
    }

    @Test
    void h265AndAacArePlayedTogether() throws Exception {
        Instant sound = START.plusMillis(500);
        Clip clip = export(START, START.plusSeconds(10), h265, Encoders.aac(encoded, sound, 9));
        assertThat(clip.complete()).as(clip.toString()).isTrue();
        assertThat(clip.videoCodec()).startsWith("hvc1.1.6.L");
        assertThat(clip.audio()).isEqualTo("mp4a.40.2");
        Probe.decodes(file);
        Probe.risesStrictly(file, "v");
        Probe.risesStrictly(file, "a");
        assertThat(Probe.show(file, "stream=codec_name")).isEqualTo("hevc\naac");
        assertThat(Probe.packets(file, "a").get(0)[1]).isCloseTo(0.5, within(0.04));
        assertThat(Probe.packets(file, "v").get(0)[1]).isCloseTo(0, within(0.001));
    }

    @Test
    void soundIsWhereItBelongsWhenAClipStartsInTheMiddle() throws Exception {
        Instant from = START.plusMillis(3_700);
        export(from, START.plusSeconds(9), h264, aac);
        Probe.decodes(file);
        double first = Probe.packets(file, "a").stream()
                .mapToDouble(packet -> packet[1])
                .filter(t -> t >= 0)
                .findFirst()
                .orElseThrow();
        // pieces of 64 ms: one begins within 64 ms of the start, on the grid of the recording
        double grid = (3.7 + first) / 0.064;
        assertThat(Math.abs(grid - Math.rint(grid)) * 0.064).isLessThan(0.04);
        assertThat(first).isLessThan(0.1);
    }

    @Test
    void soundOfG711IsKeptAndToldOf() throws Exception {
        Clip clip = export(START, START.plusSeconds(5), h264, Encoders.g711(START, 10));
        assertThat(clip.audio()).isEqualTo("ulaw");
        assertThat(clip.notes()).anyMatch(note -> note.contains("G.711"));
        Probe.decodes(file);
        assertThat(Probe.show(file, "stream=codec_name")).isEqualTo("h264\npcm_mulaw");
    }

    @Test
    void soundThatIsNotWantedIsLeftOut() throws Exception {
        server.add("/replay/all", h264, aac);
        ClipOrder usual = ClipOrder.of(source(), START, START.plusSeconds(5));
        ClipOrder order = new ClipOrder(
                usual.source(), usual.from(), usual.to(), false, usual.maxBytes(), usual.idle(), usual.limit(), 1);
        Clip clip = new ClipExporter().run(order, folder.resolve("clip.mp4"), ClipWatcher.NONE);
        assertThat(clip.audio()).isNull();
        assertThat(clip.notes()).isEmpty();
    }

    @Test
    void picturesThatChangeTheirSizeAreAllShown() throws Exception {
        List<EncodedFrame> frames = new ArrayList<>(h264.frames());
        frames.addAll(large.frames());
        EncodedFrames both = new EncodedFrames("H264", 90_000, h264.format(), h264.parameterSets(), frames);
        Clip clip = export(START.plusSeconds(6), START.plusSeconds(14), both);
        assertThat(clip.complete()).as(clip.toString()).isTrue();
        assertThat(clip.width()).isEqualTo(640);
        assertThat(clip.notes()).anyMatch(note -> note.contains("320 x 240, then 640 x 480"));
        Probe.decodes(file);
        assertThat(Probe.seconds(file)).isCloseTo(8, within(0.041));
        String sizes = Probe.show(file, "frame=width", "-select_streams", "v");
        assertThat(sizes.lines().filter(line -> line.startsWith("640"))).hasSize(100);
    }

    private Clip export(Instant from, Instant to, FrameSource... tracks) throws Exception {
        server.add("/replay/all", tracks);
        file = folder.resolve("clip.mp4");
        ClipSource source = source();
        ClipOrder order =
                new ClipOrder(source, from, to, true, 100_000_000, Duration.ofSeconds(2), Duration.ofMinutes(1), 1);
        return new ClipExporter().run(order, file, ClipWatcher.NONE);
    }

    private ClipSource source() {
        return ClipSource.of(server.replayUri("all"), null, ReplayStyle.ONVIF);
    }
}
