package solutions.itms.scs.server.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns that a change of a command writes, in their order. For one thread. */
final class Values {
    private final Map<String, @Nullable Object> columns = new LinkedHashMap<>();

    /** @param column a constant: it becomes part of the statement */
    Values with(String column, @Nullable Object value) {
        columns.put(column, value);
        return this;
    }

    Values addAll(Values more) {
        columns.putAll(more.columns);
        return this;
    }

    boolean isEmpty() {
        return columns.isEmpty();
    }

    String assignments() {
        StringBuilder text = new StringBuilder();
        columns.keySet().forEach(column -> text.append(", ").append(column).append(" = ?"));
        return text.toString();
    }

    List<@Nullable Object> arguments() {
        return new ArrayList<>(columns.values());
    }
}
