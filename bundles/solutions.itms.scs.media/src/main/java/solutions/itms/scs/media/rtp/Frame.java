package solutions.itms.scs.media.rtp;

import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.codec.TrackFormat;

/** What is known of the frame in the making; the same object for all frames of a track. */
public final class Frame {
    int timestamp;
    long time;
    boolean discontinuity;
    boolean terminal;
    boolean end;
    int play = -1;
    boolean key;
    boolean damaged;
    boolean afterLoss;

    @Nullable
    TrackFormat format;

    private final FrameBuffer buffer;

    Frame(FrameBuffer buffer) {
        this.buffer = buffer;
    }

    /** RTP's timestamp. */
    public int timestamp() {
        return timestamp;
    }

    /** What the recorder stamped it with, microseconds since 1970, or {@link RtpPacket#NO_TIME}. */
    public long time() {
        return time;
    }

    /** Whether the recorder says that something is missing before it. */
    public boolean discontinuity() {
        return discontinuity;
    }

    /** Whether the recorder says that it is the last one. */
    public boolean terminal() {
        return terminal;
    }

    /** Whether the recorder says that nothing is recorded next to it, in the direction of playing. */
    public boolean end() {
        return end;
    }

    /** The last eight bits of the number of the PLAY that it belongs to; -1 when it does not say. */
    public int play() {
        return play;
    }

    /** Whether it can be decoded alone. */
    public boolean key() {
        return key;
    }

    /** Whether a part of it is missing, or may be. */
    public boolean damaged() {
        return damaged;
    }

    /** Whether packets are missing just before it, perhaps whole frames; it can't be decoded then unless it is a key frame. */
    public boolean afterLoss() {
        return afterLoss;
    }

    /** How it is decoded; null as long as no parameter sets came. */
    public @Nullable TrackFormat format() {
        return format;
    }

    /** Bytes it has in a file. */
    public int length() {
        return buffer.frameLength();
    }

    /** Keeps it in the buffer. */
    public int commit() {
        return buffer.commit();
    }
}
