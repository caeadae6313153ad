package solutions.itms.scs.media.codec;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** What RTP leaves out of pictures of JPEG (RFC 2435), and the format of a track of them. */
public final class JpegFormat {
    /** Both tables of quantization, in the order of the zigzag, as ITU-T T.81 has them in annex K. */
    private static final byte[] QUANTIZATION = HexFormat.of()
            .parseHex("100b0c0e0c0a100e0d0e1211101318281a181616183123251d283a333d3c3933383740485c4e4044"
                    + "57453738506d51575f626768673e4d71797064785c6567631112121815182f1a1a2f634238426363"
                    + "63636363636363636363636363636363636363636363636363636363636363636363636363636363"
                    + "6363636363636363");

    /** Tables of Huffman of the same annex: lengths and values; brightness and colour, constant and other parts. */
    private static final byte[][] HUFFMAN = {
        hex("00010501010101010100000000000000000102030405060708090a0b"),
        hex("0002010303020403050504040000017d01020300041105122131410613516107227114328191a108"
                + "2342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a43444546474849"
                + "4a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798"
                + "999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2"
                + "e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"),
        hex("00030101010101010101010000000000000102030405060708090a0b"),
        hex("00020102040403040705040400010277000102031104052131061241510761711322328108144291"
                + "a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748"
                + "494a535455565758595a636465666768696a737475767778797a82838485868788898a9293949596"
                + "9798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9da"
                + "e2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa")
    };

    private static final int[] HUFFMAN_CLASSES = {0x00, 0x10, 0x01, 0x11};

    private JpegFormat() {}

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** The format of a track: each picture is a whole JPEG. */
    public static TrackFormat of(int width, int height) {
        byte[] entry = SampleEntries.video("mp4v", width, height, Descriptors.esds(0x6c, 0x11, new byte[0]));
        return new TrackFormat("mp4v.6c", width, height, entry);
    }

    /**
     * Tables of quantization of a quality.
     *
     * @param quality 1 to 99
     */
    public static byte[] quantization(int quality) {
        int factor = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        byte[] tables = new byte[128];
        for (int i = 0; i < tables.length; i++) {
            int value = ((QUANTIZATION[i] & 0xff) * factor + 50) / 100;
            tables[i] = (byte) Math.max(1, Math.min(255, value));
        }
        return tables;
    }

    /**
     * What stands before the picture's data.
     *
     * @param type 0 for 4:2:2, 1 for 4:2:0
     * @param tables of quantization, 64 bytes each: one for all, or one for brightness and one for colour
     * @param restart pieces of the picture from one mark to the next; 0 without marks
     */
    public static byte[] header(int type, int width, int height, byte[] tables, int restart) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        marker(out, 0xd8);
        for (int i = 0; i < tables.length / 64; i++) {
            segment(out, 0xdb, 65);
            out.write(i);
            out.write(tables, 64 * i, 64);
        }
        if (restart > 0) {
            segment(out, 0xdd, 2);
            two(out, restart);
        }
        segment(out, 0xc0, 15);
        out.write(8);
        two(out, height);
        two(out, width);
        int colour = tables.length > 64 ? 1 : 0;
        out.writeBytes(new byte[] {3, 1, (byte) (type == 0 ? 0x21 : 0x22), 0});
        out.writeBytes(new byte[] {2, 0x11, (byte) colour, 3, 0x11, (byte) colour});
        for (int i = 0; i < HUFFMAN.length; i++) {
            segment(out, 0xc4, 1 + HUFFMAN[i].length);
            out.write(HUFFMAN_CLASSES[i]);
            out.writeBytes(HUFFMAN[i]);
        }
        segment(out, 0xda, 10);
        out.writeBytes(new byte[] {3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0});
        return out.toByteArray();
    }

    private static void marker(ByteArrayOutputStream out, int code) {
        out.write(0xff);
        out.write(code);
    }

    private static void segment(ByteArrayOutputStream out, int code, int length) {
        marker(out, code);
        two(out, length + 2);
    }

    private static void two(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }
}
