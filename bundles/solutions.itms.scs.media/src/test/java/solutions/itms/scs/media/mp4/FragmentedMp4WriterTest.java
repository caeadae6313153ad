package solutions.itms.scs.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.media.codec.H264Format;
import solutions.itms.scs.media.codec.TrackFormat;
import solutions.itms.scs.testkit.rtsp.ClockPictures;
import solutions.itms.scs.testkit.rtsp.EncodedFrame;
import solutions.itms.scs.testkit.rtsp.Recording;

class FragmentedMp4WriterTest {
    @TempDir
    private Path folder;

    @Test
    void anInitSegmentAndFragmentsCanBePlayed() throws Exception {
        Instant start = Instant.parse("2026-03-01T10:00:00Z");
        ClockPictures pictures =
                new ClockPictures(Recording.of("one", 1, start, start.plusSeconds(4), Recording.Format.small()));
        List<byte[]> sets = pictures.parameterSets();
        TrackFormat format = H264Format.of(sets.subList(0, 1), sets.subList(1, 2));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FragmentedMp4Writer writer = new FragmentedMp4Writer(
                List.of(new FragmentedMp4Writer.Track(format, 90_000)), bytes -> copy(bytes, out));
        writer.init();
        int number = 0;
        for (Iterator<EncodedFrame> frames = pictures.from(0); frames.hasNext(); number++) {
            EncodedFrame frame = frames.next();
            byte[] unit = frame.units().get(0);
            ByteBuffer data = ByteBuffer.allocate(4 + unit.length)
                    .putInt(unit.length)
                    .put(unit)
                    .flip();
            writer.fragment(
                    0,
                    number * 3_600L,
                    List.of(new FragmentedMp4Writer.Sample(data.remaining(), 3_600, 0, frame.key())),
                    data);
        }
        Path file = folder.resolve("live.mp4");
        Files.write(file, out.toByteArray());
        assertThat(output("ffmpeg", "-v", "error", "-xerror", "-i", file.toString(), "-f", "null", "-"))
                .isEmpty();
        assertThat(output(
                        "ffprobe",
                        "-v",
                        "error",
                        "-count_packets",
                        "-show_entries",
                        "stream=nb_read_packets,width",
                        "-of",
                        "csv=p=0",
                        file.toString()))
                .isEqualTo("416,100");
        assertThat(Double.parseDouble(output(
                        "ffprobe",
                        "-v",
                        "error",
                        "-show_entries",
                        "format=duration",
                        "-of",
                        "csv=p=0",
                        file.toString())))
                .isEqualTo(4.0);
    }

    private static void copy(ByteBuffer bytes, ByteArrayOutputStream out) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.writeBytes(copy);
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes()).strip();
    }
}
