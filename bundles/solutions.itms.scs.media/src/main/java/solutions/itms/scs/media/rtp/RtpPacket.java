package solutions.itms.scs.media.rtp;

import java.nio.ByteBuffer;

/** A view of one RTP packet; the same object for all of them. Not thread-safe. */
public final class RtpPacket {
    /** No recorded time. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private static final int CLEAN = 0x80;
    private static final int END = 0x40;
    private static final int DISCONTINUITY = 0x20;
    private static final int TERMINAL = 0x10;

    private int type;
    private boolean marker;
    private int sequence;
    private int timestamp;
    private int ssrc;
    private int from;
    private int to;
    private long time;
    private int flags;
    private int play;

    /** Reads a packet; false when it is none. */
    public boolean read(ByteBuffer in, int start, int end) {
        if (end - start < 12 || (in.get(start) & 0xc0) != 0x80) {
            return false;
        }
        int first = in.get(start);
        type = in.get(start + 1) & 0x7f;
        marker = in.get(start + 1) < 0;
        sequence = in.getShort(start + 2) & 0xffff;
        timestamp = in.getInt(start + 4);
        ssrc = in.getInt(start + 8);
        time = NO_TIME;
        flags = 0;
        play = -1;
        from = start + 12 + 4 * (first & 15);
        to = end;
        if ((first & 0x10) != 0 && !extension(in, end)) {
            return false;
        }
        if ((first & 0x20) != 0 && end > from) {
            to = end - (in.get(end - 1) & 0xff);
        }
        return from <= to;
    }

    private boolean extension(ByteBuffer in, int end) {
        if (from + 4 > end) {
            return false;
        }
        int length = 4 * (in.getShort(from + 2) & 0xffff);
        int data = from + 4;
        if (data + length > end) {
            return false;
        }
        // ONVIF's; it may be longer than the three words it should have
        if ((in.getShort(from) & 0xffff) == 0xabac && length >= 12) {
            time = NtpTime.micros(in.getInt(data), in.getInt(data + 4));
            flags = in.get(data + 8);
            play = in.get(data + 9) & 0xff;
        }
        from = data + length;
        return true;
    }

    /** Payload type. */
    public int type() {
        return type;
    }

    /** Whether it says that it ends a frame. */
    public boolean marker() {
        return marker;
    }

    /** 16 bits. */
    public int sequence() {
        return sequence;
    }

    /** 32 bits. */
    public int timestamp() {
        return timestamp;
    }

    /** Its sender. */
    public int ssrc() {
        return ssrc;
    }

    /** Where the payload begins. */
    public int from() {
        return from;
    }

    /** Where the payload ends. */
    public int to() {
        return to;
    }

    /** Recorded time, microseconds since 1970, or {@link #NO_TIME}; the first packet of a frame alone has one. */
    public long time() {
        return time;
    }

    /** Whether the recorder says that decoding can begin here. */
    public boolean clean() {
        return (flags & CLEAN) != 0;
    }

    /** Whether the recorder says that nothing is recorded next to it, in the direction of playing. */
    public boolean end() {
        return (flags & END) != 0;
    }

    /** The last eight bits of the number of the PLAY that it belongs to; -1 when it does not say. */
    public int play() {
        return play;
    }

    /** Whether the recorder says that something is missing before it. */
    public boolean discontinuity() {
        return (flags & DISCONTINUITY) != 0;
    }

    /** Whether the recorder says that it is the last frame. */
    public boolean terminal() {
        return (flags & TERMINAL) != 0;
    }
}
