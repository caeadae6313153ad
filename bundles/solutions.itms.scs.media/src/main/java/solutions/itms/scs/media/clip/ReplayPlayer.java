package solutions.itms.scs.media.clip;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.codec.TrackFormat;
import solutions.itms.scs.media.rtp.Depacketizer;
import solutions.itms.scs.media.rtp.Frame;
import solutions.itms.scs.media.rtp.FrameBuffer;
import solutions.itms.scs.media.rtp.RecordedClock;
import solutions.itms.scs.media.rtp.RtpPacket;
import solutions.itms.scs.media.rtsp.PacketListener;
import solutions.itms.scs.media.rtsp.RtspFailure;
import solutions.itms.scs.media.rtsp.RtspSession;
import solutions.itms.scs.media.rtsp.Sdp;
import solutions.itms.scs.onvif.http.HttpResponse;

/**
 * Plays a recording back, picture by picture: forward, in reverse, key frames alone, from another time at any moment. Who
 * asks for pictures sets the pace: what is not taken stays at the recorder. On one thread.
 */
public final class ReplayPlayer implements AutoCloseable {
    private static final int MOST_FRAME = 16 << 20;

    private final ReplayCall call;
    private final Consumer<ReplayedPicture> taker;
    private final Intake intake = new Intake();
    private Connection connection;
    private @Nullable ReplayOrder order;
    private boolean asking;
    private boolean stale;
    private boolean ended;

    /** What lives as long as a connection. */
    private record Connection(RtspSession session, Depacketizer pictures, RecordedClock clock, int channel) {}

    /**
     * Connects; nothing plays yet.
     *
     * @param source a recorder that takes times in ONVIF's way; its address names a recording
     * @param patience how long each answer may take
     * @param taker gets the pictures, while {@link #poll} or another call runs
     * @throws MediaException when it can't be reached, refuses, or has no pictures that are known
     */
    public ReplayPlayer(ClipSource source, Duration patience, Consumer<ReplayedPicture> taker)
            throws MediaException, InterruptedException {
        if (source.style() != ReplayStyle.ONVIF) {
            throw new MediaException(
                    MediaException.Kind.UNSUPPORTED, "this recorder is not played back in ONVIF's way", null);
        }
        call = new ReplayCall(source, patience.toMillis());
        this.taker = taker;
        connection = connect(call, intake);
    }

    private static Connection connect(ReplayCall call, Intake intake) throws MediaException, InterruptedException {
        while (true) {
            RtspSession session = null;
            try {
                session = call.open(intake);
                Optional<Sdp.Track> track = Receivers.video(session.description());
                if (track.isEmpty()) {
                    throw Failures.noPictures(session.description());
                }
                int channel = session.setup(track.get(), 0, call.setupHeaders());
                Connection made = new Connection(
                        session,
                        Receivers.of(track.get(), intake.buffer, intake::frame),
                        new RecordedClock(track.get().rate()),
                        channel);
                session = null;
                return made;
            } catch (RtspFailure e) {
                if (!call.canBeMoreModest(e)) {
                    throw failed(e);
                }
            } catch (IOException e) {
                throw failed(e);
            } finally {
                if (session != null) {
                    session.close();
                }
            }
        }
    }

    /**
     * Plays from now on, instead of what was played before, of which no picture comes any more.
     *
     * @throws MediaException when the recorder does not do that; {@code UNSUPPORTED} when it plays forward alone
     */
    public void play(ReplayOrder wanted) throws MediaException, InterruptedException {
        stale = order != null;
        order = wanted;
        while (true) {
            ended = false;
            intake.group = Long.MIN_VALUE;
            asking = true;
            try {
                HttpResponse answer = connection.session().play(call.playHeaders(wanted));
                checkDirection(wanted, answer);
                anchor(wanted, answer);
                return;
            } catch (RtspFailure e) {
                if (!call.canBeMoreModest(e)) {
                    throw failed(e);
                }
                connection.session().close();
                stale = false;
                connection = connect(call, intake);
            } catch (IOException e) {
                throw failed(e);
            } finally {
                asking = false;
            }
        }
    }

    private static void checkDirection(ReplayOrder wanted, HttpResponse answer) throws MediaException {
        Optional<String> scale = answer.header("Scale");
        if (wanted.reverse() && scale.isPresent() && !scale.get().strip().startsWith("-")) {
            throw forwardAlone();
        }
    }

    private static MediaException forwardAlone() {
        return new MediaException(MediaException.Kind.UNSUPPORTED, "the recorder plays forward alone", null);
    }

    /** For recorders that stamp no times. */
    private void anchor(ReplayOrder wanted, HttpResponse answer) {
        RecordedClock clock = connection.clock();
        Integer stamp = ReplayCall.startStamp(answer, 0);
        if (stamp != null && !clock.anchored()) {
            clock.anchor(stamp, ReplayCall.start(answer).orElse(ClipRun.micros(wanted.from())));
        }
    }

