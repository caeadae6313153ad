package solutions.itms.scs.api.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a component, read so that it works whatever they hold: Kura checks types and ranges only in its web
 * console, leaves new properties out until the first update, and never removes old ones. What can't be used is replaced
 * by its default and reported. Not thread-safe.
 */
public final class Options {
    private final Map<String, ?> properties;
    private final List<String> problems = new ArrayList<>();

    /** @param properties as the component was given them; values may have any type */
    public Options(Map<String, ?> properties) {
        this.properties = properties;
    }

    /** A text without leading and trailing blanks, or the default when there is none. */
    public String text(String name, String standard) {
        Object value = properties.get(name);
        return value == null ? standard : String.valueOf(value).strip();
    }

    /** A whole number within a range, or the default when there is none or it does not fit. */
    public int number(String name, int min, int max, int standard) {
        Long value = whole(properties.get(name));
        if (value == null && isBlank(name)) {
            return standard;
        }
        if (value == null || value < min || value > max) {
            problems.add(name + " '" + properties.get(name) + "' is no whole number from " + min + " to " + max
                    + "; using " + standard);
            return standard;
        }
        return value.intValue();
    }

    /** True or false, or the default when there is neither. */
    public boolean flag(String name, boolean standard) {
        if (isBlank(name)) {
            return standard;
        }
        String value = text(name, "").toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            problems.add(name + " '" + properties.get(name) + "' is neither true nor false; using " + standard);
            return standard;
        }
        return value.equals("true");
    }

    /** Notes something that can't be used, beside what this class finds. */
    public void problem(String text) {
        problems.add(text);
    }

    /** What could not be used as it was configured, in words. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    private boolean isBlank(String name) {
        Object value = properties.get(name);
        return value == null || String.valueOf(value).isBlank();
    }

    private static @Nullable Long whole(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof String text) {
            try {
                return Long.valueOf(text.strip());
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return null;
    }
}
