package solutions.itms.scs.onvif;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording as it is set up; what it holds is told by {@link RecordingInformation}.
 *
 * @param token names it
 * @param sourceId of what is recorded, as the device writes it
 * @param name of what is recorded; empty when the device does not say
 * @param retention after which data is deleted; null when there is no such rule
 * @param tracks without times
 */
public record Recording(
        String token,
        String sourceId,
        String name,
        String location,
        String content,
        @Nullable Duration retention,
        List<RecordingTrack> tracks) {
    public Recording {
        tracks = List.copyOf(tracks);
    }
}
