package solutions.itms.scs.media.rtsp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes packets that come between the messages. */
public interface PacketListener {
    /**
     * A packet has come; it is in the buffer during the call only.
     *
     * @param channel 0 to 255, also one that nobody has asked for
     */
    void packet(int channel, ByteBuffer in, int from, int to) throws IOException;

    /** Whether packets are expected on this channel. */
    boolean expects(int channel);
}
