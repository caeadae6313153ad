package solutions.itms.scs.media.rtp;

import java.nio.ByteBuffer;

/** What the reports of a sender say. Not thread-safe. */
public final class RtcpReport {
    private long time = RtpPacket.NO_TIME;
    private int timestamp;
    private boolean bye;

    /** Reads all reports of one packet. */
    public void read(ByteBuffer in, int start, int end) {
        time = RtpPacket.NO_TIME;
        bye = false;
        int at = start;
        while (at + 4 <= end && (in.get(at) & 0xc0) == 0x80) {
            int type = in.get(at + 1) & 0xff;
            int length = 4 + 4 * (in.getShort(at + 2) & 0xffff);
            if (type == 200 && at + 20 <= end && (in.getInt(at + 8) | in.getInt(at + 12)) != 0) {
                time = NtpTime.micros(in.getInt(at + 8), in.getInt(at + 12));
                timestamp = in.getInt(at + 16);
            }
            bye |= type == 203;
            at += length;
        }
    }

    /** Microseconds since 1970, or {@link RtpPacket#NO_TIME}. */
    public long time() {
        return time;
    }

    /** What RTP's clock says at that time. */
    public int timestamp() {
        return timestamp;
    }

    /** Whether the sender says goodbye. */
    public boolean bye() {
        return bye;
    }
}
