package solutions.itms.scs.onvif;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What records into a recording.
 *
 * @param mode Idle or Active, as it was asked for
 * @param priority null when the device does not say
 * @param sources tokens of the profiles or receivers that it records
 */
public record RecordingJob(
        String token,
        String recording,
        String mode,
        @Nullable Integer priority,
        List<String> sources) {
    public RecordingJob {
        sources = List.copyOf(sources);
    }
}
