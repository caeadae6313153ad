package solutions.itms.scs.station;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandParameters;

/**
 * Which devices a command is for: {@code devices}, one id or several; or {@code all}; or any of {@code gate}, {@code
 * side}, {@code type} and {@code group}, which all must hold.
 *
 * @param ids the devices by name; empty when they are found by the rest
 * @param given whether the command says anything of it
 */
record DeviceSelector(
        List<String> ids,
        @Nullable String gate,
        @Nullable String side,
        @Nullable String type,
        @Nullable String group,
        boolean given) {

    static final int MAX_IDS = 1_000;
    private static final int MAX_TEXT = 256;
    private static final List<String> FILTERS = List.of("gate", "side", "type", "group");

    /** Reads the parameters; what is wrong with them is noted there. */
    static DeviceSelector read(CommandParameters parameters, DeviceGroups groups) {
        List<String> ids = parameters.texts("devices", MAX_IDS, DeviceId.MAX_LENGTH);
        String gate = parameters.text("gate", MAX_TEXT).orElse(null);
        String side = parameters.text("side", MAX_TEXT).orElse(null);
        String type = parameters.text("type", MAX_TEXT).orElse(null);
        String group = parameters.text("group", MAX_TEXT).orElse(null);
        boolean all = parameters.flag("all");
        if (side != null && !side.equals("north") && !side.equals("south")) {
            parameters.problem("side", "must be north or south");
        }
        if (group != null && !groups.names().contains(group)) {
            parameters.problem(
                    "group",
                    groups.names().isEmpty()
                            ? "is not known: no group is configured"
                            : "must be one of " + String.join(", ", groups.names()));
        }
        boolean filtered = FILTERS.stream().anyMatch(parameters::has);
        boolean named = parameters.has("devices");
        if ((named ? 1 : 0) + (all ? 1 : 0) + (filtered ? 1 : 0) > 1) {
            parameters.problem("devices", "can't be combined with all, gate, side, type or group, nor all with those");
        }
        return new DeviceSelector(ids, gate, side, type, group, named || all || filtered);
    }

    /** The ids of the devices among these that are meant, and those that are named without being among them. */
    Found find(List<Device> devices, DeviceGroups groups) {
        if (ids.isEmpty()) {
            List<String> found = devices.stream()
                    .map(Located::of)
                    .filter(device -> matches(device, groups))
                    .map(Located::id)
                    .toList();
            return new Found(found, List.of());
        }
        Set<String> known = new LinkedHashSet<>(devices.stream().map(Device::id).toList());
        List<String> found = new ArrayList<>();
        List<String> unknown = new ArrayList<>(0);
        for (String id : new LinkedHashSet<>(ids)) {
            (known.contains(id) ? found : unknown).add(id);
        }
        return new Found(found, unknown);
    }

    private boolean matches(Located device, DeviceGroups groups) {
        return (gate == null || gate.equals(device.gateId()))
                && (side == null || side.equals(device.side()))
                && (type == null || type.equals(device.type()))
                && (group == null || groups.contains(group, device));
    }

    /** The ids of known devices, and those that nobody knows. */
    record Found(List<String> ids, List<String> unknown) {}
}
