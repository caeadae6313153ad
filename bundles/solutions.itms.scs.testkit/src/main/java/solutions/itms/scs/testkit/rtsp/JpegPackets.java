package solutions.itms.scs.testkit.rtsp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Takes a JPEG apart as RTP wants it (RFC 2435): headers are left out, the tables of quantization go with the first packet. */
final class JpegPackets {
    private static final int TABLES_IN_BAND = 255;

    /** Takes the payload of one packet. */
    interface Taker {
        void packet(byte[] header, byte[] data, int from, int length, boolean end);
    }

    private JpegPackets() {}

    /** @param picture baseline, 4:2:0 or 4:2:2, with the usual tables of Huffman */
    static void of(byte[] picture, int most, Taker taker) {
        ByteBuffer in = ByteBuffer.wrap(picture);
        ByteArrayOutputStream tables = new ByteArrayOutputStream();
        int type = 1;
        int width = 0;
        int height = 0;
        int at = 2;
        while ((picture[at + 1] & 0xff) != 0xda) {
            int length = in.getShort(at + 2) & 0xffff;
            switch (picture[at + 1] & 0xff) {
                case 0xdb -> {
                    for (int table = at + 4; table < at + 2 + length; table += 65) {
                        tables.write(picture, table + 1, 64);
                    }
                }
                case 0xc0 -> {
                    height = in.getShort(at + 5) & 0xffff;
                    width = in.getShort(at + 7) & 0xffff;
                    type = picture[at + 11] == 0x21 ? 0 : 1;
                }
                default -> {
                    // the receiver makes it
                }
            }
            at += 2 + length;
        }
        int data = at + 2 + (in.getShort(at + 2) & 0xffff);
        int end = picture.length - 2;
        for (int from = data; from < end; from += most) {
            int length = Math.min(most, end - from);
            byte[] sets = from == data ? tables.toByteArray() : new byte[0];
            ByteBuffer header = ByteBuffer.allocate(8 + (from == data ? 4 + sets.length : 0));
            header.putInt(from - data).put((byte) type).put((byte) TABLES_IN_BAND);
            header.put((byte) (width / 8)).put((byte) (height / 8));
            if (from == data) {
                header.putShort((short) 0).putShort((short) sets.length).put(sets);
            }
            taker.packet(header.array(), picture, from, length, from + length == end);
        }
    }
}
