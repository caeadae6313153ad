package solutions.itms.scs.media.clip;

import java.time.Instant;
import solutions.itms.scs.media.codec.TrackFormat;

/**
 * One picture of a recording that is played back.
 *
 * @param time when it was taken, by the recorder's clock
 * @param key whether it can be decoded alone
 * @param discontinuity whether it does not follow the one before: something is missing, or playing has jumped
 * @param end whether nothing is recorded next to it, in the direction of playing
 * @param last whether the recorder says that nothing follows
 * @param format how it is decoded
 * @param data as in a file: H.264 and H.265 with the length of each unit in front
 */
public record ReplayedPicture(
        Instant time, boolean key, boolean discontinuity, boolean end, boolean last, TrackFormat format, byte[] data) {
    /** Without the data. */
    @Override
    public String toString() {
        return time + (key ? " key" : "") + (discontinuity ? " discontinuity" : "") + (end ? " end" : "")
                + (last ? " last" : "") + " " + data.length + " bytes";
    }
}
