package solutions.itms.scs.media.clip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import solutions.itms.scs.testkit.rtsp.EncodedFrame;
import solutions.itms.scs.testkit.rtsp.EncodedFrames;

/** Streams of real encoders, made by ffmpeg while the test runs. */
final class Encoders {
    private Encoders() {}

    /** H.264 with B-frames: 25 pictures a second, a key frame each second. */
    static EncodedFrames h264(Path folder, Instant start, int seconds, String size) throws IOException {
        Path file = folder.resolve("h264-" + size + ".mp4");
        Probe.run(
                "ffmpeg",
                "-y",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=" + size + ":rate=25:duration=" + seconds,
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-bf",
                "2",
                "-g",
                "25",
                "-sc_threshold",
                "0",
                "-pix_fmt",
                "yuv420p",
                "-x264-params",
                "b-adapt=0:open-gop=0",
                file.toString());
        return video(file, folder, "H264", "h264_mp4toannexb", "h264", start);
    }

    /** H.265. */
    static EncodedFrames h265(Path folder, Instant start, int seconds) throws IOException {
        Path file = folder.resolve("h265.mp4");
        Probe.run(
                "ffmpeg",
                "-y",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x240:rate=25:duration=" + seconds,
                "-c:v",
                "libx265",
                "-preset",
                "ultrafast",
                "-x265-params",
                "log-level=none:keyint=25:min-keyint=25:open-gop=0:bframes=2",
                "-pix_fmt",
                "yuv420p",
                file.toString());
        return video(file, folder, "H265", "hevc_mp4toannexb", "hevc", start);
    }

    private static EncodedFrames video(
            Path file, Path folder, String encoding, String filter, String form, Instant start) throws IOException {
        Path raw = folder.resolve(file.getFileName() + ".raw");
        Probe.run(
                "ffmpeg",
                "-y",
                "-v",
                "error",
                "-i",
                file.toString(),
                "-c",
                "copy",
                "-bsf:v",
                filter,
                "-f",
                form,
                raw.toString());
        List<double[]> times = Probe.packets(file, "v");
        boolean h265 = encoding.equals("H265");
        List<byte[]> sets = new ArrayList<>();
        List<EncodedFrame> frames = new ArrayList<>();
        List<byte[]> units = new ArrayList<>();
        for (byte[] unit : units(Files.readAllBytes(raw))) {
            int type = h265 ? unit[0] >> 1 & 63 : unit[0] & 31;
            boolean set = h265 ? type >= 32 && type <= 34 : type == 7 || type == 8;
            if (set && sets.size() < (h265 ? 3 : 2)) {
                sets.add(unit);
            }
            units.add(unit);
            if (h265 ? type < 32 : type >= 1 && type <= 5) {
                boolean key = h265 ? type >= 16 && type <= 23 : type == 5;
                double pts = times.get(frames.size())[1] - times.get(0)[1];
                long micros = start.toEpochMilli() * 1_000 + Math.round(pts * 1e6);
                frames.add(new EncodedFrame(
                        micros, key, frames.isEmpty(), frames.size() == times.size() - 1, List.copyOf(units)));
                units.clear();
            }
        }
        return new EncodedFrames(encoding, 90_000, format(h265, sets), sets, frames);
    }

    private static String format(boolean h265, List<byte[]> sets) {
        List<String> coded =
                sets.stream().map(Base64.getEncoder()::encodeToString).toList();
        return h265
                ? "sprop-vps=" + coded.get(0) + "; sprop-sps=" + coded.get(1) + "; sprop-pps=" + coded.get(2)
                : "packetization-mode=1;sprop-parameter-sets=" + coded.stream().collect(Collectors.joining(","));
    }