    /** Stops; pictures that are on their way still come. */
    public void pause() throws MediaException, InterruptedException {
        try {
            connection.session().pause();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Goes on after a pause. */
    public void resume() throws MediaException, InterruptedException {
        ReplayOrder paused = order;
        if (paused == null) {
            throw new IllegalStateException("nothing was played");
        }
        try {
            connection.session().play(call.resumeHeaders(paused));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Takes what has come.
     *
     * @param wait for something to come
     * @return whether anything came
     * @throws MediaException when the connection has ended; {@code UNSUPPORTED} when it plays in the wrong direction
     */
    public boolean poll(Duration wait) throws MediaException, InterruptedException {
        try {
            boolean came = connection.session().poll(wait.toMillis());
            if (intake.wrongWay) {
                throw forwardAlone();
            }
            return came;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Whether the recorder has said that nothing follows, or the end was reached. */
    public boolean ended() {
        return ended;
    }

    private static MediaException failed(IOException failure) throws InterruptedException {
        if (failure instanceof InterruptedIOException && !(failure instanceof java.net.SocketTimeoutException)) {
            throw new InterruptedException();
        }
        return Failures.of(failure);
    }

    /** Ends the session at the recorder, and the connection. */
    @Override
    public void close() {
        connection.session().teardown();
        connection.session().close();
    }

    /** Makes pictures of packets. */
    private final class Intake implements PacketListener {
        final FrameBuffer buffer = new FrameBuffer(256 << 10, MOST_FRAME);
        /** Time of the last key frame, in ticks. */
        long group = Long.MIN_VALUE;

        boolean wrongWay;
        /** Whether the recorder tells to which PLAY a picture belongs, as it should. */
        private boolean counts;

        void frame(Frame frame) {
            ReplayOrder wanted = order;
            if (wanted == null || isStale(frame)) {
                return;
            }
            counts |= frame.play() >= 0 && frame.play() == played();
            RecordedClock clock = connection.clock();
            if (!clock.anchored() && frame.time() == RtpPacket.NO_TIME) {
                clock.anchor(frame.timestamp(), ClipRun.micros(wanted.from()));
            }
            boolean jump = frame.discontinuity() || wanted.reverse() && frame.key();
            long ticks = clock.ticks(frame.timestamp(), frame.time(), jump);
            Instant time = time(ticks, clock.rate());
            boolean behind = isBehind(wanted, frame, time, clock.rate());
            ended |= behind || frame.terminal();
            if (frame.key()) {
                wrongWay |= wanted.reverse() && group != Long.MIN_VALUE && ticks > group;
                group = ticks;
            }
            TrackFormat format = frame.format();
            if (frame.damaged() || format == null || wrongWay || behind) {
                return;
            }
            taker.accept(new ReplayedPicture(
                    time, frame.key(), frame.discontinuity(), frame.end(), frame.terminal(), format, data(frame)));
        }

        /** The last eight bits of the number of the last PLAY. */
        private int played() {
            return connection.session().played() & 0xff;
        }

        /** Whether a picture lies behind the end; in reverse the whole group in which the end lies belongs to it. */
        private boolean isBehind(ReplayOrder wanted, Frame frame, Instant time, int rate) {
            Instant to = wanted.to();
            if (to == null) {
                return false;
            }
            if (!wanted.reverse()) {
                return !time.isBefore(to);
            }
            return frame.key() && group != Long.MIN_VALUE && !time(group, rate).isAfter(to);
        }

        /** Whether it belongs to what was played before. */
        private boolean isStale(Frame frame) {
            if (!stale) {
                return false;
            }
            // its first picture may come together with the answer to PLAY
            boolean old = counts ? frame.play() != played() : !frame.discontinuity() && (asking || !frame.key());
            if (!old) {
                stale = false;
                connection.clock().forget();
            }
            return old;
        }

        private byte[] data(Frame frame) {
            int length = frame.commit();
            byte[] data = new byte[length];
            buffer.wholeFrames().get(buffer.whole() - length, data);
            buffer.clear(buffer.whole());
            return data;
        }

        private static Instant time(long ticks, long rate) {
            return ClipRun.instant(
                    Math.floorDiv(ticks, rate) * 1_000_000 + Math.floorMod(ticks, rate) * 1_000_000 / rate);
        }

        @Override
        public void packet(int on, ByteBuffer in, int from, int to) {
            // nothing plays before there is a connection
            if (order != null && on == connection.channel()) {
                connection.pictures().packet(in, from, to);
            }
        }

        @Override
        public boolean expects(int on) {
            return order != null && (on == connection.channel() || on == connection.channel() + 1);
        }
    }
}
