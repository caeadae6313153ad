package solutions.itms.scs.media.clip;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.mp4.Mp4Writer;
import solutions.itms.scs.media.rtp.FrameBuffer;
import solutions.itms.scs.media.rtsp.PacketListener;
import solutions.itms.scs.media.rtsp.RtspSession;
import solutions.itms.scs.media.rtsp.Sdp;

/**
 * Fetches once more, at the end, what was lost on the way: each hole once, as long as that works. A recorder that loses
 * packets when it sends as fast as it can mostly does not for a second. On one thread.
 */
final class Mending implements PacketListener {
    private static final int MOST_HOLES = 32;
    private static final int MOST_FAILURES = 3;
    private static final int MOST_FRAME = 16 << 20;
    private static final long MOST_BYTES = 256L << 20;
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

    private final ReplayCall call;
    private final Mp4Writer file;
    private final int track;
    private final int rate;
    private final BooleanSupplier stopped;
    private final List<Span> mended = new ArrayList<>();
    private final List<Span> missing = new ArrayList<>();
    private @Nullable VideoLane lane;
    private int pictures;

    /** @param stopped whether there is no more time or room */
    Mending(ReplayCall call, Mp4Writer file, int track, int rate, BooleanSupplier stopped) {
        this.call = call;
        this.file = file;
        this.track = track;
        this.rate = rate;
        this.stopped = stopped;
    }

    void run(List<Progress.Hole> holes) throws Lane.DiskFailure, InterruptedException {
        int failures = 0;
        for (int i = 0; i < holes.size(); i++) {
            Progress.Hole hole = holes.get(i);
            boolean whole = false;
            if (i < MOST_HOLES && failures < MOST_FAILURES && !stopped.getAsBoolean()) {
                try {
                    whole = fetch(hole);
                } catch (Lane.DiskFailure e) {
                    throw e;
                } catch (InterruptedIOException e) {
                    if (!(e instanceof java.net.SocketTimeoutException)) {
                        throw new InterruptedException();
                    }
                } catch (IOException e) {
                    // it stays a hole, and is told
                }
                failures = whole ? 0 : failures + 1;
            }
            (whole ? mended : missing).add(new Span(instant(hole.from()), instant(hole.to())));
        }
    }

    /** @return whether nothing is missing there any more */
    private boolean fetch(Progress.Hole hole) throws IOException {
        try (RtspSession session = call.open(this)) {
            Optional<Sdp.Track> picture = Receivers.video(session.description());
            if (picture.isEmpty() || picture.get().rate() != rate) {
                return false;
            }
            FrameBuffer buffer = new FrameBuffer(256 << 10, MOST_FRAME);
            int part = file.track(true, rate, buffer);
            Progress own = new Progress();
            long from = micros(hole.from());
            VideoLane again = new VideoLane(picture.get(), buffer, file, part, own, from, micros(hole.to()), from);
            try {
                lane = again;
                again.channel(0);
                again.channel(session.setup(picture.get(), 0, call.setupHeaders()));
                session.play(call.playHeaders(instant(hole.from()), instant(hole.to())));
                receive(session, again);
                session.teardown();
            } finally {
                lane = null;
                again.abandon();
                pictures += file.splice(track, hole.to());
            }
            boolean fromTheBeginning = own.lastMicros != Long.MIN_VALUE && again.firstSeen() <= from + 1_000_000 / 20;
            boolean toTheEnd = own.lastMicros >= micros(hole.to()) - 2_000_000 / Math.max(1, perSecond());
            return fromTheBeginning && toTheEnd && own.holes.isEmpty() && again.lost() == 0;
        }
    }

    private void receive(RtspSession session, VideoLane again) throws IOException {
        long heard = System.nanoTime();
        while (!again.ended() && !again.bye() && !stopped.getAsBoolean() && session.received() < MOST_BYTES) {
            boolean came;
            try {
                came = session.poll(100);
            } catch (EOFException e) {
                break; // some close at the end
            }
            long now = System.nanoTime();
            heard = came ? now : heard;
            if (now - heard > SILENCE_NANOS) {
                break;
            }
        }
        again.finish();
    }

    /** Pictures of a usual second. */
    private long perSecond() {
        return 1_000_000 / Math.max(1, new Outcome().step(file, track, rate));
    }

    private long micros(long ticks) {
        return Math.floorDiv(ticks, (long) rate) * 1_000_000 + Math.floorMod(ticks, (long) rate) * 1_000_000L / rate;
    }

    private Instant instant(long ticks) {
        return ClipRun.instant(micros(ticks));
    }

    /** Holes that are none any more, by the recorder's clock. */
    List<Span> mended() {
        return mended;
    }

    /** Holes that stay. */
    List<Span> missing() {
        return missing;
    }

    /** Pictures that came by it. */
    int pictures() {
        return pictures;
    }

    @Override
    public void packet(int channel, ByteBuffer in, int from, int to) throws IOException {
        VideoLane again = lane;
        if (again != null && again.hasChannel(channel)) {
            again.packet(channel, in, from, to);
        }
    }

    @Override
    public boolean expects(int channel) {
        VideoLane again = lane;
        return again != null && again.hasChannel(channel);
    }
}
