package solutions.itms.scs.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.media.codec.SoundFormat;

/** Nothing that a sender sends makes a depacketizer fail, or hold more than it may. */
class DepacketizerFuzzTest {
    private static final int LIMIT = 64 * 1024;
    private static final int PACKETS = Integer.getInteger("scs.fuzz.packets", 8_000);

    private final FrameBuffer buffer = new FrameBuffer(1_024, LIMIT);
    private final long[] frames = new long[1];

    private void keep(Frame frame) {
        frames[0]++;
        assertThat(frame.length()).isBetween(1, LIMIT);
        if (frames[0] % 3 == 0) {
            frame.commit();
        }
        if (buffer.whole() > LIMIT / 2) {
            buffer.clear(buffer.whole());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyBytesAreSurvived(long seed) {
        Random random = new Random(seed);
        for (Depacketizer depacketizer : List.of(
                new H264Depacketizer(96, List.of(), buffer, this::keep),
                new H265Depacketizer(96, List.of(), buffer, this::keep),
                new JpegDepacketizer(96, buffer, this::keep),
                new Mpeg4Depacketizer(96, new byte[0], buffer, this::keep),
                new AacDepacketizer(96, SoundFormat.aac(new byte[] {0x14, 8}), 13, 3, 1024, buffer, this::keep),
                new G711Depacketizer(96, SoundFormat.g711(true, 8_000, 1), buffer, this::keep))) {
            RtcpReport report = new RtcpReport();
            byte[] bytes = new byte[4_096];
            ByteBuffer in = ByteBuffer.allocate(4_096);
            int sequence = random.nextInt(0x10000);
            int time = random.nextInt();
            for (int i = 0; i < PACKETS / 6; i++) {
                int length = random.nextInt(20) == 0 ? random.nextInt(4_000) : random.nextInt(60);
                random.nextBytes(bytes);
                in.put(0, bytes, 0, Math.max(64, length));
                if (random.nextInt(10) > 0) {
                    header(in, random, sequence++, time);
                }
                time += random.nextInt(3) == 0 ? 3_600 : 0;
                depacketizer.packet(in, 0, length);
                report.read(in, 0, length);
                if (random.nextInt(500) == 0) {
                    depacketizer.restart();
                }
            }
            depacketizer.finish();
            buffer.rollback();
            buffer.clear(buffer.whole());
        }
        assertThat(frames[0]).isPositive();
    }

    /** A header that is taken for one, and a first byte of the payload that is often meaningful. */
    private static void header(ByteBuffer in, Random random, int sequence, int time) {
        in.put(0, (byte) (random.nextInt(8) == 0 ? 0x90 : 0x80));
        in.put(1, (byte) (random.nextBoolean() ? 0xe0 : 0x60));
        in.putShort(2, (short) (random.nextInt(50) == 0 ? random.nextInt() : sequence));
        in.putInt(4, time);
        in.putInt(8, random.nextInt(1_000) == 0 ? random.nextInt() : 0x1234);
        if (random.nextInt(6) == 0) { // the header of a picture of JPEG
            in.putInt(12, random.nextBoolean() ? 0 : random.nextInt(3_000));
            in.putInt(
                    16,
                    random.nextInt(3) << 24 | (random.nextBoolean() ? 0xff0000 : random.nextInt(256) << 16) | 0x2810);
            in.putInt(20, random.nextBoolean() ? 64 : random.nextInt());
            return;
        }
        if (random.nextInt(8) == 0) { // the start of a picture of MPEG-4
            in.putInt(12, random.nextBoolean() ? 0x1b6 : 0x100 | random.nextInt(256));
            return;
        }
        int[] starts = {0x7c, 0x78, 0x67, 0x68, 0x65, 0x41, 0x06, 49 << 1, 48 << 1, 32 << 1, 33 << 1, 34 << 1, 1 << 1, 0
        };
        in.put(12, (byte) starts[random.nextInt(starts.length)]);
        in.put(13, (byte) (random.nextBoolean() ? in.get(13) : random.nextInt(4) << 6 | 5));
    }
}
