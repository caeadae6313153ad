package solutions.itms.scs.message.command;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the members of a JSON object that came over the wire; each is checked, and none may be left over. */
final class Members {
    static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final long MAX_MILLIS =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private final Map<String, @Nullable Object> values;
    private final Set<String> left;

    Members(Map<String, @Nullable Object> values) {
        this.values = values;
        this.left = new LinkedHashSet<>(values.keySet());
    }

    /** A text of 1 to so many characters without control characters. */
    String text(String name, int maxLength) throws CommandRefusedException {
        String text = optionalText(name, maxLength);
        if (text == null) {
            throw wrong(name, "must be given");
        }
        return text;
    }

    @Nullable
    String optionalText(String name, int maxLength) throws CommandRefusedException {
        Object value = take(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String text
                && !text.isEmpty()
                && text.length() <= maxLength
                && text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        throw wrong(name, "must be a text of 1 to " + maxLength + " printable characters");
    }

    String id(String name) throws CommandRefusedException {
        if (take(name) instanceof String text && ID.matcher(text).matches()) {
            return text;
        }
        throw wrong(name, "must be 1 to 64 of A-Z, a-z, 0-9, _ and -");
    }

    long number(String name, long min, long max) throws CommandRefusedException {
        if (take(name) instanceof Long number && number >= min && number <= max) {
            return number;
        }
        throw wrong(name, "must be a whole number from " + min + " to " + max);
    }

    boolean flag(String name) throws CommandRefusedException {
        if (take(name) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "must be true or false");
    }

    Instant time(String name) throws CommandRefusedException {
        return Instant.ofEpochMilli(number(name, 0, MAX_MILLIS));
    }

    @Nullable
    Instant optionalTime(String name) throws CommandRefusedException {
        return values.get(name) == null && take(name) == null ? null : time(name);
    }

    Map<String, @Nullable Object> object(String name) throws CommandRefusedException {
        if (take(name) instanceof Map<?, ?> map) {
            return JsonText.members(map);
        }
        throw wrong(name, "must be an object");
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    List<?> list(String name, int maxCount) throws CommandRefusedException {
        if (take(name) instanceof List<?> list && list.size() <= maxCount) {
            return list;
        }
        throw wrong(name, "must be a list of at most " + maxCount);
    }

    /** Ends the reading: a member that nobody read is wrong. */
    void end() throws CommandRefusedException {
        if (!left.isEmpty()) {
            throw wrong(left.iterator().next(), "is not known");
        }
    }

    static CommandRefusedException wrong(String name, String text) {
        return new CommandRefusedException(ErrorCode.MALFORMED, List.of(new Problem("/" + name, text)));
    }

    private @Nullable Object take(String name) {
        left.remove(name);
        return values.get(name);
    }
}
