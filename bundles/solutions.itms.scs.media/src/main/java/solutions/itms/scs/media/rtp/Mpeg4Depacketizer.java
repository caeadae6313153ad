package solutions.itms.scs.media.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import solutions.itms.scs.media.codec.Mpeg4Format;

/** MPEG-4 Visual (RFC 6416): pictures in pieces, without headers of their own. Not thread-safe. */
public final class Mpeg4Depacketizer extends Depacketizer {
    private static final int LONGEST = 1_024;

    private boolean seen;
    private boolean described;

    /** @param configuration of the description; empty when it comes in the stream */
    public Mpeg4Depacketizer(int type, byte[] configuration, FrameBuffer buffer, FrameListener listener) {
        super(type, buffer, listener);
        describe(configuration);
    }

    private void describe(byte[] configuration) {
        try {
            frame.format = Mpeg4Format.of(configuration);
            described = true;
        } catch (IllegalArgumentException e) {
            described = false; // before a key frame there may be another one
        }
    }

    @Override
    void payload(ByteBuffer in, int from, int to, boolean marker) {
        if (!seen) {
            look(in, from, to);
        }
        buffer.put(in, from, to - from);
    }

    /** Finds what kind of picture it is: two bits behind the picture's start code. */
    private void look(ByteBuffer in, int from, int to) {
        for (int i = from; i + 4 < to; i++) {
            if (in.get(i) == 0 && in.get(i + 1) == 0 && in.get(i + 2) == 1 && in.get(i + 3) == (byte) 0xb6) {
                seen = true;
                frame.key = (in.get(i + 4) & 0xc0) == 0;
                if (!described && i > from && i - from < LONGEST) {
                    byte[] headers = new byte[i - from];
                    in.get(from, headers);
                    describe(Arrays.copyOf(headers, headers.length));
                }
                return;
            }
        }
    }

    @Override
    boolean complete() {
        return true;
    }

    @Override
    void lossInside() {
        frame.damaged |= buffer.frameLength() > 0;
    }

    @Override
    void endFrame() {
        frame.damaged |= !seen;
        seen = false;
    }
}
