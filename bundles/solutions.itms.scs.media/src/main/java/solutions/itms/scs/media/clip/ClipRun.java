package solutions.itms.scs.media.clip;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.mp4.Mp4Writer;
import solutions.itms.scs.media.rtp.FrameBuffer;
import solutions.itms.scs.media.rtsp.PacketListener;
import solutions.itms.scs.media.rtsp.RtspFailure;
import solutions.itms.scs.media.rtsp.RtspSession;
import solutions.itms.scs.media.rtsp.Sdp;
import solutions.itms.scs.onvif.http.HttpResponse;

/** One export. On one thread. */
final class ClipRun implements PacketListener {
    private static final int MOST_FRAME = 16 << 20;
    private static final long ANSWER_MILLIS = 10_000;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** After the last picture that can be expected, silence of this length is the end. */
    private static final long END_SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    /** Servers that start at a later key frame than they should are asked again, for so much earlier. */
    private static final long EARLIER_SECONDS = 10;

    private static final long LATE_MICROS = 100_000;

    private final ClipOrder order;
    private final ClipWatcher watcher;
    private final Mp4Writer file;
    private final ReplayCall call;
    private final FrameBuffer pictures = new FrameBuffer(1 << 20, MOST_FRAME);
    private final FrameBuffer sounds = new FrameBuffer(64 << 10, 1 << 20);
    private final Progress progress = new Progress();
    private final Outcome outcome = new Outcome();
    private final long fromMicros;
    private final long toMicros;
    private final long began = System.nanoTime();

    @Nullable
    private VideoLane video;

    @Nullable
    private SoundLane sound;

    @Nullable
    private Mending mending;

    private int videoTrack = -1;
    private int soundTrack = -1;
    private int videoRate = 90_000;
    private boolean askedEarlier;
    private long looked;
    private long seen = Long.MIN_VALUE;

    ClipRun(ClipOrder order, ClipWatcher watcher, Mp4Writer file) {
        this.order = order;
        this.watcher = watcher;
        this.file = file;
        call = new ReplayCall(
                order.source(), Math.min(ANSWER_MILLIS, order.idle().toMillis()));
        fromMicros = micros(order.from());
        toMicros = micros(order.to());
    }

    static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    /** Fetches until all is there, or nothing more can be had. */
    Outcome fetch() throws MediaException, InterruptedException, Lane.DiskFailure {
        int failures = 0;
        while (outcome.reason() == null) {
            long before = progress.lastMicros;
            try {
                connection();
            } catch (Lane.DiskFailure e) {
                throw e;
            } catch (InterruptedIOException e) {
                if (!(e instanceof java.net.SocketTimeoutException)) {
                    throw new InterruptedException();
                }
                failures = cut(e, before, failures);
            } catch (RtspFailure e) {
                if (!call.canBeMoreModest(e)) {
                    failures = refused(e, before, failures);
                }
            } catch (IOException e) {
                failures = cut(e, before, failures);
            } finally {
                end();
            }
        }
        if (outcome.reason() == Outcome.Reason.END && order.source().style() != ReplayStyle.URL) {
            mending = new Mending(call, file, videoTrack, videoRate, this::noMore);
            mending.run(progress.holes);
        }
        return outcome;
    }

    private boolean noMore() {
        return watcher.cancelled()
                || System.nanoTime() - began > order.limit().toNanos()
                || file.bytes() >= order.maxBytes();
    }

    private int refused(RtspFailure refusal, long before, int failures) throws MediaException, InterruptedException {
        if (progress.lastKeySample < 0 && refusal.status() != 0 && refusal.status() < 500) {
            throw Failures.of(refusal);
        }
        return cut(refusal, before, failures);
    }

    private int cut(IOException failure, long before, int failures) throws MediaException, InterruptedException {
        if (progress.lastKeySample < 0 && Failures.of(failure).kind() == MediaException.Kind.UNREACHABLE) {
            throw Failures.of(failure); // as it is, it would be the same again
        }
        boolean gotOn = progress.lastMicros > before;
        int inARow = gotOn ? 1 : failures + 1;
        if (inARow > order.reconnects() || progress.lastKeySample < 0 && inARow > 1 + order.reconnects() / 2) {
            if (progress.lastKeySample < 0) {
                throw Failures.of(failure);
            }
            outcome.end(Outcome.Reason.CUT, Failures.words(failure));
            return inARow;
        }
        if (outcome.reason() == null) {
            outcome.reconnects++;
            pause(Math.min(2_000, 50L << Math.min(6, inARow)));
        }
        return inARow;
    }

