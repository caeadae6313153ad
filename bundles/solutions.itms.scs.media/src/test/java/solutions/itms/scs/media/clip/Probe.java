package solutions.itms.scs.media.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What tools that know nothing of us find in a file. */
final class Probe {
    private Probe() {}

    /** Runs a program; what it prints. */
    static String run(String... command) {
        return new String(bytes(command), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String... command) {
        try {
            Path errors = Files.createTempFile("probe", ".txt");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            byte[] out = process.getInputStream().readAllBytes();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String text = Files.readString(errors);
            Files.delete(errors);
            assertThat(text).as(String.join(" ", command)).isEmpty();
            assertThat(process.exitValue()).isZero();
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Decodes all of it; fails at the slightest error. */
    static void decodes(Path file) {
        run("ffmpeg", "-v", "error", "-xerror", "-i", file.toString(), "-f", "null", "-");
    }

    /** One figure of a stream or of the whole. */
    static String show(Path file, String entries, String... more) {
        List<String> command =
                new ArrayList<>(List.of("ffprobe", "-v", "error", "-show_entries", entries, "-of", "csv=p=0"));
        command.addAll(List.of(more));
        command.add(file.toString());
        return run(command.toArray(String[]::new)).strip();
    }

    static double seconds(Path file) {
        return Double.parseDouble(show(file, "format=duration"));
    }

    /** Times of all packets of a stream in the order of decoding: dts and pts in seconds. */
    static List<double[]> packets(Path file, String stream) {
        return show(file, "packet=pts_time,dts_time", "-select_streams", stream)
                .lines()
                .map(line -> line.split(","))
                .filter(parts -> parts.length > 1 && !parts[0].equals("N/A"))
                .map(parts -> new double[] {Double.parseDouble(parts[1]), Double.parseDouble(parts[0])})
                .toList();
    }

    static void risesStrictly(Path file, String stream) {
        double last = Double.NEGATIVE_INFINITY;
        for (double[] packet : packets(file, stream)) {
            assertThat(packet[0]).isGreaterThan(last);
            last = packet[0];
        }
    }

    /** The clock in the first picture that is shown. */
    static Instant clock(Path file, int width, int height) {
        byte[] grey = bytes(
                "ffmpeg",
                "-v",
                "error",
                "-i",
                file.toString(),
                "-frames:v",
                "1",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "gray",
                "-");
        return clock(Arrays.copyOf(grey, width * height), width);
    }

    /** The same, with all pictures decoded, which must not give the slightest error. */
    static Instant decodedClock(Path file, int width, int height) {
        byte[] grey = bytes(
                "ffmpeg",
                "-v",
                "error",
                "-xerror",
                "-i",
                file.toString(),
                "-map",
                "0:v",
                "-frames:v",
                "1",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "gray",
                "pipe:1",
                "-map",
                "0",
                "-f",
                "null",
                "-");
        return clock(Arrays.copyOf(grey, width * height), width);
    }

    private static final String CHARACTERS = "0123456789-:. ";

    private static Instant clock(byte[] grey, int width) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 23; i++) {
            text.append(character(grey, width, 16 * (1 + i), 16));
        }
        return Instant.parse(text.toString().replace(' ', 'T') + "Z");
    }

    /** By the 35 dots of a character. */
    private static char character(byte[] grey, int width, int left, int top) {
        long dots = 0;
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 5; x++) {
                int sample = grey[(top + 1 + 2 * y) * width + left + 3 + 2 * x] & 0xff;
                dots = dots << 1 | (sample > 180 ? 1 : 0);
            }
        }
        long[] known = {
            dots(14, 17, 19, 21, 25, 17, 14), dots(4, 12, 4, 4, 4, 4, 14), dots(14, 17, 1, 2, 4, 8, 31),
            dots(31, 2, 4, 2, 1, 17, 14), dots(2, 6, 10, 18, 31, 2, 2), dots(31, 16, 30, 1, 1, 17, 14),
            dots(6, 8, 16, 30, 17, 17, 14), dots(31, 1, 2, 4, 8, 8, 8), dots(14, 17, 17, 14, 17, 17, 14),
            dots(14, 17, 17, 15, 1, 2, 12), dots(0, 0, 0, 31, 0, 0, 0), dots(0, 4, 4, 0, 4, 4, 0),
            dots(0, 0, 0, 0, 0, 12, 12), 0
        };
        for (int i = 0; i < known.length; i++) {
            if (known[i] == dots) {
                return CHARACTERS.charAt(i);
            }
        }
        return '?';
    }

    private static long dots(int... rows) {
        long dots = 0;
        for (int row : rows) {
            dots = dots << 5 | row;
        }
        return dots;
    }
}
