package solutions.itms.scs.onvif.watch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.onvif.soap.OnvifException;

/** Waiting for calls to a device on behalf of a command, no longer than the command has time. */
public final class DeviceCalls {
    private static final Duration RESERVE = Duration.ofMillis(500);

    private DeviceCalls() {}

    /**
     * What comes of a call.
     *
     * @param word what the device is called in errors, such as {@code recorder}
     * @throws CommandException when the call failed, there is no time left, or the command was stopped
     */
    public static <T> T await(CompletableFuture<T> call, CommandContext context, String word)
            throws CommandException, InterruptedException {
        if (context.isCancelled()) {
            throw new CommandException(FailureCode.CANCELLED, "stopped");
        }
        try {
            long left = context.timeLeft().minus(RESERVE).toMillis();
            return call.get(Math.max(1, left), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CommandException(FailureCode.TIMEOUT, "the " + word + " did not answer in time");
        } catch (ExecutionException e) {
            OnvifException why = OnvifException.of(e);
            throw new CommandException(
                    code(why.kind()), String.valueOf(why.getMessage()).replace("the camera", "the " + word));
        }
    }

    private static FailureCode code(OnvifException.Kind kind) {
        return switch (kind) {
            case TIMEOUT -> FailureCode.TIMEOUT;
            case UNSUPPORTED, FAULT, STOPPED -> FailureCode.CONFLICT;
            case UNREACHABLE, NO_ANSWER, NOT_AUTHORIZED, MALFORMED, TLS, BUSY -> FailureCode.UNAVAILABLE;
        };
    }
}
