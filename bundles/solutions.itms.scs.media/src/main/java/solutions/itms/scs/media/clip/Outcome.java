package solutions.itms.scs.media.clip;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.mp4.Mp4Writer;
import solutions.itms.scs.media.rtsp.Sdp;

/** Why an export has ended, and what was odd. */
final class Outcome {
    /** Why it has ended. */
    enum Reason {
        /** All is there, or the recorder says so. */
        END,
        /** The connection was cut too often, or nothing came any more. */
        CUT,
        /** Somebody has called it off. */
        CANCELLED,
        /** The file has the size that it may have. */
        BYTES,
        /** It has taken as long as it may. */
        TIME,
        /** The recorder has sent far more than a clip can have. */
        TOO_MUCH
    }

    @Nullable
    private Reason reason;

    private String words = "";
    int reconnects;
    boolean unstamped;

    @Nullable
    private String soundMissing;

    @Nullable
    Reason reason() {
        return reason;
    }

    String words() {
        return words;
    }

    void end(Reason why, String text) {
        if (reason == null) {
            reason = why;
            words = text;
        }
    }

    /** The encoding of sound that can't be put in a file; null for none. */
    @Nullable
    String soundMissing() {
        return soundMissing;
    }

    void sound(boolean wanted, Sdp description, Optional<Sdp.Track> chosen) {
        if (wanted && chosen.isEmpty()) {
            soundMissing = description.tracks().stream()
                    .filter(track -> track.kind().equals("audio"))
                    .map(track -> track.encoding().isEmpty() ? "type " + track.type() : track.encoding())
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Microseconds from one picture to the next, as most are. */
    long step(Mp4Writer file, int track, int rate) {
        if (track < 0 || file.count(track) < 2) {
            return 40_000;
        }
        return step(file.times(track), rate);
    }

    static long step(long[] times, int rate) {
        if (times.length < 2) {
            return 40_000;
        }
        int count = Math.min(times.length - 1, 200);
        long[] steps = new long[count];
        for (int i = 0; i < count; i++) {
            steps[i] = times[i + 1] - times[i];
        }
        Arrays.sort(steps);
        return steps[count / 2] * 1_000_000 / rate;
    }
}
