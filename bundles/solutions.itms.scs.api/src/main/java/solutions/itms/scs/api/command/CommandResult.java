package solutions.itms.scs.api.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a command, as a JSON object: texts, booleans, {@link Long}, {@link Double}, lists and maps of these, and
 * null. Other kinds of numbers become one of the two. Immutable.
 *
 * @param values the members of the object, in this order
 * @param artifacts the files it made, at most {@link #MAX_ARTIFACTS}; they may still be on their way to the server
 */
public record CommandResult(Map<String, @Nullable Object> values, List<? extends ResultFile> artifacts) {
    /** A result names at most so many files. */
    public static final int MAX_ARTIFACTS = 20;

    /** @throws IllegalArgumentException when something in it has no form in JSON, or it is too deep, or too many files */
    public CommandResult {
        values = JsonValues.object(values);
        artifacts = List.copyOf(artifacts);
        if (artifacts.size() > MAX_ARTIFACTS) {
            throw new IllegalArgumentException("more than " + MAX_ARTIFACTS + " artifacts");
        }
    }

    /** A result without files. */
    public CommandResult(Map<String, @Nullable Object> values) {
        this(values, List.of());
    }
}
