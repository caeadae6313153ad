package solutions.itms.scs.station;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.api.command.ParameterProblem;
import solutions.itms.scs.station.log.Level;
import solutions.itms.scs.store.StoreException;

/**
 * What the cloud may ask of the station and have it do, as far as the site allows. What is set is a wish, as everything
 * that is set at this station: on the disk when the command has succeeded, done when the gate reads it. Thread-safe.
 */
final class StationCommands {
    /** The commands that {@link #handler} knows. */
    static final List<String> NAMES = List.of("set_operation", "set_aisle_mode", "set_inservice_last", "get_gates");

    private static final Logger LOG = LoggerFactory.getLogger(StationCommands.class);
    private static final int MAX_REASON = 256;
    private static final int MAX_PAGE = 100;

    private final CommandPolicy policy;
    private final DeviceGroups groups;
    private final Gates gates;
    private final Wishes wishes;
    private final Alarms alarms;
    private final Journal journal;

    StationCommands(
            CommandPolicy policy, DeviceGroups groups, Gates gates, Wishes wishes, Alarms alarms, Journal journal) {
        this.policy = policy;
        this.groups = groups;
        this.gates = gates;
        this.wishes = wishes;
        this.alarms = alarms;
        this.journal = journal;
    }

    /** What carries out the command of this name. */
    CommandHandler handler(String name) {
        return switch (name) {
            case "set_operation" -> this::setOperation;
            case "set_aisle_mode" -> this::setAisleMode;
            case "set_inservice_last" -> this::setInserviceLast;
            case "get_gates" -> this::getGates;
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }

    private CommandResult setOperation(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        Operation operation = operation(parameters, "operation", false);
        return set(operation == null ? null : new Wanted.Operate(operation), "operation", parameters, context);
    }

    private CommandResult setAisleMode(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        var mode = parameters.number("aisleMode", 0, Wanted.AisleMode.MAX);
        return set(mode.isPresent() ? new Wanted.AisleMode(mode.getAsInt()) : null, "aisleMode", parameters, context);
    }

    private CommandResult setInserviceLast(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        Operation operation = operation(parameters, "op", true);
        return set(operation == null ? null : new Wanted.InserviceLast(operation), "op", parameters, context);
    }

    private CommandResult getGates(CommandParameters parameters, CommandContext context) throws CommandException {
        DeviceSelector selector = DeviceSelector.read(parameters, groups);
        int limit = parameters.number("limit", 1, MAX_PAGE).orElse(MAX_PAGE);
        String after = parameters.text("after", DeviceId.MAX_LENGTH).orElse("");
        parameters.check();
        List<Device> all = gates.devices();
        DeviceSelector.Found found = selector.find(all, groups);
        refuseUnknown(found);
        List<Device> page = all.stream()
                .filter(device ->
                        device.id().compareTo(after) > 0 && found.ids().contains(device.id()))
                .limit(limit + 1L)
                .toList();
        return CommandAnswers.gates(page, limit, found.ids().size(), wishes);
    }

    private CommandResult set(
            @Nullable Wanted wanted, String value, CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        DeviceSelector selector = DeviceSelector.read(parameters, groups);
        String reason = parameters.text("reason", MAX_REASON).orElse(null);
        boolean confirmed = parameters.flag("confirm");
        if (wanted == null && !parameters.has(value)) {
            parameters.problem(value, "is required");
        }
        if (!selector.given()) {
            parameters.problem("devices", "is required, or one of all, gate, side, type and group");
        }
        parameters.check();
        if (wanted == null) {
            throw new IllegalStateException("what is wrong was noted");
        }
        boolean emergency = wanted instanceof Wanted.Operate operate && operate.operation() == Operation.EMERGENCY;
        List<String> ids = ids(selector, emergency, context);
        if (policy == CommandPolicy.READ && !emergency) {
            throw new CommandException(
                    FailureCode.NOT_ALLOWED, "this site does not let commands change anything but enter an emergency");
        }
        if (context.isCancelled() && !emergency) {
            throw new CommandException(FailureCode.CANCELLED, "cancelled before anything was changed");
        }
        boolean mayLeave = policy == CommandPolicy.ALL && confirmed && reason != null;
        Origin origin = new Origin("command " + context.id() + " by " + context.requestedBy(), reason, mayLeave);
        Wishes.Outcome outcome = await(wishes.set(ids, wanted, origin), context);
        return answer(outcome, wanted, origin, confirmed);
    }

    private static @Nullable Operation operation(CommandParameters parameters, String name, boolean inService) {
        String text = parameters.text(name, 64).orElse(null);
        Operation operation = Operation.of(text);
        boolean fits = operation != null && (!inService || operation.isInService());
        if (text != null && !fits) {
            parameters.problem(name, "must be " + Operation.list(inService));
        }
        return fits ? operation : null;
    }

    /** The devices that are meant. An emergency is also stored for one that is not known: its gate may be new. */
    private List<String> ids(DeviceSelector selector, boolean emergency, CommandContext context)
            throws CommandException {
        DeviceSelector.Found found = selector.find(gates.devices(), groups);
        List<String> ids = new ArrayList<>(found.ids());
        if (emergency) {
            for (String id : found.unknown()) {
                alarms.note(
                        AlarmKind.UNKNOWN_DEVICE,
                        id,
                        "command " + context.id() + " sets an emergency for the unknown device " + id);
                ids.add(id);
            }
        } else {
            refuseUnknown(found);
        }
        if (ids.isEmpty()) {
            throw new CommandException(FailureCode.NOT_FOUND, "no device of this station is meant by the parameters");
        }
        return ids;
    }

    private static void refuseUnknown(DeviceSelector.Found found) throws CommandException {
        if (!found.unknown().isEmpty()) {
            List<String> named =
                    found.unknown().subList(0, Math.min(10, found.unknown().size()));
            int left = found.unknown().size() - named.size();
            throw CommandException.ofParameters(
                    FailureCode.NOT_FOUND,
                    List.of(new ParameterProblem(
                            "devices",
                            "holds ids that this station does not know: " + String.join(", ", named)
                                    + (left == 0 ? "" : " and " + left + " more"))));
        }
    }

    private CommandResult answer(Wishes.Outcome outcome, Wanted wanted, Origin origin, boolean confirmed)
            throws CommandException {
        if (outcome instanceof Wishes.Outcome.Done done) {
            List<Wish> set = done.wishes();
            journal.app(
                    Level.INFO,
                    origin.who() + ": " + wanted.kind() + " " + wanted.valueOf(set.get(0)) + " for " + set.size()
                            + (set.size() == 1 ? " device, " + set.get(0).id() : " devices"));
            return CommandAnswers.set(set, gates);
        }
        if (outcome instanceof Wishes.Outcome.LeavesEmergency leaves) {
            throw leavesEmergency(leaves.ids(), origin, confirmed);
        }
        throw new CommandException(FailureCode.CONFLICT, "there is nothing to restore");
    }

    private CommandException leavesEmergency(List<String> ids, Origin origin, boolean confirmed) {
        String what =
                ids.get(0) + (ids.size() == 1 ? " is" : " and " + (ids.size() - 1) + " more are") + " in an emergency";
        if (policy != CommandPolicy.ALL) {
            return new CommandException(
                    FailureCode.NOT_ALLOWED,
                    what + ", which this site lets nobody end but those who are at the station");
        }
        List<ParameterProblem> missing = new ArrayList<>(2);
        if (!confirmed) {
            missing.add(new ParameterProblem("confirm", "must be true to end an emergency: " + what));
        }
        if (origin.reason() == null) {
            missing.add(new ParameterProblem("reason", "is required to end an emergency"));
        }
        return CommandException.ofParameters(missing);
    }

    private static Wishes.Outcome await(CompletableFuture<Wishes.Outcome> stored, CommandContext context)
            throws CommandException, InterruptedException {
        try {
            return stored.get(Math.max(1, context.timeLeft().toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CommandException(
                    FailureCode.TIMEOUT, "the disk did not take it in time; it may still be stored: ask for the gates");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static CommandException failure(@Nullable Throwable cause) {
        if (cause instanceof Gates.TooManyGates e) {
            return new CommandException(FailureCode.CONFLICT, String.valueOf(e.getMessage()));
        }
        if (cause instanceof StoreException || cause instanceof StationDatabase.NotOpen) {
            return new CommandException(FailureCode.UNAVAILABLE, "the station's disk can't be written now");
        }
        LOG.error("A command could not be carried out", cause);
        return new CommandException(FailureCode.INTERNAL, "internal error");
    }
}
