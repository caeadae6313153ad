package solutions.itms.scs.testkit.rtsp;

import java.util.List;

/**
 * What is sent at once: a picture, or a piece of sound.
 *
 * @param micros recorded time, microseconds since 1970
 * @param key whether it can be decoded alone
 * @param first whether nothing is recorded just before it
 * @param last whether nothing is recorded just after it
 * @param units NAL units without start codes; or the one piece of sound; or the whole picture of JPEG or MPEG-4
 */
public record EncodedFrame(long micros, boolean key, boolean first, boolean last, List<byte[]> units) {}
