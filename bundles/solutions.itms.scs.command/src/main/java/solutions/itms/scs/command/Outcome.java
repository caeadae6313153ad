package solutions.itms.scs.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.message.command.Artifact;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.CommandType;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.Failure;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.message.command.Safety;

/**
 * How a command ended.
 *
 * @param state a final one
 * @param values of a success
 * @param failure of anything else
 * @param artifacts the files that it made
 */
record Outcome(
        GatewayState state,
        @Nullable Map<String, @Nullable Object> values,
        @Nullable Failure failure,
        List<Artifact> artifacts) {

    /** An end without files. */
    Outcome(GatewayState state, @Nullable Map<String, @Nullable Object> values, @Nullable Failure failure) {
        this(state, values, failure, List.of());
    }

    static Outcome of(CommandType type, CommandResult result) {
        int size = JsonText.write(result.values()).length;
        List<Artifact> artifacts = result.artifacts().stream()
                .map(file -> new Artifact(file.id(), file.name(), file.mediaType(), file.size(), file.sha256()))
                .toList();
        if (size <= CommandReport.MAX_RESULT_BYTES) {
            return new Outcome(GatewayState.SUCCESS, result.values(), null, artifacts);
        }
        String text = "the result has " + size + " bytes; at most " + CommandReport.MAX_RESULT_BYTES + " can be sent";
        // what was changed was changed, whether it can be told in full or not
        return type.safety() == Safety.READ_ONLY
                ? failed(GatewayState.FAILED, ErrorCode.TOO_LARGE, text, Failure.RUN)
                : new Outcome(GatewayState.SUCCESS, Map.of("omitted", text), null, artifacts);
    }

    /** @param wasCancelled whether somebody asked to stop it */
    static Outcome of(CommandException e, boolean wasCancelled) {
        ErrorCode code = ErrorCode.of(e.code().text()).orElse(ErrorCode.INTERNAL);
        GatewayState state = switch (e.code()) {
            case CANCELLED -> wasCancelled ? GatewayState.CANCELLED : GatewayState.FAILED;
            case TIMEOUT -> GatewayState.TIMEOUT;
            default -> e.code().isRejection() ? GatewayState.REJECTED : GatewayState.FAILED;
        };
        return failed(state, code, String.valueOf(e.getMessage()), Failure.RUN);
    }

    static Outcome failed(GatewayState state, ErrorCode code, String text, String stage) {
        return new Outcome(state, null, new Failure(code, text, stage));
    }
}
