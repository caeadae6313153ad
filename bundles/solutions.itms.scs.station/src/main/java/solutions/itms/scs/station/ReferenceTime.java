package solutions.itms.scs.station;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that knows the right time. */
@FunctionalInterface
interface ReferenceTime {
    /**
     * What was found out.
     *
     * @param offset how far the reference is ahead of our clock; null = not known
     * @param synchronised whether the clock is right as far as the reference can tell
     * @param source who was asked, and what came of it, in words
     */
    record Reading(@Nullable Duration offset, boolean synchronised, String source) {
        static Reading unknown(String why) {
            return new Reading(null, false, why);
        }
    }

    /** Asks; blocks for some seconds at most. */
    Reading read();
}
