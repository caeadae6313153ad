package solutions.itms.scs.onvif;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a recording is encoded at some time.
 *
 * @param from since when, by the device's clock; null when it does not say
 * @param until until when; null likewise
 */
public record MediaAttributes(
        String recording, @Nullable Instant from, @Nullable Instant until, List<Track> tracks) {
    public MediaAttributes {
        tracks = List.copyOf(tracks);
    }

    /**
     * One track.
     *
     * @param encoding such as H264; empty when the device does not say
     * @param width of pictures; null for what has none
     */
    public record Track(
            String token,
            RecordingTrack.Kind kind,
            String encoding,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Double frameRate,
            @Nullable Integer bitrateKbit) {}
}