    /** Waits, and looks now and then whether it shall end. */
    private void pause(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && !stopped(); ) {
            TimeUnit.MILLISECONDS.sleep(Math.min(left, 100));
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }

    /** One connection, from its beginning to its end. */
    private void connection() throws IOException, MediaException {
        try (RtspSession session = call.open(this)) {
            Sdp description = session.description();
            Optional<Sdp.Track> picture = Receivers.video(description);
            if (picture.isEmpty()) {
                throw Failures.noPictures(description);
            }
            Optional<Sdp.Track> heard = order.audio() ? Receivers.audio(description) : Optional.empty();
            outcome.sound(order.audio(), description, heard);
            Instant from = start();
            lanes(picture.get(), heard, from);
            setUp(session, picture.get(), heard);
            HttpResponse play = session.play(call.playHeaders(from, order.to()));
            anchor(play, from);
            receive(session);
            session.teardown();
        }
    }

    /** Where to begin: where it was asked for, or at the last key frame; then somewhat before, as some servers start late. */
    private Instant start() {
        if (progress.lastKeySample >= 0) {
            long rate = videoRate;
            long micros = Math.floorDiv(progress.lastKeyTime, rate) * 1_000_000
                    + Math.floorMod(progress.lastKeyTime, rate) * 1_000_000 / rate;
            return instant(Math.max(micros - 2_000_000, Math.min(micros, fromMicros)));
        }
        return askedEarlier ? order.from().minusSeconds(EARLIER_SECONDS) : order.from();
    }

    private void lanes(Sdp.Track picture, Optional<Sdp.Track> heard, Instant from) {
        if (videoTrack < 0) {
            videoRate = picture.rate();
            videoTrack = file.track(true, picture.rate(), pictures);
            soundTrack =
                    heard.map(track -> file.track(false, track.rate(), sounds)).orElse(-1);
        }
        VideoLane lane =
                new VideoLane(picture, pictures, file, videoTrack, progress, fromMicros, toMicros, micros(from));
        video = lane;
        sound = soundTrack < 0
                ? null
                : heard.map(track -> new SoundLane(track, sounds, file, soundTrack, progress, toMicros))
                        .orElse(null);
        if (sound != null) {
            lane.sound(sound);
        }
    }

    private void setUp(RtspSession session, Sdp.Track picture, Optional<Sdp.Track> heard) throws IOException {
        video().channel(0);
        video().channel(session.setup(picture, 0, call.setupHeaders()));
        SoundLane lane = sound;
        if (lane != null && heard.isPresent()) {
            lane.channel(2);
            lane.channel(session.setup(heard.get(), 2, call.setupHeaders()));
        }
    }

    /** For servers that stamp nothing: what the answer to PLAY says of the start. */
    private void anchor(HttpResponse play, Instant from) {
        long start = ReplayCall.start(play).orElse(micros(from));
        Integer stamp = ReplayCall.startStamp(play, 0);
        if (stamp != null) {
            video().expect(stamp, start);
        }
        Integer heard = ReplayCall.startStamp(play, 1);
        SoundLane lane = sound;
        if (lane != null && heard != null) {
            lane.expect(heard, start);
        }
    }

    private VideoLane video() {
        VideoLane lane = video;
        if (lane == null) {
            throw new IllegalStateException("not connected");
        }
        return lane;
    }

    private void receive(RtspSession session) throws IOException {
        long heard = System.nanoTime();
        VideoLane lane = video();
        while (!stopped()) {
            boolean came;
            try {
                came = session.poll(100);
            } catch (EOFException e) {
                lane.finish();
                if (closeToEnd()) {
                    outcome.end(Outcome.Reason.END, "");
                    return;
                }
                throw e;
            }
            long now = System.nanoTime();
            heard = came ? now : heard;
            if (startsLate(lane)) {
                askedEarlier = true;
                forget();
                return;
            }
            if (lane.ended() || lane.bye()) {
                lane.finish();
                if (session.apart() && now - heard <= END_SILENCE_NANOS && soundFollows()) {
                    continue;
                }
                outcome.end(Outcome.Reason.END, "");
                return;
            }
            if (!came && silent(lane, now - heard)) {
                return;
            }
            if (session.received() > 3 * order.maxBytes() + (64 << 20)) {
                outcome.end(Outcome.Reason.TOO_MUCH, "");
            }
        }
    }

