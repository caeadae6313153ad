package solutions.itms.scs.media.rtp;

/** Takes frames as they become whole. */
public interface FrameListener {
    /**
     * A frame is whole, and in the buffer of its depacketizer; the listener commits it or rolls it back.
     *
     * @param frame what is known of it; valid during the call
     */
    void frame(Frame frame);
}
