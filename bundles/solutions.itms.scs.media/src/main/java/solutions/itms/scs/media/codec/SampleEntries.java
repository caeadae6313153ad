package solutions.itms.scs.media.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Sample entries of MP4. */
final class SampleEntries {
    private SampleEntries() {}

    static byte[] video(String type, int width, int height, byte[] configuration) {
        ByteBuffer head = ByteBuffer.allocate(78);
        head.position(6)
                .putShort((short) 1)
                .position(24)
                .putShort((short) width)
                .putShort((short) height);
        head.putInt(0x480000).putInt(0x480000).putInt(0).putShort((short) 1);
        head.position(74).putShort((short) 0x18).putShort((short) -1);
        return box(type, head.array(), configuration);
    }

    static byte[] audio(String type, int channels, int rate, byte[] configuration) {
        ByteBuffer head = ByteBuffer.allocate(28);
        head.position(6)
                .putShort((short) 1)
                .position(16)
                .putShort((short) channels)
                .putShort((short) 16);
        head.putInt(0).putInt(rate > 0xffff ? 0 : rate << 16);
        return box(type, head.array(), configuration);
    }

    static byte[] box(String type, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = 8;
        for (byte[] part : parts) {
            length += part.length;
        }
        out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        out.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
