package solutions.itms.scs.onvif;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A track of a recording.
 *
 * @param from when its data begins, by the device's clock; null when the device does not say, or says what can't be
 * @param to when its data ends, by the device's clock; null likewise
 */
public record RecordingTrack(
        String token,
        Kind kind,
        String description,
        @Nullable Instant from,
        @Nullable Instant to) {
    /** What a track holds. */
    public enum Kind {
        /** Pictures. */
        VIDEO,
        /** Sound. */
        AUDIO,
        /** Events and the like. */
        METADATA,
        /** Something else. */
        OTHER;

        static Kind of(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "video" -> VIDEO;
                case "audio" -> AUDIO;
                case "metadata" -> METADATA;
                default -> OTHER;
            };
        }
    }
}
