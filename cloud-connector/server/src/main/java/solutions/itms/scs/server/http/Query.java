package solutions.itms.scs.server.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The parameters in a request's address. What is wrong with one is told by its name. For one request. */
public final class Query {
    /** Characters that a text may have, unless told otherwise. */
    public static final int MAX_TEXT = 128;

    private static final long FARTHEST_SECONDS = 100_000_000_000L;

    private final Context context;

    public Query(Context context) {
        this.context = context;
    }

    /** A text of 1 to {@value #MAX_TEXT} characters; null when it is not given. */
    public @Nullable String text(String name) {
        return text(name, MAX_TEXT);
    }

    /** A text of 1 to {@code max} characters; null when it is not given. */
    public @Nullable String text(String name, int max) {
        String value = context.queryParam(name);
        if (value == null) {
            return null;
        }
        if (value.isEmpty() || value.length() > max || value.indexOf('\0') >= 0) {
            throw Problem.badRequest("'" + name + "' must have 1 to " + max + " characters, none of them of code 0.");
        }
        return value;
    }

    /** A text that has to be there. */
    public String needed(String name, int max) {
        String value = text(name, max);
        if (value == null) {
            throw Problem.badRequest("The parameter '" + name + "' is needed.");
        }
        return value;
    }

    /** A whole number from 1 to {@code max}; null when it is not given. */
    public @Nullable Long whole(String name, long max) {
        return whole(name, 1, max);
    }

    /** A whole number from {@code min} to {@code max}; null when it is not given. */
    public @Nullable Long whole(String name, long min, long max) {
        String value = context.queryParam(name);
        if (value == null) {
            return null;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        String end = max == Long.MAX_VALUE ? "" : " to " + max;
        throw Problem.badRequest("'" + name + "' must be a whole number from " + min + end + ".");
    }

    /** The same, with what it is when it is not given. */
    public long whole(String name, long max, int preset) {
        Long value = whole(name, max);
        return value == null ? preset : value;
    }

    /** A time; null when it is not given. */
    public @Nullable Instant time(String name) {
        String value = context.queryParam(name);
        if (value == null) {
            return null;
        }
        try {
            Instant time = Instant.parse(value);
            if (Math.abs(time.getEpochSecond()) < FARTHEST_SECONDS) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        throw Problem.badRequest("'" + name + "' must be a time such as 2026-03-01T08:00:00Z.");
    }
}
