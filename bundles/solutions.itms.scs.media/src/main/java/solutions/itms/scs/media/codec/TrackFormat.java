package solutions.itms.scs.media.codec;

/**
 * How the frames of a track are decoded.
 *
 * @param mime as in MIME types, for example {@code avc1.64001f}
 * @param width of a picture; 0 for sound
 * @param height of a picture; 0 for sound
 * @param sampleEntry the box of an MP4 file that says the same
 */
public record TrackFormat(String mime, int width, int height, byte[] sampleEntry) {
    /** Whether it is sound. */
    public boolean audio() {
        return width == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrackFormat that && java.util.Arrays.equals(sampleEntry, that.sampleEntry);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(sampleEntry);
    }

    @Override
    public String toString() {
        return audio() ? mime : mime + " " + width + "x" + height;
    }
}
