package solutions.itms.scs.station.log;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much a line matters; the first matters most. */
public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As it is written in a configuration and on a line. */
    public String text() {
        return text;
    }

    /** The level of that name in lower case; null when there is none. */
    public static @Nullable Level of(String text) {
        for (Level level : values()) {
            if (level.text.equals(text)) {
                return level;
            }
        }
        return null;
    }

    /** Whether a line of this level is written where {@code threshold} is set. */
    boolean passes(Level threshold) {
        return compareTo(threshold) <= 0;
    }
}
