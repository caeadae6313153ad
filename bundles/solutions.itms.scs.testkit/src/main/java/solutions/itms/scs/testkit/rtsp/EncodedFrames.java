package solutions.itms.scs.testkit.rtsp;

import java.util.Iterator;
import java.util.List;

/**
 * A track made by some encoder.
 *
 * @param frames in the order of decoding
 */
public record EncodedFrames(
        String encoding, int clockRate, String format, List<byte[]> parameterSets, List<EncodedFrame> frames)
        implements FrameSource {
    /** Copies the lists. */
    public EncodedFrames {
        parameterSets = List.copyOf(parameterSets);
        frames = List.copyOf(frames);
    }

    @Override
    public Iterator<EncodedFrame> from(long micros) {
        int start = 0;
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).key() && frames.get(i).micros() <= micros) {
                start = i;
            }
        }
        return frames.subList(start, frames.size()).iterator();
    }
}
