package solutions.itms.scs.media.codec;

import java.util.Arrays;
import java.util.Locale;

/** Makes the format of a track out of the configuration of MPEG-4 Visual (ISO/IEC 14496-2). */
public final class Mpeg4Format {
    private static final int LONGEST = 4_096;

    private Mpeg4Format() {}

    /**
     * The format.
     *
     * @param configuration headers before the first picture
     * @throws IllegalArgumentException when no layer of a picture is described
     */
    public static TrackFormat of(byte[] configuration) {
        int layer = find(configuration, 0x20, 0x2f);
        if (layer < 0 || configuration.length > LONGEST) {
            throw new IllegalArgumentException("no description of a layer");
        }
        BitReader in = new BitReader(Arrays.copyOfRange(configuration, layer + 4, configuration.length), 0, false);
        in.skip(9);
        int version = 1;
        if (in.flag()) {
            version = in.u(4);
            in.skip(3);
        }
        in.skip(in.u(4) == 15 ? 16 : 0);
        if (in.flag()) {
            in.skip(3);
            in.skip(in.flag() ? 79 : 0);
        }
        int shape = in.u(2);
        in.skip(shape == 3 && version != 1 ? 4 : 0);
        in.skip(1);
        int resolution = in.u(16);
        in.skip(1);
        if (in.flag()) {
            in.skip(Math.max(1, 32 - Integer.numberOfLeadingZeros(Math.max(0, resolution - 1))));
        }
        in.skip(1);
        int width = in.u(13);
        in.skip(1);
        int height = in.u(13);
        if (shape != 0 || width < 16 || height < 16) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height);
        }
        int sequence = find(configuration, 0xb0, 0xb0);
        int profile = sequence >= 0 && sequence + 4 < configuration.length ? configuration[sequence + 4] & 0xff : 1;
        byte[] entry = SampleEntries.video("mp4v", width, height, Descriptors.esds(0x20, 0x11, configuration));
        return new TrackFormat(String.format(Locale.ROOT, "mp4v.20.%d", profile), width, height, entry);
    }

    private static int find(byte[] bytes, int from, int to) {
        for (int i = 0; i + 3 < bytes.length; i++) {
            int code = bytes[i + 3] & 0xff;
            if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1 && code >= from && code <= to) {
                return i;
            }
        }
        return -1;
    }
}
