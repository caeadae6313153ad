package solutions.itms.scs.testkit.rtsp;

import java.time.Instant;
import java.util.List;

/**
 * A recording of one channel, with the pictures of {@link ClockPictures}.
 *
 * @param token its name in ONVIF
 * @param channel counted from 1
 * @param name for people
 * @param spans in which there is something, in order; gaps lie between
 * @param format what its pictures are like
 */
public record Recording(String token, int channel, String name, List<TimeSpan> spans, Format format) {
    /**
     * A span of time.
     *
     * @param from its first moment
     * @param to the first moment after it
     */
    public record TimeSpan(Instant from, Instant to) {}

    /**
     * What pictures are like.
     *
     * @param width a multiple of 16, at least 416 for the whole clock
     * @param height a multiple of 16, at least 64
     * @param framesPerSecond 1 to 100
     * @param gop pictures from one key frame to the next
     * @param kbits 1000 bits a second, about; what the clock takes is the least
     */
    public record Format(int width, int height, int framesPerSecond, int gop, int kbits) {
        /** What an ordinary camera sends: 720p, 25 a second, 3 Mbit/s. */
        public static Format usual() {
            return new Format(1280, 720, 25, 50, 3_000);
        }

        /** Little to compute and to send. */
        public static Format small() {
            return new Format(416, 240, 25, 25, 500);
        }
    }

    /** Copies the list. */
    public Recording {
        spans = List.copyOf(spans);
    }

    /** One span without gaps. */
    public static Recording of(String token, int channel, Instant from, Instant to, Format format) {
        return new Recording(token, channel, "Channel " + channel, List.of(new TimeSpan(from, to)), format);
    }
}
