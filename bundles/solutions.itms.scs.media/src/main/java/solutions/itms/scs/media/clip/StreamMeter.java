package solutions.itms.scs.media.clip;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.codec.TrackFormat;
import solutions.itms.scs.media.rtp.Depacketizer;
import solutions.itms.scs.media.rtp.Frame;
import solutions.itms.scs.media.rtp.FrameBuffer;
import solutions.itms.scs.media.rtsp.PacketListener;
import solutions.itms.scs.media.rtsp.RtspSession;
import solutions.itms.scs.media.rtsp.Sdp;

/** Looks at live streams. Thread-safe: each look runs on the thread that asks for it. */
public final class StreamMeter {
    private static final long SILENCE_SECONDS = 10;

    /**
     * Watches a stream for a time.
     *
     * @param time from the first picture on; up to ten seconds more until that comes
     * @throws MediaException when there is no stream
     */
    public StreamFigures measure(ClipSource source, Duration time) throws MediaException, InterruptedException {
        ReplayCall call = new ReplayCall(source, TimeUnit.SECONDS.toMillis(SILENCE_SECONDS));
        Watch watch = new Watch();
        try (RtspSession session = call.open(watch)) {
            watch.begin(session, time);
            return watch.figures();
        } catch (InterruptedIOException e) {
            if (e instanceof java.net.SocketTimeoutException) {
                throw Failures.of(e);
            }
            throw new InterruptedException();
        } catch (IOException e) {
            throw Failures.of(e);
        }
    }

    private static final class Watch implements PacketListener {
        private final FrameBuffer buffer = new FrameBuffer(256 << 10, 16 << 20);
        private Sdp.@Nullable Track track;
        private @Nullable Depacketizer pictures;
        private @Nullable TrackFormat format;
        private @Nullable String audio;
        private int channel;
        private int first;
        private int last;
        private int firstKey;
        private int lastKey;
        private long frames;
        private long keys;
        private long bytes;
        private long began;
        private long ended;

        void begin(RtspSession session, Duration time) throws IOException, MediaException {
            Optional<Sdp.Track> video = Receivers.video(session.description());
            if (video.isEmpty()) {
                throw Failures.noPictures(session.description());
            }
            track = video.get();
            pictures = Receivers.of(video.get(), buffer, this::frame);
            audio = Receivers.audio(session.description())
                    .map(sound -> switch (sound.encoding()) {
                        case "PCMU" -> "ulaw";
                        case "PCMA" -> "alaw";
                        default -> "mp4a.40.2";
                    })
                    .orElse(null);
            channel = session.setup(video.get(), 0, Map.of());
            session.play(Map.of("Range", "npt=0.000-"));
            watch(session, time);
            session.teardown();
        }

        private void watch(RtspSession session, Duration time) throws IOException {
            long heard = System.nanoTime();
            while (frames == 0 || System.nanoTime() - began < time.toNanos()) {
                boolean came = session.poll(100);
                heard = came ? System.nanoTime() : heard;
                if (System.nanoTime() - heard > TimeUnit.SECONDS.toNanos(SILENCE_SECONDS)) {
                    throw new java.net.SocketTimeoutException("nothing was sent for " + SILENCE_SECONDS + " s");
                }
            }
        }

        private void frame(Frame frame) {
            if (frames == 0) {
                began = System.nanoTime();
                first = frame.timestamp();
            } else {
                bytes += frame.length();
            }
            ended = System.nanoTime();
            last = frame.timestamp();
            frames++;
            format = frame.format() == null ? format : frame.format();
            if (frame.key()) {
                firstKey = keys == 0 ? frame.timestamp() : firstKey;
                lastKey = frame.timestamp();
                keys++;
            }
        }

        StreamFigures figures() throws MediaException {
            TrackFormat known = format;
            Sdp.Track source = track;
            Depacketizer counted = pictures;
            if (known == null || source == null || counted == null) {
                throw new MediaException(
                        MediaException.Kind.PROTOCOL, "the stream does not say how its pictures are decoded", null);
            }
            double seconds = Math.max(0, (double) (last - first)) / source.rate();
            double wall = (ended - began) / 1e9;
            // a clock of RTP that stands still, or runs away, is of no use
            double span = seconds > wall / 2 && seconds < wall * 2 ? seconds : wall;
            return new StreamFigures(
                    known.mime(),
                    audio,
                    known.width(),
                    known.height(),
                    span > 0 ? (frames - 1) / span : 0,
                    span > 0 ? Math.round(8 * bytes / span) : 0,
                    keys > 1 ? (double) (lastKey - firstKey) / source.rate() / (keys - 1) : 0,
                    counted.lost(),
                    counted.packets());
        }

        @Override
        public void packet(int number, ByteBuffer in, int from, int to) {
            Depacketizer lane = pictures;
            if (lane != null && number == channel) {
                lane.packet(in, from, to);
            }
        }

        @Override
        public boolean expects(int number) {
            return number == channel || number == channel + 1;
        }
    }
}
