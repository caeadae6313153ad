package solutions.itms.scs.media.rtp;

import java.nio.ByteBuffer;
import solutions.itms.scs.media.codec.TrackFormat;

/** AAC (RFC 3640): one piece of sound after the other, several in a packet, or one in several packets. Not thread-safe. */
public final class AacDepacketizer extends Depacketizer {
    private final int sizeBits;
    private final int indexBits;
    private final int samples;
    private final FrameListener listener;
    private int wanted;

    /**
     * @param sizeBits of a size in the header of a packet
     * @param indexBits of an index in it
     * @param samples ticks that one piece lasts
     */
    public AacDepacketizer(
            int type,
            TrackFormat format,
            int sizeBits,
            int indexBits,
            int samples,
            FrameBuffer buffer,
            FrameListener listener) {
        super(type, buffer, listener);
        this.sizeBits = sizeBits;
        this.indexBits = indexBits;
        this.samples = samples;
        this.listener = listener;
        frame.format = format;
    }

    @Override
    void payload(ByteBuffer in, int from, int to, boolean marker) {
        if (to - from < 2 || sizeBits == 0) {
            return;
        }
        frame.key = true;
        int headerBits = in.getShort(from) & 0xffff;
        int data = from + 2 + (headerBits + 7) / 8;
        int count = headerBits / (sizeBits + indexBits);
        if (data > to || count == 0) {
            frame.damaged = true;
            return;
        }
        for (int i = 0; i < count; i++) {
            int size = bits(in, (from + 2) * 8L + (long) i * (sizeBits + indexBits), sizeBits);
            int there = Math.min(size - wanted(), to - data);
            if (there < 0 || size == 0) {
                frame.damaged = true;
                return;
            }
            buffer.put(in, data, there);
            data += there;
            if (i < count - 1) {
                if (buffer.frameLength() < size) {
                    frame.damaged = true;
                    return;
                }
                deliver();
            } else {
                wanted = size;
            }
        }
    }

    private int wanted() {
        return buffer.frameLength();
    }

    private void deliver() {
        if (!frame.damaged && !buffer.overflow()) {
            listener.frame(frame);
        }
        buffer.rollback();
        frame.timestamp += samples;
        frame.time = RtpPacket.NO_TIME;
    }

    private static int bits(ByteBuffer in, long at, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            long bit = at + i;
            int index = (int) (bit >> 3);
            value = value << 1 | (index < in.limit() ? in.get(index) >> (7 - (int) (bit & 7)) & 1 : 0);
        }
        return value;
    }

    @Override
    boolean complete() {
        return buffer.frameLength() >= wanted;
    }

    @Override
    void lossInside() {
        frame.damaged |= buffer.frameLength() > 0;
    }

    @Override
    void endFrame() {
        frame.damaged |= buffer.frameLength() < wanted;
        wanted = 0;
    }
}
