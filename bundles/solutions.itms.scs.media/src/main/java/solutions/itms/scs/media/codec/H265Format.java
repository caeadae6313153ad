package solutions.itms.scs.media.codec;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;

/** Makes the format of a track out of H.265 parameter sets. */
public final class H265Format {
    private H265Format() {}

    /**
     * The format; the first sequence parameter set decides.
     *
     * @param video video parameter sets, with their headers
     * @param sequence sequence parameter sets; one at least
     * @param picture picture parameter sets
     * @throws IllegalArgumentException when a set is none
     */
    public static TrackFormat of(List<byte[]> video, List<byte[]> sequence, List<byte[]> picture) {
        byte[] sps = sequence.get(0);
        if (sps.length < 16) {
            throw new IllegalArgumentException("a sequence parameter set of " + sps.length + " bytes");
        }
        BitReader in = new BitReader(sps, 2);
        in.skip(4);
        int layers = in.u(3);
        int nested = in.u(1);
        byte[] level = new byte[12];
        for (int i = 0; i < level.length; i++) {
            level[i] = (byte) in.u(8);
        }
        skipLayers(in, layers);
        in.ue();
        int chroma = in.ue();
        if (chroma == 3) {
            in.skip(1);
        }
        int width = in.ue();
        int height = in.ue();
        if (in.flag()) {
            int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
            int unitY = chroma == 1 ? 2 : 1;
            width -= unitX * (in.ue() + in.ue());
            height -= unitY * (in.ue() + in.ue());
        }
        int luma = in.ue();
        int colour = in.ue();
        if (width < 8 || height < 8 || width > 16_384 || height > 16_384) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        out.writeBytes(level);
        out.writeBytes(new byte[] {(byte) 0xf0, 0, (byte) 0xfc});
        out.write(0xfc | chroma & 3);
        out.write(0xf8 | luma & 7);
        out.write(0xf8 | colour & 7);
        out.write(0);
        out.write(0);
        out.write((layers + 1 & 7) << 3 | nested << 2 | 3);
        out.write(3);
        put(out, 32, video);
        put(out, 33, sequence);
        put(out, 34, picture);
        byte[] hvcC = SampleEntries.box("hvcC", out.toByteArray());
        return new TrackFormat(mime(level), width, height, SampleEntries.video("hvc1", width, height, hvcC));
    }

    private static String mime(byte[] level) {
        int compatible = Integer.reverse(
                (level[1] & 0xff) << 24 | (level[2] & 0xff) << 16 | (level[3] & 0xff) << 8 | level[4] & 0xff);
        String tier = (level[0] & 0x20) == 0 ? "L" : "H";
        return String.format(
                Locale.ROOT, "hvc1.%d.%x.%s%d.%x", level[0] & 31, compatible, tier, level[11] & 0xff, level[5] & 0xff);
    }

    private static void skipLayers(BitReader in, int layers) {
        int present = 0;
        for (int i = 0; i < layers; i++) {
            present |= in.u(2) << 2 * i;
        }
        if (layers > 0) {
            in.skip(2 * (8 - layers));
        }
        for (int i = 0; i < layers; i++) {
            in.skip((present >> 2 * i & 2) != 0 ? 88 : 0);
            in.skip((present >> 2 * i & 1) != 0 ? 8 : 0);
        }
    }

    private static void put(ByteArrayOutputStream out, int type, List<byte[]> sets) {
        out.write(0x80 | type);
        out.write(sets.size() >> 8);
        out.write(sets.size());
        for (byte[] set : sets) {
            out.write(set.length >> 8);
            out.write(set.length);
            out.writeBytes(set);
        }
    }
}
