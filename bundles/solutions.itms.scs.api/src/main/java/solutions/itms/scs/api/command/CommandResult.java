package solutions.itms.scs.api.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a command, as a JSON object: texts, booleans, {@link Long}, {@link Double}, lists and maps of these, and
 * null. Other kinds of numbers become one of the two. Immutable.
 *
 * @param values the members of the object, in this order
 */
public record CommandResult(Map<String, @Nullable Object> values) {
    /** @throws IllegalArgumentException when something in it has no form in JSON, or it is too deep */
    public CommandResult {
        values = JsonValues.object(values);
    }
}
