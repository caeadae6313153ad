package solutions.itms.scs.media.rtp;

import java.nio.ByteBuffer;

/**
 * Where frames are put together: whole ones first, then the one in the making. Units of video get their length in front, as
 * MP4 wants it. Grows to the size of the largest frame, no further. Not thread-safe.
 */
public final class FrameBuffer {
    private final int limit;
    private ByteBuffer bytes;
    private int frame;
    private int unit = -1;
    private int end;
    private boolean overflow;

    /**
     * @param capacity bytes at the beginning
     * @param limit bytes it may grow to
     */
    public FrameBuffer(int capacity, int limit) {
        this.limit = limit;
        bytes = ByteBuffer.allocateDirect(capacity);
    }

    /** Adds a piece. */
    void put(ByteBuffer from, int at, int length) {
        if (reserve(length)) {
            bytes.put(end, from, at, length);
            end += length;
        }
    }

    void put(byte value) {
        if (reserve(1)) {
            bytes.put(end++, value);
        }
    }

    void beginUnit() {
        unit = end;
        if (reserve(4)) {
            end += 4;
        }
    }

    boolean inUnit() {
        return unit >= 0;
    }

    /** Length of the unit in the making. */
    int unitLength() {
        return end - unit - 4;
    }

    byte unitByte(int index) {
        return bytes.get(unit + 4 + index);
    }

    byte[] unitBytes() {
        byte[] copy = new byte[unitLength()];
        bytes.get(unit + 4, copy);
        return copy;
    }

    void endUnit() {
        bytes.putInt(unit, end - unit - 4);
        unit = -1;
    }

    void dropUnit() {
        end = unit;
        unit = -1;
    }

    int frameLength() {
        return end - frame;
    }

    /** Whether the frame in the making is larger than any may be. */
    boolean overflow() {
        return overflow;
    }

    /** Drops the frame in the making. */
    void rollback() {
        end = frame;
        unit = -1;
        overflow = false;
    }

    /** The frame in the making is whole. */
    int commit() {
        int length = end - frame;
        frame = end;
        unit = -1;
        return length;
    }

    /** Bytes of whole frames. */
    public int whole() {
        return frame;
    }

    /** Whole frames, from 0; valid until the next change. */
    public ByteBuffer wholeFrames() {
        return bytes.slice(0, frame);
    }

    /** Forgets whole frames up to an offset; what follows stays. */
    public void clear(int length) {
        if (end > length && length > 0) {
            bytes.put(0, bytes, length, end - length);
        }
        unit = unit < 0 ? -1 : unit - length;
        end -= length;
        frame -= length;
    }

    private boolean reserve(int more) {
        if (end + more <= bytes.capacity()) {
            return true;
        }
        if (overflow || end + more > limit) {
            overflow = true;
            return false;
        }
        ByteBuffer larger = ByteBuffer.allocateDirect(Math.min(limit, Math.max(2 * bytes.capacity(), end + more)));
        larger.put(0, bytes, 0, end);
        bytes = larger;
        return true;
    }
}
