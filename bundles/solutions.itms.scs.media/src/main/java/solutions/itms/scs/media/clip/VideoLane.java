package solutions.itms.scs.media.clip;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.codec.TrackFormat;
import solutions.itms.scs.media.mp4.Mp4Writer;
import solutions.itms.scs.media.rtp.Frame;
import solutions.itms.scs.media.rtp.FrameBuffer;
import solutions.itms.scs.media.rtp.RtpPacket;
import solutions.itms.scs.media.rtsp.Sdp;

/** Pictures: from the key frame at or before the start to the end; after a loss from the next key frame on. */
final class VideoLane extends Lane {
    /** So many pictures behind the end are needed before it is believed: single ones are stamped wrongly. */
    private static final int BEHIND = 3;

    private final Progress progress;
    private final long from;
    private final long to;
    private final long fallbackStart;

    @Nullable
    private SoundLane sound;

    private boolean started;
    private boolean needsKey = true;
    private int behind;
    private boolean terminal;
    private boolean unstamped;
    private long holeFrom = Long.MIN_VALUE;
    private long firstSeen = Long.MIN_VALUE;

    /**
     * @param fallbackStart recorded time of the first picture when nothing tells it, microseconds since 1970
     */
    VideoLane(
            Sdp.Track source,
            FrameBuffer buffer,
            Mp4Writer file,
            int track,
            Progress progress,
            long fromMicros,
            long toMicros,
            long fallbackStart) {
        super(source, buffer, file, track);
        this.progress = progress;
        this.fallbackStart = fallbackStart;
        from = clock.ticks(fromMicros);
        to = clock.ticks(toMicros);
    }

    void sound(SoundLane lane) {
        sound = lane;
    }

    /** Whether the end was reached, by time or because the recorder says so. */
    boolean ended() {
        return terminal || behind >= BEHIND;
    }

    /** Whether no picture carried a recorded time. */
    boolean unstamped() {
        return unstamped;
    }

    /** Recorded time of the first picture of this connection, microseconds since 1970; or {@link Long#MIN_VALUE}. */
    long firstSeen() {
        return firstSeen == Long.MIN_VALUE ? firstSeen : micros(firstSeen);
    }

    @Override
    void take(Frame frame) throws IOException {
        if (!clock.anchored() && frame.time() == RtpPacket.NO_TIME) {
            anchor(frame.timestamp(), fallbackStart);
            unstamped = true;
        }
        long time = clock.ticks(frame.timestamp(), frame.time(), frame.discontinuity());
        firstSeen = firstSeen == Long.MIN_VALUE ? time : firstSeen;
        terminal |= frame.terminal();
        TrackFormat format = frame.format();
        if (frame.damaged() || format == null) {
            progress.damaged++;
            miss(time);
            return;
        }
        if (frame.afterLoss() && started) {
            miss(time); // whole pictures may be missing just before it, and it be made from them
        }
        if (needsKey && !frame.key()) {
            progress.undecodable++;
            return;
        }
        if (!started && !start(time)) {
            return;
        }
        needsKey = false;
        if (frame.key()) {
            close(time);
        }
        if (time >= to && beyond(frame, time)) {
            return;
        }
        behind = time >= to ? behind : 0;
        store(frame, format, time);
    }

    /** From here to the next key frame there is nothing to be shown. */
    private void miss(long time) {
        needsKey = true;
        if (holeFrom == Long.MIN_VALUE && time < to) {
            holeFrom = started && progress.lastKeySample >= 0 ? Math.min(time, progress.lastKeyTime) : time;
        }
    }

    /** A hole ends. @param time of the key frame behind it */
    private void close(long time) {
        if (holeFrom != Long.MIN_VALUE && time > from) {
            progress.hole(holeFrom, Math.min(time, to));
        }
        holeFrom = Long.MIN_VALUE;
    }

    /** There is nothing behind the last hole any more. */
    @Override
    void finish() throws DiskFailure {
        super.finish();
        close(to);
    }

    /** Whether this key frame continues what is in the file. */
    private boolean start(long time) throws IOException {
        long half = rate / 50;
        if (progress.lastKeySample >= 0 && time < progress.lastKeyTime - half) {
            return false; // there already
        }
        if (progress.lastKeySample >= 0 && time <= progress.lastKeyTime + half) {
            file.truncate(track, progress.lastKeySample);
            if (sound != null) {
                sound.truncateAt(micros(time));
            }
        }
        started = true;
        return true;
    }

    /** Whether a picture at or behind the end is left out: one that others are made from is not. */
    private boolean beyond(Frame frame, long time) {
        behind++;
        boolean needed = progress.reordered && !frame.key() && time < to + rate;
        if (!needed && !progress.reordered && file.count(track) > 0 && time < to + rate) {
            behind = BEHIND;
        }
        if (!needed) {
            needsKey = true;
        }
        return !needed;
    }

    private void store(Frame frame, TrackFormat format, long time) throws IOException {
        if (frame.key()) {
            boolean acrossGap = progress.lastTime < from && time - progress.lastTime > 2L * rate;
            if ((time <= from || acrossGap) && file.count(track) > 0) {
                // a later key frame before the start, or the first after a gap: what came before it is not needed
                int size = frame.commit();
                restart(frame, format, time, size);
                return;
            }
            progress.lastKeySample = file.count(track);
            progress.lastKeyTime = time;
        }
        progress.reordered |= time < progress.lastTime;
        progress.lastTime = Math.max(progress.lastTime, time);
        progress.lastMicros = micros(progress.lastTime);
        file.add(track, format, time, frame.commit(), frame.key());
    }

    private void restart(Frame frame, TrackFormat format, long time, int size) throws IOException {
        file.restart(track, size);
        if (sound != null) {
            sound.clear();
        }
        progress.lastKeySample = 0;
        progress.lastKeyTime = time;
        progress.lastTime = time;
        progress.lastMicros = micros(time);
        file.add(track, format, time, size, frame.key());
    }
}
