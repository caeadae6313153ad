package solutions.itms.scs.station.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Says a thing once, and how often it was repeated later: whoever is refused a thousand times a second must not fill the
 * log. Thread-safe.
 */
final class Repeats {
    private static final String OTHERS = "other requests";

    private final BiConsumer<Level, String> log;
    private final int maxTexts;
    private final Map<Said, Integer> said = new LinkedHashMap<>();

    /** @param maxTexts different texts between two summaries; further ones are only counted */
    Repeats(BiConsumer<Level, String> log, int maxTexts) {
        this.log = log;
        this.maxTexts = maxTexts;
    }

    /** Logs the text, unless it was since the last summary. */
    void say(Level level, String text) {
        Said what = new Said(level, text);
        synchronized (said) {
            // made-up paths must not fill the memory either
            boolean full = said.size() >= maxTexts && !said.containsKey(what);
            if (said.merge(full ? new Said(level, OTHERS) : what, 1, Integer::sum) > 1 || full) {
                return;
            }
        }
        log.accept(level, text);
    }

    /** Logs how often what was said was repeated, and begins anew. */
    void summarise() {
        Map<Said, Integer> before;
        synchronized (said) {
            before = new LinkedHashMap<>(said);
            said.clear();
        }
        before.forEach((what, times) -> {
            int repeated = what.text.equals(OTHERS) ? times : times - 1;
            if (repeated > 0) {
                log.accept(what.level, what.text + ": repeated " + repeated + " times");
            }
        });
    }

    private record Said(Level level, String text) {}
}
