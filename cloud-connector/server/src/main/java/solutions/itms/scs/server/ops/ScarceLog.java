package solutions.itms.scs.server.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Warnings about what others do wrong: one a minute for each of them, with the number of those left out. Thread-safe.
 */
public final class ScarceLog {
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MAX_KEYS = 1_000;
    private static final int MAX_TEXT = 200;

    private final Logger logger;
    private final Clock clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > MAX_KEYS;
        }
    };

    private static final class Entry {
        private @Nullable Instant last;
        private long leftOut;
    }

    public ScarceLog(Logger logger, Clock clock) {
        this.logger = logger;
        this.clock = clock;
    }

    /**
     * Warns, unless it did so for the same key within the last minute.
     *
     * @param key who is to blame; text from outside is made harmless
     */
    public void warn(String key, String text) {
        long leftOut;
        synchronized (entries) {
            Entry entry = entries.computeIfAbsent(key, unused -> new Entry());
            Instant now = clock.instant();
            if (entry.last != null && now.isBefore(entry.last.plus(PAUSE))) {
                entry.leftOut++;
                return;
            }
            leftOut = entry.leftOut;
            entry.leftOut = 0;
            entry.last = now;
        }
        logger.warn("{}: {}{}", harmless(key), harmless(text), leftOut == 0 ? "" : " (and " + leftOut + " times more)");
    }

    /** No line breaks or other control characters, which could forge lines, and not too long. */
    public static String harmless(String text) {
        String clipped = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
        return clipped.replaceAll("\\p{Cntrl}", "?");
    }
}
