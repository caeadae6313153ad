package solutions.itms.scs.onvif;

import java.util.List;

/**
 * How it stands with a job.
 *
 * @param state Idle, Active, PartiallyActive or Error, or whatever the device says
 * @param errors of its tracks, as the device writes them
 */
public record RecordingJobState(String recording, String state, List<String> errors) {
    public RecordingJobState {
        errors = List.copyOf(errors);
    }
}
