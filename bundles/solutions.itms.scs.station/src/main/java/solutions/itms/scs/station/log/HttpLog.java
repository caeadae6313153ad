package solutions.itms.scs.station.log;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The log of requests, made bearable: a hundred gates send two million requests a day. What gates ask and say all the
 * time is written at debug alone, with one line for each device or source and minute at info; refusals are written
 * once a minute and counted. Thread-safe.
 */
public final class HttpLog {
    private static final int MAX_KEYS = 10_000;
    private static final int MAX_PATH = 300;

    private final LogFiles files;
    private final Repeats refusals;
    private final Repeats denials;
    private final ConcurrentHashMap<String, Tally> tallies = new ConcurrentHashMap<>();

    /** @param files gets the lines */
    public HttpLog(LogFiles files) {
        this.files = files;
        this.refusals = new Repeats(files::http, 1_000);
        this.denials = new Repeats(files::app, 100);
    }

    /**
     * A request was answered.
     *
     * @param path as it was asked for, still encoded, without the query
     * @param source the caller's address; null when unknown
     * @param micros microseconds from the request to the answer
     * @param deviceId the device that it concerns; null for several, or for none
     */
    public void answered(
            String method, String path, @Nullable String source, int status, long micros, @Nullable String deviceId) {
        if (status >= 400) {
            refusals.say(
                    status >= 500 ? Level.ERROR : Level.WARN,
                    request(method, path, source, deviceId) + " refused with " + status);
            return;
        }
        boolean beat = path.equals("/hb") || path.equals("/hb/bulk");
        boolean read = method.equals("GET") || method.equals("HEAD");
        if (beat || read) {
            String what = read ? "Reads by " + source : "Heartbeats of " + (deviceId == null ? source : deviceId);
            String key = tallies.size() < MAX_KEYS || tallies.containsKey(what) ? what : "Other requests";
            tallies.compute(key, (k, tally) -> Tally.plus(tally, micros));
        }
        Level level = beat || read ? Level.DEBUG : Level.INFO;
        if (files.writes(level)) {
            files.http(
                    level,
                    request(method, path, source, deviceId) + " answered with " + status + " in " + millis(micros));
        }
    }

    /**
     * A request was denied, which is also for those who read the log of the station itself.
     *
     * @param why to be read behind the request
     */
    public void denied(String method, String path, String source, String why) {
        denials.say(Level.WARN, "Denied " + request(method, path, source, null) + ": " + why);
    }

    /** Writes the lines about the time since this was called last; to be called every minute. */
    public void summarise() {
        refusals.summarise();
        denials.summarise();
        Map<String, Tally> before = new TreeMap<>();
        for (String key : tallies.keySet()) {
            Tally tally = tallies.remove(key);
            if (tally != null) {
                before.put(key, tally);
            }
        }
        before.forEach((what, tally) -> files.http(
                Level.INFO,
                what + ": " + tally.count + " answered with 200, the slowest in " + millis(tally.slowestMicros)));
    }

    private static String request(String method, String path, @Nullable String source, @Nullable String deviceId) {
        String shown = path.length() > MAX_PATH ? path.substring(0, MAX_PATH) + "…" : path;
        return method + " " + shown + " by " + (source == null ? "unknown" : source)
                + (deviceId == null ? "" : " of " + deviceId);
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1000.0);
    }

    private record Tally(int count, long slowestMicros) {
        static Tally plus(@Nullable Tally before, long micros) {
            return before == null
                    ? new Tally(1, micros)
                    : new Tally(before.count + 1, Math.max(before.slowestMicros, micros));
        }
    }
}
