package solutions.itms.scs.media.clip;

import java.io.IOException;
import solutions.itms.scs.media.codec.TrackFormat;
import solutions.itms.scs.media.mp4.Mp4Writer;
import solutions.itms.scs.media.rtp.Frame;
import solutions.itms.scs.media.rtp.FrameBuffer;
import solutions.itms.scs.media.rtp.RtpPacket;
import solutions.itms.scs.media.rtsp.Sdp;

/** Sound: as long as there are pictures. */
final class SoundLane extends Lane {
    private final Progress progress;
    private final long to;
    private long after = Long.MIN_VALUE;
    private boolean ended;

    SoundLane(Sdp.Track source, FrameBuffer buffer, Mp4Writer file, int track, Progress progress, long toMicros) {
        super(source, buffer, file, track);
        this.progress = progress;
        to = clock.ticks(toMicros);
        after = file.count(track) > 0 ? file.last(track) : Long.MIN_VALUE;
    }

    @Override
    void take(Frame frame) throws IOException {
        if (!clock.anchored() && frame.time() == RtpPacket.NO_TIME) {
            if (progress.lastKeySample < 0) {
                return;
            }
            anchor(frame.timestamp(), progress.lastMicros);
        }
        long time = clock.ticks(frame.timestamp(), frame.time(), frame.discontinuity());
        ended |= frame.terminal() || time >= to;
        TrackFormat format = frame.format();
        boolean wanted = progress.lastKeySample >= 0 && time > after && time < to;
        if (frame.damaged() || format == null || !wanted) {
            return;
        }
        after = time;
        file.add(track, format, time, frame.commit(), true);
    }

    /** Whether the end was reached, by time or because the recorder says so. */
    boolean ended() {
        return ended;
    }

    /** Forgets all that is heard. */
    void clear() throws IOException {
        file.truncate(track, 0);
        after = Long.MIN_VALUE;
    }

    /** Forgets what is heard at a time or later. */
    void truncateAt(long micros) throws IOException {
        file.truncateAt(track, clock.ticks(micros));
        after = file.count(track) > 0 ? file.last(track) : clock.ticks(micros) - rate / 10;
    }
}
