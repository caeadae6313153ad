package solutions.itms.scs.media.rtp;

import java.nio.ByteBuffer;
import solutions.itms.scs.media.codec.TrackFormat;

/** G.711: a byte is a sample. Not thread-safe. */
public final class G711Depacketizer extends Depacketizer {
    /** For one of both laws. */
    public G711Depacketizer(int type, TrackFormat format, FrameBuffer buffer, FrameListener listener) {
        super(type, buffer, listener);
        frame.format = format;
    }

    @Override
    void payload(ByteBuffer in, int from, int to, boolean marker) {
        frame.key = true;
        buffer.put(in, from, to - from);
    }

    @Override
    boolean complete() {
        return true;
    }

    @Override
    void lossInside() {
        frame.damaged = false; // what came is as good as ever
    }

    @Override
    void endFrame() {
        frame.damaged = false;
    }
}
