package solutions.itms.scs.server.command;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.http.Problem;

/**
 * Which commands a list shows.
 *
 * @param condition SQL with named arguments
 */
record CommandFilter(String condition, Map<String, Object> arguments, int limit) {
    private static final int USUAL = 50;
    private static final int MAX = 500;
    private static final int MAX_TEXT = 128;

    private static final Map<String, String> COLUMNS = Map.of(
            "gateway", "gateway_id",
            "target", "target",
            "type", "type",
            "requester", "requested_by",
            "fleet", "fleet_id");

    /** As the request's parameters ask for. @throws Problem if one of them is wrong */
    static CommandFilter of(Context context) {
        StringBuilder condition = new StringBuilder("1 = 1");
        Map<String, Object> arguments = new LinkedHashMap<>();
        COLUMNS.forEach((parameter, column) -> {
            String value = text(context, parameter);
            if (value != null) {
                condition.append(" and ").append(column).append(" = :").append(parameter);
                arguments.put(parameter, value);
            }
        });
        String states = context.queryParam("state");
        if (states != null) {
            condition.append(" and state in (").append(states(states)).append(')');
        }
        Instant from = time(context, "from");
        if (from != null) {
            condition.append(" and created_at_ms >= :from");
            arguments.put("from", from.toEpochMilli());
        }
        Instant to = time(context, "to");
        if (to != null) {
            condition.append(" and created_at_ms < :to");
            arguments.put("to", to.toEpochMilli());
        }
        Long before = number(context, "before", Long.MAX_VALUE);
        if (before != null) {
            condition.append(" and number < :before");
            arguments.put("before", before);
        }
        return new CommandFilter(condition.toString(), arguments, limit(context));
    }

    /** The parameter {@code limit}. */
    static int limit(Context context) {
        Long limit = number(context, "limit", MAX);
        return limit == null ? USUAL : limit.intValue();
    }

    static @Nullable Long number(Context context, String name, long max) {
        String value = context.queryParam(name);
        if (value == null) {
            return null;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Problem.badRequest(
                "'" + name + "' must be a number from 1" + (max == Long.MAX_VALUE ? "" : " to " + max) + ".");
    }

    static @Nullable Instant time(Context context, String name) {
        String value = context.queryParam(name);
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("'" + name + "' must be a time such as 2026-03-01T08:00:00Z.");
        }
    }

    static @Nullable String text(Context context, String name) {
        String value = context.queryParam(name);
        if (value != null && (value.isEmpty() || value.length() > MAX_TEXT)) {
            throw Problem.badRequest("'" + name + "' must have 1 to " + MAX_TEXT + " characters.");
        }
        return value;
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
