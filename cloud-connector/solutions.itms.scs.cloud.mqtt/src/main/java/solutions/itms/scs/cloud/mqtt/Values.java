package solutions.itms.scs.cloud.mqtt;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Properties of a component as they come: any may be missing, of a wrong type or out of range. What can't be used is
 * replaced by the default or the nearest allowed value, and noted.
 */
final class Values {
    private static final int MAX_TEXT = 4096;

    private final Map<String, ?> properties;
    private final List<String> problems;

    Values(Map<String, ?> properties, List<String> problems) {
        this.properties = properties;
        this.problems = problems;
    }

    /** A text without the blanks around it. */
    String text(String name, String fallback) {
        return exactText(name, fallback).strip();
    }

    /** A text as it was typed, such as a password. */
    String exactText(String name, String fallback) {
        Object value = properties.get(name);
        if (value == null) {
            return fallback;
        }
        if (value instanceof String text && text.length() <= MAX_TEXT) {
            return text;
        }
        problems.add(name + " is not a text of at most " + MAX_TEXT + " characters");
        return fallback;
    }

    /** One of the texts, in lower case. */
    String choice(String name, String fallback, Set<String> choices) {
        String value = text(name, fallback).toLowerCase(Locale.ROOT);
        if (choices.contains(value)) {
            return value;
        }
        problems.add(name + " is none of " + choices);
        return fallback;
    }

    boolean flag(String name, boolean fallback) {
        Object value = properties.get(name);
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof String text && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return Boolean.parseBoolean(text);
        }
        if (value != null) {
            problems.add(name + " is neither true nor false");
        }
        return fallback;
    }

    int number(String name, int fallback, int min, int max) {
        Object value = properties.get(name);
        if (value == null) {
            return fallback;
        }
        Long number = wholeNumber(value);
        if (number == null) {
            problems.add(name + " is not a whole number");
            return fallback;
        }
        if (number < min || number > max) {
            problems.add(name + " must be " + min + " to " + max);
        }
        return (int) Math.max(min, Math.min(max, number));
    }

    private static @Nullable Long wholeNumber(Object value) {
        try {
            return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte
                    ? Long.valueOf(((Number) value).longValue())
                    : value instanceof String text ? Long.valueOf(text.strip()) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