    private static List<byte[]> units(byte[] stream) {
        List<byte[]> units = new ArrayList<>();
        int from = -1;
        for (int i = 0; i + 2 < stream.length; i++) {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
                if (from >= 0) {
                    units.add(Arrays.copyOfRange(stream, from, i > 0 && stream[i - 1] == 0 ? i - 1 : i));
                }
                from = i + 3;
            }
        }
        units.add(Arrays.copyOfRange(stream, from, stream.length));
        return units;
    }

    /** AAC of 16 kHz, one channel, begun some time after the pictures. */
    static EncodedFrames aac(Path folder, Instant start, int seconds) throws IOException {
        Path file = folder.resolve("sound.aac");
        Probe.run(
                "ffmpeg",
                "-y",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=16000:duration=" + seconds,
                "-c:a",
                "aac",
                "-b:a",
                "32k",
                "-f",
                "adts",
                file.toString());
        byte[] all = Files.readAllBytes(file);
        List<EncodedFrame> frames = new ArrayList<>();
        for (int at = 0; at + 7 < all.length; ) {
            int length = (all[at + 3] & 3) << 11 | (all[at + 4] & 0xff) << 3 | (all[at + 5] & 0xff) >> 5;
            int header = (all[at + 1] & 1) == 1 ? 7 : 9;
            long micros = start.toEpochMilli() * 1_000 + frames.size() * 1024L * 1_000_000 / 16_000;
            frames.add(new EncodedFrame(
                    micros, true, false, false, List.of(Arrays.copyOfRange(all, at + header, at + length))));
            at += length;
        }
        String configuration = HexFormat.of().formatHex(new byte[] {0x14, 0x08}); // AAC-LC, 16 kHz, mono
        return new EncodedFrames(
                "MPEG4-GENERIC",
                16_000,
                "streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config="
                        + configuration,
                List.of(),
                frames);
    }

    /** G.711: 8000 samples a second in pieces of 20 ms. */
    static EncodedFrames g711(Instant start, int seconds) {
        List<EncodedFrame> frames = new ArrayList<>();
        for (int i = 0; i < seconds * 50; i++) {
            byte[] samples = new byte[160];
            for (int j = 0; j < samples.length; j++) {
                samples[j] = (byte) (0x80 | j & 0x3f);
            }
            frames.add(
                    new EncodedFrame(start.toEpochMilli() * 1_000 + i * 20_000L, true, false, false, List.of(samples)));
        }
        return new EncodedFrames("PCMU", 8_000, "", List.of(), frames);
    }

    /** JPEG, 5 pictures a second, each its own key frame. */
    static EncodedFrames jpeg(Path folder, Instant start, int seconds) throws IOException {
        Path all = folder.resolve("jpeg");
        Files.createDirectories(all);
        Probe.run(
                "ffmpeg",
                "-y",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x240:rate=5:duration=" + seconds,
                "-c:v",
                "mjpeg",
                "-huffman",
                "default",
                "-pix_fmt",
                "yuvj420p",
                all.resolve("%04d.jpg").toString());
        List<EncodedFrame> frames = new ArrayList<>();
        for (int i = 0; i < seconds * 5; i++) {
            byte[] picture = Files.readAllBytes(all.resolve(String.format("%04d.jpg", i + 1)));
            long micros = start.toEpochMilli() * 1_000 + i * 200_000L;
            frames.add(new EncodedFrame(micros, true, i == 0, i == seconds * 5 - 1, List.of(picture)));
        }
        return new EncodedFrames("JPEG", 90_000, "", List.of(), frames);
    }

    /** MPEG-4 Visual: 25 pictures a second, a key frame each second. */
    static EncodedFrames mpeg4(Path folder, Instant start, int seconds) throws IOException {
        Path file = folder.resolve("mpeg4.m4v");
        Probe.run(
                "ffmpeg",
                "-y",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x240:rate=25:duration=" + seconds,
                "-c:v",
                "mpeg4",
                "-g",
                "25",
                "-sc_threshold",
                "1000000000",
                "-f",
                "m4v",
                file.toString());
        byte[] all = Files.readAllBytes(file);
        List<EncodedFrame> frames = new ArrayList<>();
        for (int from = next(all, 0, 0xb6, 0xb3); from < all.length; ) {
            int picture = next(all, from, 0xb6);
            int to = next(all, picture + 4, 0xb6, 0xb3, 0xb0);
            boolean key = (all[picture + 4] & 0xc0) == 0;
            long micros = start.toEpochMilli() * 1_000 + frames.size() * 40_000L;
            frames.add(new EncodedFrame(
                    micros, key, frames.isEmpty(), to == all.length, List.of(Arrays.copyOfRange(all, from, to))));
            from = to;
        }
        String configuration = HexFormat.of().formatHex(Arrays.copyOf(all, next(all, 0, 0xb6, 0xb3)));
        return new EncodedFrames("MP4V-ES", 90_000, "profile-level-id=1;config=" + configuration, List.of(), frames);
    }

    /** Where the next start code of some kinds is; the end when there is none. */
    private static int next(byte[] bytes, int from, int... codes) {
        for (int i = from; i + 3 < bytes.length; i++) {
            int code = bytes[i + 3] & 0xff;
            if (bytes[i] == 0
                    && bytes[i + 1] == 0
                    && bytes[i + 2] == 1
                    && Arrays.stream(codes).anyMatch(c -> c == code)) {
                return i;
            }
        }
        return bytes.length;
    }
}
