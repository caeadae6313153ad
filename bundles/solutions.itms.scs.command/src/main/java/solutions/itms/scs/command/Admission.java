package solutions.itms.scs.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.message.command.CommandType;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.Problem;

/** Whether a command may be carried out here. It looks only; nothing is remembered. Thread-safe. */
final class Admission {
    /** A command that may begin later than this is none that anybody waits for. */
    static final Duration MAX_LIFE = Duration.ofDays(31);

    private final CommandRegistry registry;
    private final Targets targets;
    private final Handlers handlers;
    private final Clock clock;

    Admission(CommandRegistry registry, Targets targets, Handlers handlers, Clock clock) {
        this.registry = registry;
        this.targets = targets;
        this.handlers = handlers;
        this.clock = clock;
    }

    /**
     * What may be carried out.
     *
     * @param envelope with the parameters as the handler gets them
     */
    record Admitted(Envelope envelope, CommandType type) {}

    /** Who it is from, and that it is for this gateway. */
    Envelope open(Settings settings, String jws) throws CommandRefusedException {
        if (!settings.isReady()) {
            throw new CommandRefusedException(
                    ErrorCode.BAD_SIGNATURE, "commands are not set up here: " + String.join("; ", settings.missing()));
        }
        Envelope envelope = Envelope.open(settings.serverKeys(), jws);
        if (!envelope.gateway().equals(settings.gateway())) {
            throw new CommandRefusedException(
                    ErrorCode.WRONG_GATEWAY, "this is " + settings.gateway() + ", not " + envelope.gateway());
        }
        return envelope;
    }

    /** Whether its time is now, by this gateway's clock. */
    void checkTime(Settings settings, Envelope envelope) throws CommandRefusedException {
        Instant now = clock.instant();
        if (envelope.issuedAt().isAfter(now.plus(settings.skew()))) {
            throw new CommandRefusedException(
                    ErrorCode.CLOCK_SKEW, "issued at " + envelope.issuedAt() + "; this gateway's clock says " + now);
        }
        checkExpiry(settings, envelope, now);
        if (Duration.between(envelope.issuedAt(), envelope.expiresAt()).compareTo(MAX_LIFE) > 0) {
            throw new CommandRefusedException(
                    ErrorCode.EXPIRED, "it would be valid for more than " + MAX_LIFE.toDays() + " days");
        }
    }

    void checkExpiry(Settings settings, Envelope envelope, Instant now) throws CommandRefusedException {
        if (!envelope.expiresAt().plus(settings.skew()).isAfter(now)) {
            throw new CommandRefusedException(
                    ErrorCode.EXPIRED, "valid until " + envelope.expiresAt() + "; this gateway's clock says " + now);
        }
    }

    /** Everything else about it. */
    Admitted admit(Settings settings, Envelope envelope) throws CommandRefusedException {
        CommandType type = registry.find(envelope.type())
                .orElseThrow(() -> new CommandRefusedException(
                        ErrorCode.UNKNOWN_TYPE, "there is no command " + envelope.type() + " in this registry"));
        Map<String, @Nullable Object> params = new LinkedHashMap<>(envelope.params());
        checkTarget(settings, envelope.target(), type, params);
        List<Problem> problems = type.parameters().validate(params);
        if (!problems.isEmpty()) {
            throw new CommandRefusedException(ErrorCode.INVALID_PARAMETERS, problems);
        }
        if (!settings.allowed().contains(type.safety()) && !type.isBreakGlass(params)) {
            throw new CommandRefusedException(
                    ErrorCode.NOT_ALLOWED, "this site does not let commands of the class " + type.safety() + " in");
        }
        if (handlers.find(type.name()).isEmpty()) {
            throw new CommandRefusedException(
                    ErrorCode.NOT_AVAILABLE_ON_GATEWAY, "nothing here carries out " + type.name());
        }
        return new Admitted(envelope.withParams(params), type);
    }

    private void checkTarget(Settings settings, String target, CommandType type, Map<String, @Nullable Object> params)
            throws CommandRefusedException {
        Optional<DeviceType> kind =
                target.equals(settings.gateway()) ? Optional.of(DeviceType.EDGE_CONTROLLER) : targets.typeOf(target);
        String parameter = type.targetParameter();
        if (kind.isPresent() && !type.accepts(kind.get())) {
            throw new CommandRefusedException(
                    ErrorCode.WRONG_TARGET_TYPE,
                    type.name() + " is for a " + type.target() + "; " + target + " is a " + kind.get());
        }
        if (kind.isEmpty() && parameter == null) {
            throw new CommandRefusedException(ErrorCode.NOT_FOUND, "there is no device " + target + " here");
        }
        // a device that only its handler may know is left to the handler, which has to refuse what it does not know
        if (parameter != null && kind.orElse(type.target()) != DeviceType.EDGE_CONTROLLER) {
            Object given = params.putIfAbsent(parameter, target);
            if (given != null && !given.equals(target) && !given.equals(List.of(target))) {
                throw new CommandRefusedException(
                        ErrorCode.INVALID_PARAMETERS,
                        List.of(new Problem("/" + parameter, "must be " + target + ", the target, or left out")));
            }
        }
    }
}
