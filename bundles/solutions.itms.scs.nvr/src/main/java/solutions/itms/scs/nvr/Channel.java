package solutions.itms.scs.nvr;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One channel of a recorder. Times are ours.
 *
 * @param channel its number, which it keeps
 * @param name for people
 * @param recording token; of a recorder without Profile G the number
 * @param status recording, stopped, missing or unknown
 * @param oldest null when that is not known
 * @param newest null likewise
 * @param gapSeconds without data in the last day; null when that is not known
 */
record Channel(
        String channel,
        String name,
        String recording,
        String status,
        @Nullable Instant oldest,
        @Nullable Instant newest,
        @Nullable Long gapSeconds) {
    static final String RECORDING = "recording";
    static final String STOPPED = "stopped";
    static final String MISSING = "missing";
    static final String UNKNOWN = "unknown";

    /** Whether it ought to record and does not. */
    boolean idle() {
        return status.equals(STOPPED) || status.equals(MISSING);
    }

    Channel withGap(@Nullable Long seconds) {
        return new Channel(channel, name, recording, status, oldest, newest, seconds);
    }

    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("channel", channel);
        json.put("name", name);
        json.put("recording", recording);
        json.put("status", status);
        json.put("oldest", oldest == null ? null : oldest.toString());
        json.put("newest", newest == null ? null : newest.toString());
        json.put("gapSeconds", gapSeconds);
        return json;
    }
}
