package solutions.itms.scs.api.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one command, read one after the other; what is wrong is collected, so that the sender learns of all of
 * it at once: read everything, then call {@link #check}. A value that is wrong reads as if it were not there. JSON's null
 * counts as not given. A parameter that was never read is unknown, and as such wrong. Not thread-safe.
 */
public final class CommandParameters {
    private final Map<String, @Nullable Object> values;
    private final Set<String> known = new HashSet<>();
    private final List<ParameterProblem> problems = new ArrayList<>();

    /**
     * Takes a JSON object, with values as {@link CommandResult} describes them.
     *
     * @throws IllegalArgumentException when something in it has no form in JSON, or it is too deep
     */
    public CommandParameters(Map<String, ? extends @Nullable Object> values) {
        this.values = JsonValues.object(values);
    }

    /** Whether it was given, whatever its value is. */
    public boolean has(String name) {
        known.add(name);
        return values.get(name) != null;
    }

    /** A text of 1 to so many characters, none of them a control character. */
    public Optional<String> text(String name, int maxLength) {
        Object value = value(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && isText(text, maxLength)) {
            return Optional.of(text);
        }
        return wrong(name, textRule(maxLength));
    }

    /** One text, or a list of 1 to so many texts; each as {@link #text} takes it. */
    public List<String> texts(String name, int maxCount, int maxLength) {
        Object value = value(name);
        if (value == null) {
            return List.of();
        }
        List<?> given = value instanceof List<?> list ? list : List.of(value);
        List<String> texts = new ArrayList<>();
        for (Object element : given) {
            if (element instanceof String text && isText(text, maxLength)) {
                texts.add(text);
            }
        }
        if (texts.isEmpty() || texts.size() != given.size() || texts.size() > maxCount) {
            problem(name, textRule(maxLength) + ", or a list of 1 to " + maxCount + " such");
            return List.of();
        }
        return List.copyOf(texts);
    }

    /** A whole number of this range; 2.0 is one, "2" is not. */
    public OptionalInt number(String name, int min, int max) {
        Object value = value(name);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value instanceof Long number && number >= min && number <= max) {
            return OptionalInt.of(number.intValue());
        }
        problem(name, "must be a whole number from " + min + " to " + max);
        return OptionalInt.empty();
    }

    /** A number of this range, whole or not. */
    public OptionalDouble decimal(String name, double min, double max) {
        Object value = value(name);
        if (value == null) {
            return OptionalDouble.empty();
        }
        if (value instanceof Number number && number.doubleValue() >= min && number.doubleValue() <= max) {
            return OptionalDouble.of(number.doubleValue());
        }
        problem(name, "must be a number from " + min + " to " + max);
        return OptionalDouble.empty();
    }

    /** True or false; false when it was not given. */
    public boolean flag(String name) {
        Object value = value(name);
        if (value != null && !(value instanceof Boolean)) {
            problem(name, "must be true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    /** Notes that something is wrong, beside what this class finds. */
    public void problem(String name, String text) {
        problems.add(new ParameterProblem(name, text));
    }

    /** The names that were asked for so far, whether they were given or not. */
    public Set<String> read() {
        return Set.copyOf(known);
    }

    /** Ends the reading. @throws CommandException when anything is wrong: all that is, in the order of the reading */
    public void check() throws CommandException {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                problem(name, "is not known");
            }
        }
        if (!problems.isEmpty()) {
            throw CommandException.ofParameters(problems);
        }
    }

    private @Nullable Object value(String name) {
        known.add(name);
        return values.get(name);
    }

    private Optional<String> wrong(String name, String text) {
        problem(name, text);
        return Optional.empty();
    }

    private static boolean isText(String text, int maxLength) {
        return !text.isBlank()
                && text.length() <= maxLength
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
    }

    private static String textRule(int maxLength) {
        return "must be a text of 1 to " + maxLength + " printable characters";
    }
}
