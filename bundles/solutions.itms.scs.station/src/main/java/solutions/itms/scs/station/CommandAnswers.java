package solutions.itms.scs.station;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandResult;

/** The results of commands: what devices are to do, since when, and when they themselves asked for it. */
final class CommandAnswers {
    /** More would not fit into one message; the count tells how many there are. */
    static final int MAX_DEVICES = 100;

    private CommandAnswers() {}

    /** What was set, in the order of the devices. */
    static CommandResult set(List<Wish> wishes, Gates gates) {
        List<Object> devices = new ArrayList<>();
        for (Wish wish : wishes.subList(0, Math.min(MAX_DEVICES, wishes.size()))) {
            Map<String, @Nullable Object> device = new LinkedHashMap<>();
            device.put("id", wish.id());
            device.put("known", gates.isKnown(wish.id()));
            device.putAll(values(wish));
            devices.add(device);
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("count", wishes.size());
        result.put("devices", devices);
        return new CommandResult(result);
    }

    /**
     * What is known of devices.
     *
     * @param page one more than the limit when there are more
     * @param count how many there are on all pages
     */
    static CommandResult gates(List<Device> page, int limit, int count, Wishes wishes) {
        List<Object> devices = new ArrayList<>();
        page.stream().limit(limit).forEach(device -> devices.add(device(device, wishes.of(device.id()))));
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("count", count);
        result.put("devices", devices);
        // where the next page begins
        result.put("next", page.size() > limit ? page.get(limit - 1).id() : null);
        return new CommandResult(result);
    }

    private static Map<String, @Nullable Object> device(Device device, Wish wish) {
        Gate gate = device.gate();
        PlannedDevice plan = device.planned();
        Located located = Located.of(device);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("id", device.id());
        values.put("gateId", located.gateId());
        values.put("side", located.side());
        values.put("type", located.type());
        values.put("deviceIp", gate != null ? gate.ip() : plan == null ? null : plan.ip());
        values.put("status", (gate == null ? Status.OFFLINE : gate.status()).text());
        values.put("reportedStatus", gate == null ? null : gate.reported().text());
        values.put("lastHeartbeat", gate == null ? null : Timestamps.shortest(gate.lastHeartbeat()));
        values.put("receivedAt", gate == null ? null : text(gate.receivedAt()));
        values.putAll(values(wish));
        return values;
    }

    private static Map<String, @Nullable Object> values(Wish wish) {
        Operation operation = wish.operation().value();
        Operation last = wish.inserviceLast();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("operation", operation == null ? null : operation.text());
        putTimes(values, "operation", wish.operation());
        values.put("aisleMode", wish.aisleMode().value());
        putTimes(values, "aisleMode", wish.aisleMode());
        values.put("inserviceLast", last == null ? null : last.text());
        return values;
    }

    /** Set at; asked for last; and asked for first since it was set: the only evidence that the gate knows. */
    private static void putTimes(Map<String, @Nullable Object> values, String name, Setting<?> setting) {
        values.put(name + "RequestedAt", text(setting.requestedAt()));
        values.put(name + "PolledAt", text(setting.polledAt()));
        values.put(name + "DeliveredAt", text(setting.deliveredAt()));
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : Timestamps.millis(at);
    }
}
