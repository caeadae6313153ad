package solutions.itms.scs.media.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Descriptors of MPEG-4. */
final class Descriptors {
    private Descriptors() {}

    /**
     * Says how a stream is decoded.
     *
     * @param type of the encoding
     * @param stream its kind: 0x11 for pictures, 0x15 for sound
     * @param configuration what the decoder needs to know; empty for none
     */
    static byte[] esds(int type, int stream, byte[] configuration) {
        int own = configuration.length == 0 ? 0 : 5 + configuration.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, 0, 0});
        descriptor(out, 3, 3 + 5 + 13 + own + 6);
        out.writeBytes(new byte[] {0, 0, 0});
        descriptor(out, 4, 13 + own);
        out.writeBytes(
                ByteBuffer.allocate(13).put((byte) type).put((byte) stream).array());
        if (own > 0) {
            descriptor(out, 5, configuration.length);
            out.writeBytes(configuration);
        }
        descriptor(out, 6, 1);
        out.write(2);
        return SampleEntries.box("esds", out.toByteArray());
    }

    private static void descriptor(ByteArrayOutputStream out, int tag, int length) {
        out.write(tag);
        out.writeBytes(new byte[] {(byte) 0x80, (byte) 0x80, (byte) (0x80 | length >> 7), (byte) (length & 0x7f)});
    }
}
