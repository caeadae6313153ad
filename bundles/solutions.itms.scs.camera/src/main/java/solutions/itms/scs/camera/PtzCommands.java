package solutions.itms.scs.camera;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.PtzPreset;
import solutions.itms.scs.onvif.PtzStatus;
import solutions.itms.scs.onvif.PtzVector;

/** Where cameras look, and moving them. Stateless; thread-safe. */
final class PtzCommands {
    private static final int MAX_TOKEN = 64;
    private static final List<String> ACTIONS = List.of("list", "go", "set", "remove", "home", "set_home");

    private final Calls calls;

    PtzCommands(Calls calls) {
        this.calls = calls;
    }

    /** All of them by name. */
    Map<String, CommandHandler> handlers() {
        return Map.of(
                "camera_ptz_status", this::status,
                "camera_ptz_move", this::move,
                "camera_ptz_stop", this::stop,
                "camera_ptz_presets", this::presets);
    }

    private CommandResult status(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        String wanted = parameters.text("profile", MAX_TOKEN).orElse("");
        parameters.check();
        OnvifDevice device = calls.device(context);
        String profile = calls.profile(device, wanted, context).token();
        PtzStatus status = calls.await(device.ptz().status(profile), context);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("pan", status.pan());
        values.put("tilt", status.tilt());
        values.put("zoom", status.zoom());
        values.put("moving", status.moving());
        return new CommandResult(values);
    }

    private CommandResult move(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        String wanted = parameters.text("profile", MAX_TOKEN).orElse("");
        String mode = parameters.text("mode", 16).orElse("continuous");
        PtzVector vector = new PtzVector(axis(parameters, "pan"), axis(parameters, "tilt"), axis(parameters, "zoom"));
        int millis = parameters.number("millis", 50, 10_000).orElse(500);
        if (!List.of("continuous", "absolute", "relative").contains(mode)) {
            parameters.problem("mode", "must be continuous, absolute or relative");
        }
        parameters.check();
        if (vector.pan() == null && vector.tilt() == null && vector.zoom() == null) {
            parameters.problem("pan", "or tilt or zoom must be given");
            parameters.check();
        }
        OnvifDevice device = calls.device(context);
        String profile = calls.profile(device, wanted, context).token();
        calls.await(
                switch (mode) {
                    case "absolute" -> device.ptz().absoluteMove(profile, vector);
                    case "relative" -> device.ptz().relativeMove(profile, vector);
                    default -> device.ptz().continuousMove(profile, vector, Duration.ofMillis(millis));
                },
                context);
        return new CommandResult(Map.of("moved", true));
    }

    private static @Nullable Double axis(CommandParameters parameters, String name) {
        OptionalDouble value = parameters.decimal(name, -1, 1);
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }

    private CommandResult stop(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        String wanted = parameters.text("profile", MAX_TOKEN).orElse("");
        parameters.check();
        OnvifDevice device = calls.device(context);
        String profile =
                wanted.isEmpty() ? calls.profile(device, wanted, context).token() : wanted;
        calls.await(device.ptz().stop(profile), context);
        return new CommandResult(Map.of());
    }

    private CommandResult presets(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        String wanted = parameters.text("profile", MAX_TOKEN).orElse("");
        String action = parameters.text("action", 16).orElse("list");
        String preset = parameters.text("preset", MAX_TOKEN).orElse("");
        String name = parameters.text("name", MAX_TOKEN).orElse("");
        if (!ACTIONS.contains(action)) {
            parameters.problem("action", "must be one of " + String.join(", ", ACTIONS));
        }
        if (preset.isEmpty() && (action.equals("go") || action.equals("remove"))) {
            parameters.problem("preset", "must be given to " + action);
        }
        parameters.check();
        OnvifDevice device = calls.device(context);
        String profile = calls.profile(device, wanted, context).token();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        switch (action) {
            case "go" -> calls.await(device.ptz().gotoPreset(profile, preset), context);
            case "set" -> values.put("preset", calls.await(device.ptz().setPreset(profile, name, preset), context));
            case "remove" -> calls.await(device.ptz().removePreset(profile, preset), context);
            case "home" -> calls.await(device.ptz().gotoHome(profile), context);
            case "set_home" -> calls.await(device.ptz().setHome(profile), context);
            default -> values.put("presets", list(calls.await(device.ptz().presets(profile), context)));
        }
        return new CommandResult(values);
    }

    private static List<Map<String, @Nullable Object>> list(List<PtzPreset> presets) {
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (PtzPreset each : presets) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("token", each.token());
            values.put("name", each.name());
            values.put("pan", each.pan());
            values.put("tilt", each.tilt());
            values.put("zoom", each.zoom());
            list.add(values);
        }
        return list;
    }
}
