package solutions.itms.scs.server.command;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.message.command.CommandType;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.server.auth.Access;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.auth.Person;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.http.Problem;

/** Whether something that is asked for can become a command. Thread-safe. */
final class Checks {
    private static final long MAX_OPEN_PER_GATEWAY = 1_000;
    private static final int MAX_REASON = 500;

    private final CommandRegistry registry;

    Checks(CommandRegistry registry) {
        this.registry = registry;
    }

    /** The type of this name. @throws Problem if there is none */
    CommandType type(String name) {
        return registry.find(name)
                .orElseThrow(() -> new Problem(
                        404,
                        ErrorCode.UNKNOWN_TYPE.text(),
                        "Unknown command",
                        "There is no command '" + clip(name) + "'; the registry lists all."));
    }

    /** Checks everything. @throws Problem if it can't become a command */
    NewCommand check(Transaction transaction, CommandRequest request, Person person) throws SQLException {
        CommandType type = type(request.type());
        Targets.Target target = Targets.find(transaction, request.gatewayId(), request.target());
        if (target == null) {
            throw Problem.notFound("There is no device '" + clip(request.target()) + "' at gateway '"
                    + clip(request.gatewayId()) + "'.");
        }
        if (!type.accepts(target.type())) {
            throw new Problem(
                    422,
                    ErrorCode.WRONG_TARGET_TYPE.text(),
                    "Wrong kind of device",
                    "'" + type.name() + "' is for " + type.target() + ", but the target is " + target.type() + ".");
        }
        Map<String, @Nullable Object> params = complete(type, request, target.type());
        requireValid(type, params);
        boolean breakGlass = type.isBreakGlass(params);
        requireReason(request, breakGlass);
        if (breakGlass) {
            Access.require(person, Permission.BREAK_GLASS);
            requireReauthenticated(request);
        }
        if (!breakGlass) {
            requireRoom(transaction, request.gatewayId());
        }
        return new NewCommand(request, type, target.account(), target.type(), params, breakGlass);
    }

    /** What is sent to one device names it; a command to the gateway says itself which devices it means. */
    static Map<String, @Nullable Object> complete(CommandType type, CommandRequest request, DeviceType targetType) {
        String parameter = type.targetParameter();
        if (parameter == null || targetType == DeviceType.EDGE_CONTROLLER) {
            return request.params();
        }
        Object given = request.params().get(parameter);
        if (given != null && !given.equals(request.target()) && !given.equals(List.of(request.target()))) {
            throw invalid(List.of(new solutions.itms.scs.message.command.Problem(
                    "/" + parameter, "must be the target itself, or be left out")));
        }
        if (given != null) {
            return request.params();
        }
        Map<String, @Nullable Object> params = new LinkedHashMap<>(request.params());
        params.put(parameter, request.target());
        return params;
    }

    static void requireValid(CommandType type, Map<String, @Nullable Object> params) {
        List<solutions.itms.scs.message.command.Problem> problems =
                type.parameters().validate(params);
        if (!problems.isEmpty()) {
            throw invalid(problems);
        }
    }

    private static Problem invalid(List<solutions.itms.scs.message.command.Problem> problems) {
        String detail = problems.stream()
                .map(solutions.itms.scs.message.command.Problem::describe)
                .collect(Collectors.joining("; "));
        List<Map<String, String>> list = problems.stream()
                .map(problem -> Map.of("pointer", problem.pointer(), "text", problem.text()))
                .toList();
        return new Problem(422, ErrorCode.INVALID_PARAMETERS.text(), "Invalid parameters", detail)
                .with("problems", list);
    }

    private static void requireReason(CommandRequest request, boolean needed) {
        String reason = request.reason();
        if (needed && (reason == null || reason.isBlank())) {
            throw new Problem(422, "reason_required", "Reason needed", "An emergency needs a 'reason'.");
        }
        if (reason != null && reason.length() > MAX_REASON) {
            throw Problem.badRequest("'reason' may have " + MAX_REASON + " characters.");
        }
    }

    private static void requireReauthenticated(CommandRequest request) {
        if (!request.reauthenticated()) {
            throw new Problem(
                    403,
                    "reauth_required",
                    "Give your password again",
                    "This goes out without an approval; 'reauthProof' of POST auth/reauth is needed.");
        }
    }

    private static void requireRoom(Transaction transaction, String gatewayId) throws SQLException {
        long open = transaction.number(
                "select count(*) from command where gateway_id = ? and deadline_ms is not null and state in"
                        + " ('PENDING_APPROVAL', 'PENDING', 'DISPATCHED', 'RUNNING', 'CANCELLING')",
                gatewayId);
        if (open >= MAX_OPEN_PER_GATEWAY) {
            throw new Problem(
                    429,
                    "too_many_open",
                    "Too many commands",
                    MAX_OPEN_PER_GATEWAY + " commands of this gateway have not ended yet; cancel some or wait.",
                    Map.of("Retry-After", "60"));
        }
    }

    static String clip(String text) {
        String shown = text.length() <= 64 ? text : text.substring(0, 64) + "…";
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
