package solutions.itms.scs.media.clip;

import org.jspecify.annotations.Nullable;

/**
 * What a live stream is like.
 *
 * @param videoCodec as in MIME types, for example {@code avc1.64001f}
 * @param audio as in MIME types, or {@code ulaw}, {@code alaw}; null without sound
 * @param width of a picture
 * @param height of a picture
 * @param framesPerSecond by the stream's own clock
 * @param bitsPerSecond of the pictures
 * @param secondsBetweenKeyFrames 0 when fewer than two came
 * @param lostPackets that never came
 * @param packets that came
 */
public record StreamFigures(
        String videoCodec,
        @Nullable String audio,
        int width,
        int height,
        double framesPerSecond,
        long bitsPerSecond,
        double secondsBetweenKeyFrames,
        long lostPackets,
        long packets) {}
