package solutions.itms.scs.media.clip;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in a file. All times are those of the recorder.
 *
 * @param first of the first picture in the file: a key frame, often before what was asked for
 * @param shown where playing begins: what is before it is there for the decoder alone
 * @param last of the last picture that is shown
 * @param gaps without pictures, inside of what was asked for
 * @param videoCodec as in MIME types, for example {@code avc1.64001f}
 * @param audio as in MIME types, or {@code ulaw}, {@code alaw}; null without sound
 * @param width of a picture; the largest when it changes
 * @param height of a picture; the largest when it changes
 * @param frames pictures in the file
 * @param keyFrames how many of them can be decoded alone
 * @param bytes of the file
 * @param duration of playing, gaps included
 * @param complete whether everything that was asked for is there
 * @param notes what is missing or odd, in words for people
 * @param lostPackets that never came
 * @param reconnects how often the connection was made anew
 * @param mended stretches with losses that were fetched once more, and are whole
 * @param missing stretches in which pictures were lost on the way and are missing
 */
public record Clip(
        Instant first,
        Instant shown,
        Instant last,
        List<Span> gaps,
        String videoCodec,
        @Nullable String audio,
        int width,
        int height,
        long frames,
        long keyFrames,
        long bytes,
        Duration duration,
        boolean complete,
        List<String> notes,
        long lostPackets,
        int reconnects,
        List<Span> mended,
        List<Span> missing) {
    /** Copies the lists. */
    public Clip {
        gaps = List.copyOf(gaps);
        notes = List.copyOf(notes);
        mended = List.copyOf(mended);
        missing = List.copyOf(missing);
    }
}
