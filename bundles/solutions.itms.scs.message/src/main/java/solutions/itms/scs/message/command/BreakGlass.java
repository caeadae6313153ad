package solutions.itms.scs.message.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a command goes out without an approval, because waiting would be worse.
 *
 * @param parameter the parameter that decides
 * @param equals the value that it has then
 */
public record BreakGlass(String parameter, Object equals) {
    /** Whether these parameters are such. */
    public boolean matches(Map<String, ? extends @Nullable Object> parameters) {
        return equals.equals(parameters.get(parameter));
    }
}
