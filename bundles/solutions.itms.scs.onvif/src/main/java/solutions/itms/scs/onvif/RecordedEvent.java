package solutions.itms.scs.onvif;

import java.time.Instant;

/**
 * An event that a search found.
 *
 * @param recording token
 * @param track token; empty when it is about no track
 * @param time by the device's clock
 * @param event without a time of its own
 * @param startState whether nothing happened: it tells how things stood at the begin of the search
 */
public record RecordedEvent(String recording, String track, Instant time, DeviceEvent event, boolean startState) {
    private static final String DATA = "IsDataPresent";

    /** Whether it says that a track's data begins or ends. */
    public boolean isTrackState() {
        return event.topic().startsWith("RecordingHistory/Track/State") && event.value(DATA) != null;
    }

    /** Of {@link #isTrackState}: whether there is data from here on. */
    public boolean isDataPresent() {
        String text = event.value(DATA);
        return text != null && (text.equalsIgnoreCase("true") || text.equals("1"));
    }
}
