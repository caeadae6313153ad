package solutions.itms.scs.media.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.codec.JpegFormat;

/** JPEG (RFC 2435): pictures without their headers, which are made here. Each picture can be decoded alone. Not thread-safe. */
public final class JpegDepacketizer extends Depacketizer {
    private static final int HEADER = 8;

    private int start;
    private int width;
    private int height;

    /** Tables that came before with a quality that they belong to: later pictures may leave them out. */
    private int keptQuality = -1;

    private byte @Nullable [] kept;

    /** For pictures of up to 2040 by 2040. */
    public JpegDepacketizer(int type, FrameBuffer buffer, FrameListener listener) {
        super(type, buffer, listener);
    }

    @Override
    void payload(ByteBuffer in, int from, int to, boolean marker) {
        if (to - from < HEADER) {
            frame.damaged = true;
            return;
        }
        int offset = in.getInt(from) & 0xffffff;
        int type = in.get(from + 4) & 0xff;
        int data = from + HEADER + (type >= 64 && type < 128 ? 4 : 0);
        if (offset == 0 && buffer.frameLength() == 0) {
            data = begin(in, from, data, to);
        } else if (offset != buffer.frameLength() - start) {
            frame.damaged = true;
        }
        if (data > to) {
            frame.damaged = true;
        } else if (buffer.frameLength() > 0) {
            buffer.put(in, data, to - data);
        }
    }

    /** Puts the headers of a picture; where its data begin. */
    private int begin(ByteBuffer in, int from, int after, int to) {
        int type = in.get(from + 4) & 0xff;
        int quality = in.get(from + 5) & 0xff;
        width = 8 * (in.get(from + 6) & 0xff);
        height = 8 * (in.get(from + 7) & 0xff);
        int restart = after > from + HEADER && after <= to ? in.getShort(from + HEADER) & 0xffff : 0;
        int data = after;
        byte[] tables = null;
        if (quality >= 128 && after + 4 <= to) {
            int length = in.getShort(after + 2) & 0xffff;
            data = after + 4 + length;
            tables = data <= to ? tables(in, after, length, quality) : null;
        } else if (quality > 0 && quality < 100) {
            tables = JpegFormat.quantization(quality);
        }
        if (tables == null || width == 0 || height == 0 || (type & 0x3f) > 1 || type > 127) {
            frame.damaged = true;
            return to + 1;
        }
        frame.damaged = false;
        byte[] header = JpegFormat.header(type & 0x3f, width, height, tables, restart);
        buffer.put(ByteBuffer.wrap(header), 0, header.length);
        start = header.length;
        return data;
    }

    private byte @Nullable [] tables(ByteBuffer in, int at, int length, int quality) {
        if (length == 0) {
            return quality == keptQuality ? kept : null;
        }
        boolean bytes = in.get(at + 1) == 0; // else of 16 bits, which no picture of eight bits has
        if (!bytes || length != 64 && length != 128) {
            return null;
        }
        byte[] tables = new byte[length];
        in.get(at + 4, tables);
        keptQuality = quality;
        kept = Arrays.copyOf(tables, length);
        return tables;
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
        if (buffer.frameLength() == 0) {
            return;
        }
        buffer.put((byte) 0xff);
        buffer.put((byte) 0xd9);
        frame.key = true;
        if (frame.format == null || frame.format.width() != width || frame.format.height() != height) {
            frame.format = JpegFormat.of(width, height);
        }
    }
}