    /** Whether sound comes that belongs to pictures which are there already. */
    private boolean soundFollows() {
        return sound != null && !sound.ended() && !sound.bye();
    }

    /** Whether silence of this length is the end. */
    private boolean silent(VideoLane lane, long nanos) throws IOException {
        if (nanos > END_SILENCE_NANOS) {
            lane.finish();
            if (closeToEnd()) {
                outcome.end(Outcome.Reason.END, "");
                return true;
            }
        }
        if (nanos > order.idle().toNanos()) {
            if (lane.packets() == 0 && progress.lastKeySample < 0) {
                throw new RtspFailure(457, "the recorder sends nothing"); // it has accepted the time, and is silent
            }
            throw new java.net.SocketTimeoutException(
                    "nothing was sent for " + order.idle().toSeconds() + " s");
        }
        return false;
    }

    private boolean closeToEnd() {
        return progress.lastMicros != Long.MIN_VALUE
                && progress.lastMicros >= toMicros - 2 * outcome.step(file, videoTrack, videoRate);
    }

    private boolean startsLate(VideoLane lane) {
        long first = lane.firstSeen();
        return !askedEarlier
                && order.source().style() != ReplayStyle.URL
                && first > fromMicros + LATE_MICROS
                && first < toMicros
                && outcome.reconnects == 0;
    }

    /** Begins with an empty file. */
    private void forget() throws IOException {
        file.truncate(videoTrack, 0);
        if (soundTrack >= 0) {
            file.truncate(soundTrack, 0);
        }
        progress.forget();
    }

    /** Whether somebody, or a limit, wants it to end. */
    private boolean stopped() {
        long now = System.nanoTime();
        if (now - looked > LOOK_NANOS) {
            looked = now;
            if (watcher.cancelled()) {
                outcome.end(Outcome.Reason.CANCELLED, "");
            } else if (now - began > order.limit().toNanos()) {
                outcome.end(Outcome.Reason.TIME, "");
            }
            if (progress.lastMicros != Long.MIN_VALUE) {
                watcher.reached(instant(progress.lastMicros), file.bytes());
            }
        }
        if (file.bytes() >= order.maxBytes()) {
            outcome.end(Outcome.Reason.BYTES, "");
        }
        return outcome.reason() != null;
    }

    /** A connection is over. */
    private void end() {
        VideoLane lane = video;
        if (lane != null) {
            progress.lostBefore += lane.lost();
            outcome.unstamped |= lane.unstamped();
            seen = lane.firstSeen() == Long.MIN_VALUE ? seen : lane.firstSeen();
            lane.abandon();
        }
        SoundLane other = sound;
        if (other != null) {
            progress.lostBefore += other.lost();
            other.abandon();
        }
        video = null;
        sound = null;
    }

    @Override
    public void packet(int channel, ByteBuffer in, int from, int to) throws IOException {
        VideoLane lane = video;
        SoundLane other = sound;
        if (lane != null && lane.hasChannel(channel)) {
            lane.packet(channel, in, from, to);
        } else if (other != null && other.hasChannel(channel)) {
            other.packet(channel, in, from, to);
        }
    }

    @Override
    public boolean expects(int channel) {
        VideoLane lane = video;
        SoundLane other = sound;
        return lane != null && lane.hasChannel(channel) || other != null && other.hasChannel(channel);
    }

    /** Where the recorder sent pictures of instead; empty when it sent none. */
    String seen() {
        return seen == Long.MIN_VALUE ? "" : "; what it sends begins at " + instant(seen);
    }

    /** What was fetched once more; null when nothing could be. */
    @Nullable
    Mending mending() {
        return mending;
    }

    Progress progress() {
        return progress;
    }

    int videoTrack() {
        return videoTrack;
    }

    int soundTrack() {
        return soundTrack;
    }

    int videoRate() {
        return videoRate;
    }
}
