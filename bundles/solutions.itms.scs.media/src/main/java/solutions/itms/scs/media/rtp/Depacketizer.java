package solutions.itms.scs.media.rtp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.codec.TrackFormat;

/** Makes frames out of the packets of one track. Nothing a sender sends makes it fail. Not thread-safe. */
public abstract class Depacketizer {
    final FrameBuffer buffer;
    final Frame frame;
    private final FrameListener listener;
    private final int type;
    private final RtpPacket packet = new RtpPacket();
    private boolean begun;
    private int ssrc;
    private int expected;
    private boolean open;
    private boolean missing;
    private boolean dropped;
    private long packets;
    private long lost;
    private long late;

    /** @param type the payload type that counts; packets of others are passed over */
    Depacketizer(int type, FrameBuffer buffer, FrameListener listener) {
        this.type = type;
        this.buffer = buffer;
        this.listener = listener;
        frame = new Frame(buffer);
    }

    /** Takes an RTP packet. */
    public final void packet(ByteBuffer in, int start, int end) {
        if (!packet.read(in, start, end) || packet.type() != type || !inOrder()) {
            return;
        }
        packets++;
        if (open && packet.timestamp() != frame.timestamp) {
            finish();
        }
        if (!open) {
            begin();
        }
        if (missing) {
            // only what says that it begins a frame can be whole after a loss
            frame.damaged |= !(frame.length() == 0 && packet.time() != RtpPacket.NO_TIME);
            frame.afterLoss = true;
            lossInside();
            missing = false;
        }
        payload(in, packet.from(), packet.to(), packet.marker());
        if (packet.marker() && complete()) {
            finish();
        }
    }

    /** Ends the frame in the making: nothing follows. */
    public final void finish() {
        if (!open) {
            return;
        }
        open = false;
        endFrame();
        frame.damaged |= buffer.overflow();
        if (buffer.frameLength() > 0) {
            listener.frame(frame);
        } else {
            dropped |= frame.damaged; // nothing of it is left, but it was there
        }
        buffer.rollback();
    }

    /** Another connection begins: what is in the making is of no use any more. */
    public final void restart() {
        if (open) {
            endFrame();
        }
        open = false;
        begun = false;
        missing = false;
        dropped = false;
        buffer.rollback();
    }

    /** Packets that came. */
    public final long packets() {
        return packets;
    }

    /** Packets that never came. */
    public final long lost() {
        return lost;
    }

    /** Packets that came twice, or too late. */
    public final long late() {
        return late;
    }

    /** How frames are decoded; null as long as it is not known. */
    public final @Nullable TrackFormat format() {
        return frame.format;
    }

    private boolean inOrder() {
        if (!begun || packet.ssrc() != ssrc) {
            if (begun) {
                finish();
                missing = true;
            }
            begun = true;
            ssrc = packet.ssrc();
            expected = packet.sequence();
        }
        int ahead = (short) (packet.sequence() - expected);
        if (ahead < 0 && ahead > -1_000) {
            late++;
            return false;
        }
        if (ahead != 0) {
            lost += ahead > 0 ? ahead : 1;
            missing = true;
            if (open && packet.timestamp() != frame.timestamp) {
                frame.damaged = true;
            }
        }
        expected = packet.sequence() + 1 & 0xffff;
        return true;
    }

    private void begin() {
        open = true;
        frame.timestamp = packet.timestamp();
        frame.time = packet.time();
        frame.discontinuity = packet.discontinuity();
        frame.terminal = packet.terminal();
        frame.end = packet.end();
        frame.play = packet.play();
        frame.key = false;
        frame.damaged = false;
        frame.afterLoss = dropped;
        dropped = false;
    }

    /** Takes what a packet carries. */
    abstract void payload(ByteBuffer in, int from, int to, boolean marker);

    /** Whether the frame in the making has all that a frame must have. */
    abstract boolean complete();

    /** Packets are missing before the next one. */
    abstract void lossInside();

    /** The frame in the making ends. */
    abstract void endFrame();
}
