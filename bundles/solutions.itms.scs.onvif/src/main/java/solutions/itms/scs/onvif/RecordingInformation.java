package solutions.itms.scs.onvif;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a recording holds. All times are the device's own.
 *
 * @param name of what is recorded; empty when the device does not say
 * @param earliest null when the device does not say, or says what can't be, such as 1970
 * @param latest null likewise; of a recording that goes on it may be behind
 * @param status Initiated, Recording, Stopped, Removing, Removed or Unknown
 */
public record RecordingInformation(
        String token,
        String sourceId,
        String name,
        String location,
        String content,
        @Nullable Instant earliest,
        @Nullable Instant latest,
        List<RecordingTrack> tracks,
        String status) {
    public RecordingInformation {
        tracks = List.copyOf(tracks);
    }

    /** Whether it goes on just now. */
    public boolean isRecording() {
        return status.equalsIgnoreCase("Recording");
    }
}
