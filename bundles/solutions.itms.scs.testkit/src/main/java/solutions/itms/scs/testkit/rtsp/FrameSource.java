package solutions.itms.scs.testkit.rtsp;

import java.util.Iterator;
import java.util.List;

/** One track of what a server has, in the order of decoding. */
public interface FrameSource {
    /** What RTP calls it: {@code H264}, {@code H265}, {@code MPEG4-GENERIC}, {@code PCMU}, {@code PCMA},
     * {@code JPEG}, {@code MP4V-ES}.
     */
    String encoding();

    /** Ticks of RTP in a second. */
    int clockRate();

    /** What follows {@code a=fmtp:96 }; empty for none. */
    String format();

    /** Parameter sets, without start codes; empty for sound. */
    List<byte[]> parameterSets();

    /**
     * What is recorded from a time on: pictures from the key frame at or before it, or from the first after it in a gap.
     *
     * @param micros microseconds since 1970
     */
    Iterator<EncodedFrame> from(long micros);
}
