package solutions.itms.scs.server.command;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Query;

/**
 * Which commands a list shows.
 *
 * @param condition SQL with named arguments
 */
record CommandFilter(String condition, Map<String, Object> arguments, int limit) {
    private static final int USUAL = 50;
    private static final int MAX = 500;

    private static final Map<String, String> COLUMNS = Map.of(
            "gateway", "gateway_id",
            "target", "target",
            "type", "type",
            "requester", "requested_by",
            "fleet", "fleet_id");

    /** As the request's parameters ask for. @throws Problem if one of them is wrong */
    static CommandFilter of(Context context) {
        Query query = new Query(context);
        StringBuilder condition = new StringBuilder("1 = 1");
        Map<String, Object> arguments = new LinkedHashMap<>();
        COLUMNS.forEach((parameter, column) -> {
            String value = query.text(parameter);
            if (value != null) {
                condition.append(" and ").append(column).append(" = :").append(parameter);
                arguments.put(parameter, value);
            }
        });
        String states = query.text("state", 200);
        if (states != null) {
            condition.append(" and state in (").append(states(states)).append(')');
        }
        Instant from = query.time("from");
        if (from != null) {
            condition.append(" and created_at_ms >= :from");
            arguments.put("from", from.toEpochMilli());
        }
        Instant to = query.time("to");
        if (to != null) {
            condition.append(" and created_at_ms < :to");
            arguments.put("to", to.toEpochMilli());
        }
        Long before = query.whole("before", Long.MAX_VALUE);
        if (before != null) {
            condition.append(" and number < :before");
            arguments.put("before", before);
        }
        return new CommandFilter(condition.toString(), arguments, limit(context));
    }

    /** The parameter {@code limit}. */
    static int limit(Context context) {
        return (int) new Query(context).whole("limit", MAX, USUAL);
    }

    /** Constants of ours, whatever the request holds. */
    private static String states(String text) {
        List<CommandState> states = text.equals("open")
                ? CommandState.open()
                : Arrays.stream(text.split(",", 20)).map(CommandFilter::state).toList();
        return states.stream().map(state -> "'" + state.name() + "'").collect(Collectors.joining(", "));
    }

    private static CommandState state(String name) {
        try {
            return CommandState.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("'state' must be 'open' or a list of "
                    + Arrays.stream(CommandState.values()).map(Enum::name).collect(Collectors.joining(", ")) + ".");
        }
    }
}
