package solutions.itms.scs.onvif;

import java.time.Instant;
import java.util.List;

/**
 * A search for events. Times are the device's.
 *
 * @param from where the search begins
 * @param to where it ends; before {@code from} to search backward, the latest event first
 * @param recordings tokens; empty for all
 * @param topic that events have or begin with, without prefixes, such as RecordingHistory/Track/State; empty for all
 * @param startState whether to tell how things stood at {@code from}
 * @param limit how many at most
 */
public record EventQuery(
        Instant from, Instant to, List<String> recordings, String topic, boolean startState, int limit) {
    public EventQuery {
        recordings = List.copyOf(recordings);
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1");
        }
    }

    /** Whether it goes from later to earlier. */
    public boolean isBackward() {
        return to.isBefore(from);
    }

    boolean takes(RecordedEvent found) {
        Instant first = isBackward() ? to : from;
        Instant last = isBackward() ? from : to;
        boolean inTime = found.startState()
                || !found.time().isBefore(first) && !found.time().isAfter(last);
        return inTime
                && (recordings.isEmpty() || recordings.contains(found.recording()))
                && found.event().topic().startsWith(topic);
    }

    EventQuery withoutTopic() {
        return new EventQuery(from, to, recordings, "", startState, limit);
    }
}
