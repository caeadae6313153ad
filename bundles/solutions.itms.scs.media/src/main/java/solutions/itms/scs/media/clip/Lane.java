package solutions.itms.scs.media.clip;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.mp4.Mp4Writer;
import solutions.itms.scs.media.rtp.Depacketizer;
import solutions.itms.scs.media.rtp.Frame;
import solutions.itms.scs.media.rtp.FrameBuffer;
import solutions.itms.scs.media.rtp.RecordedClock;
import solutions.itms.scs.media.rtp.RtcpReport;
import solutions.itms.scs.media.rtp.RtpPacket;
import solutions.itms.scs.media.rtsp.Sdp;

/** One track on its way from the connection to the file. Lives as long as one connection; what it fills lives longer. */
abstract class Lane {
    final Mp4Writer file;
    final int track;
    final int rate;
    final RecordedClock clock;
    private final Depacketizer depacketizer;
    private final RtcpReport report = new RtcpReport();
    private int channel = -1;
    private boolean bye;
    private boolean expected;
    private int expectedStamp;
    private long expectedMicros;

    @Nullable
    private IOException failure;

    Lane(Sdp.Track source, FrameBuffer buffer, Mp4Writer file, int track) {
        this.file = file;
        this.track = track;
        rate = source.rate();
        clock = new RecordedClock(rate);
        depacketizer = Receivers.of(source, buffer, this::frame);
    }

    private void frame(Frame frame) {
        try {
            take(frame);
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Takes a whole frame. */
    abstract void take(Frame frame) throws IOException;

    void channel(int number) {
        channel = number;
    }

    boolean hasChannel(int number) {
        return channel >= 0 && (number == channel || number == channel + 1);
    }

    /** Tells what a timestamp means to a server that stamps nothing; stamps in the frames go first. */
    void expect(int timestamp, long micros) {
        expected = true;
        expectedStamp = timestamp;
        expectedMicros = micros;
    }

    /** Anchors the clock for a frame without a stamp: by what was told before, when that can be, or by what is likely. */
    void anchor(int timestamp, long likelyMicros) {
        boolean near = Math.abs((long) timestamp - expectedStamp) < 60L * rate;
        if (expected && near) {
            clock.anchor(expectedStamp, expectedMicros);
        } else {
            clock.anchor(timestamp, likelyMicros);
        }
    }

    /** Takes a packet of its channels. */
    void packet(int number, ByteBuffer in, int from, int to) throws DiskFailure {
        if (number == channel) {
            depacketizer.packet(in, from, to);
        } else {
            report.read(in, from, to);
            bye |= report.bye();
            if (report.time() != RtpPacket.NO_TIME && !clock.anchored()) {
                clock.anchor(report.timestamp(), report.time());
            }
        }
        if (failure != null) {
            throw new DiskFailure(failure);
        }
    }

    /** Nothing follows: the frame in the making is the last. */
    void finish() throws DiskFailure {
        depacketizer.finish();
        if (failure != null) {
            throw new DiskFailure(failure);
        }
    }

    /** The frame in the making will never be whole. */
    void abandon() {
        depacketizer.restart();
    }

    boolean bye() {
        return bye;
    }

    long lost() {
        return depacketizer.lost();
    }

    long packets() {
        return depacketizer.packets();
    }

    long micros(long ticks) {
        return Math.floorDiv(ticks, (long) rate) * 1_000_000 + Math.floorMod(ticks, (long) rate) * 1_000_000L / rate;
    }

    /** The file can't be written: not the connection's fault. */
    static final class DiskFailure extends IOException {
        private static final long serialVersionUID = 1L;

        DiskFailure(IOException cause) {
            super(cause);
        }
    }
}
