package solutions.itms.scs.media.codec;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;

/** Makes the format of a track out of H.264 parameter sets. */
public final class H264Format {
    private H264Format() {}

    /**
     * The format; the first sequence parameter set decides.
     *
     * @param sequence sequence parameter sets, with their headers; one at least
     * @param picture picture parameter sets
     * @throws IllegalArgumentException when a set is none
     */
    public static TrackFormat of(List<byte[]> sequence, List<byte[]> picture) {
        byte[] sps = sequence.get(0);
        if (sps.length < 5) {
            throw new IllegalArgumentException("a sequence parameter set of " + sps.length + " bytes");
        }
        BitReader in = new BitReader(sps, 4);
        int profile = sps[1] & 0xff;
        in.ue();
        int chroma = 1;
        int depth = 0;
        boolean high = switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
        if (high) {
            chroma = in.ue();
            if (chroma == 3) {
                in.skip(1);
            }
            depth = in.ue() << 8 | in.ue();
            in.skip(1);
            if (in.flag()) {
                scalingLists(in, chroma == 3 ? 12 : 8);
            }
        }
        in.ue();
        order(in);
        in.ue();
        in.skip(1);
        int width = 16 * (in.ue() + 1);
        int rows = in.ue() + 1;
        boolean frames = in.flag();
        int height = 16 * rows * (frames ? 1 : 2);
        in.skip(frames ? 1 : 2);
        if (in.flag()) {
            int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
            int unitY = (chroma == 1 ? 2 : 1) * (frames ? 1 : 2);
            width -= unitX * (in.ue() + in.ue());
            height -= unitY * (in.ue() + in.ue());
        }
        if (width < 16 || height < 16 || width > 16_384 || height > 16_384) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height);
        }
        String mime = String.format(Locale.ROOT, "avc1.%02x%02x%02x", profile, sps[2] & 0xff, sps[3] & 0xff);
        byte[] avcC = SampleEntries.box("avcC", configuration(sequence, picture, high, chroma, depth));
        return new TrackFormat(mime, width, height, SampleEntries.video("avc1", width, height, avcC));
    }

    private static void order(BitReader in) {
        int type = in.ue();
        if (type == 0) {
            in.ue();
        } else if (type == 1) {
            in.skip(1);
            in.se();
            in.se();
            int count = Math.min(255, in.ue());
            for (int i = 0; i < count; i++) {
                in.se();
            }
        }
    }

    private static void scalingLists(BitReader in, int count) {
        for (int list = 0; list < count; list++) {
            if (in.flag()) {
                int next = 8;
                int last = 8;
                for (int i = 0; i < (list < 6 ? 16 : 64); i++) {
                    next = next == 0 ? 0 : last + in.se() + 256 & 255;
                    last = next == 0 ? last : next;
                }
            }
        }
    }

    private static byte[] configuration(
            List<byte[]> sequence, List<byte[]> picture, boolean high, int chroma, int depth) {
        byte[] sps = sequence.get(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        out.write(sps, 1, 3);
        out.write(0xff);
        out.write(0xe0 | sequence.size());
        sequence.forEach(set -> put(out, set));
        out.write(picture.size());
        picture.forEach(set -> put(out, set));
        if (high) {
            out.write(0xfc | chroma);
            out.write(0xf8 | depth >> 8);
            out.write(0xf8 | depth & 7);
            out.write(0);
        }
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, byte[] set) {
        out.write(set.length >> 8);
        out.write(set.length);
        out.writeBytes(set);
    }
}
