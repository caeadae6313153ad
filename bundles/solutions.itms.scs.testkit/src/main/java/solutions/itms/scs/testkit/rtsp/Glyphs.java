package solutions.itms.scs.testkit.rtsp;

import java.util.Arrays;

/** Macroblocks of plain samples (4:2:0, 384 bytes): the characters of a clock, and coloured patches. */
final class Glyphs {
    private static final String CHARACTERS = "0123456789-:. ";
    /** Five columns, seven rows; the highest bit is the left column. */
    private static final int[][] FONT = {
        {14, 17, 19, 21, 25, 17, 14},
        {4, 12, 4, 4, 4, 4, 14},
        {14, 17, 1, 2, 4, 8, 31},
        {31, 2, 4, 2, 1, 17, 14},
        {2, 6, 10, 18, 31, 2, 2},
        {31, 16, 30, 1, 1, 17, 14},
        {6, 8, 16, 30, 17, 17, 14},
        {31, 1, 2, 4, 8, 8, 8},
        {14, 17, 17, 14, 17, 17, 14},
        {14, 17, 17, 15, 1, 2, 12},
        {0, 0, 0, 31, 0, 0, 0},
        {0, 4, 4, 0, 4, 4, 0},
        {0, 0, 0, 0, 0, 12, 12},
        {0, 0, 0, 0, 0, 0, 0}
    };

    private static final byte[][] GLYPHS = new byte[CHARACTERS.length()][];
    private static final byte[][] PATCHES = new byte[64][];

    static {
        for (int glyph = 0; glyph < GLYPHS.length; glyph++) {
            byte[] samples = flat(128, 128, 128);
            for (int y = 0; y < 14; y++) {
                for (int x = 0; x < 10; x++) {
                    if ((FONT[glyph][y / 2] >> (4 - x / 2) & 1) == 1) {
                        samples[(y + 1) * 16 + x + 3] = (byte) 235;
                    }
                }
            }
            GLYPHS[glyph] = samples;
        }
        for (int patch = 0; patch < PATCHES.length; patch++) {
            byte[] samples = flat(128, 64 + patch * 2, 192 - patch * 2);
            // the edges stay grey, so that what is flat beside it stays grey, too
            for (int y = 1; y < 15; y++) {
                for (int x = 1; x < 15; x++) {
                    samples[y * 16 + x] = (byte) (40 + (patch * 7 + x * 5 + y * 3) % 180);
                }
            }
            PATCHES[patch] = samples;
        }
    }

    private Glyphs() {}

    static byte[] samples(char character) {
        return GLYPHS[Math.max(0, CHARACTERS.indexOf(character))];
    }

    static byte[] patch(int number) {
        return PATCHES[number & 63];
    }

    private static byte[] flat(int luma, int cb, int cr) {
        byte[] samples = new byte[384];
        Arrays.fill(samples, 0, 256, (byte) luma);
        Arrays.fill(samples, 256, 320, (byte) cb);
        Arrays.fill(samples, 320, 384, (byte) cr);
        return samples;
    }
}
