package solutions.itms.scs.media.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes boxes one inside another. Not thread-safe. */
final class BoxWriter {
    private ByteBuffer out = ByteBuffer.allocate(64 * 1024);
    private final Deque<Integer> open = new ArrayDeque<>();

    BoxWriter begin(String type) {
        open.push(out.position());
        u32(0);
        return text(type);
    }

    BoxWriter begin(byte[] type) {
        open.push(out.position());
        u32(0);
        return bytes(type);
    }

    BoxWriter begin(String type, int version, int flags) {
        begin(type);
        return u32(version << 24 | flags);
    }

    BoxWriter end() {
        int start = open.pop();
        out.putInt(start, out.position() - start);
        return this;
    }

    BoxWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    BoxWriter bytes(byte[] bytes) {
        reserve(bytes.length);
        out.put(bytes);
        return this;
    }

    BoxWriter u8(int value) {
        reserve(1);
        out.put((byte) value);
        return this;
    }

    BoxWriter u16(int value) {
        reserve(2);
        out.putShort((short) value);
        return this;
    }

    BoxWriter u32(long value) {
        reserve(4);
        out.putInt((int) value);
        return this;
    }

    BoxWriter u64(long value) {
        reserve(8);
        out.putLong(value);
        return this;
    }

    BoxWriter zeros(int count) {
        return bytes(new byte[count]);
    }

    /** The unity matrix. */
    BoxWriter matrix() {
        u32(0x10000).zeros(12);
        u32(0x10000).zeros(12);
        return u32(0x40000000);
    }

    int position() {
        return out.position();
    }

    void put32(int at, long value) {
        out.putInt(at, (int) value);
    }

    ByteBuffer result() {
        return out.duplicate().flip();
    }

    private void reserve(int more) {
        if (out.remaining() < more) {
            out = ByteBuffer.allocate(Math.max(2 * out.capacity(), out.position() + more))
                    .put(out.flip());
        }
    }
}
