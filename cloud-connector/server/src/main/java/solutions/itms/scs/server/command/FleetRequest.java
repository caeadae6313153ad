package solutions.itms.scs.server.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.server.http.Problem;

/**
 * One command for many devices, as it is asked for.
 *
 * @param targets in the order in which they come
 * @param stopAtFailedPercent share of ended commands that may not end in SUCCESS
 */
record FleetRequest(
        String type,
        Map<String, @Nullable Object> params,
        List<Target> targets,
        long ratePerMinute,
        long maxOpen,
        long stopAtFailedPercent,
        long expiresInSeconds,
        @Nullable String reason,
        @Nullable String idempotencyKey) {
    private static final int MAX_TARGETS = 2_000;

    record Target(String gatewayId, String target) {}

    /** @throws Problem if the body is not what it should be */
    static FleetRequest of(CommandRoutes.Body body) {
        return new FleetRequest(
                body.text("type", 64),
                body.object("params"),
                targets(body.members().get("targets")),
                or(body.number("ratePerMinute", 1, 6_000), 60),
                or(body.number("maxOpen", 1, 500), 50),
                or(body.number("stopAtFailedPercent", 1, 100), 20),
                or(
                        body.number(
                                "expiresInSeconds", NewCommand.SHORTEST.toSeconds(), NewCommand.LONGEST.toSeconds()),
                        24 * 3_600),
                body.optional("reason", 500),
                body.optional("idempotencyKey", 128));
    }

    /** SHA-256 over everything that an approval is for. */
    String hash() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("params", params);
        json.put(
                "targets",
                targets.stream()
                        .map(target -> List.of(target.gatewayId(), target.target()))
                        .toList());
        return Envelope.hash(json);
    }

    private static long or(@Nullable Long value, long usual) {
        return value == null ? usual : value;
    }

    private static List<Target> targets(@Nullable Object value) {
        if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > MAX_TARGETS) {
            throw Problem.badRequest("'targets' must be a list of 1 to " + MAX_TARGETS + " objects.");
        }
        List<Target> targets = new ArrayList<>();
        for (Object one : list) {
            targets.add(target(one));
        }
        if (targets.stream().distinct().count() != targets.size()) {
            throw Problem.badRequest("'targets' names a device twice.");
        }
        return targets;
    }

    private static Target target(@Nullable Object one) {
        if (one instanceof Map<?, ?> map
                && map.get("gatewayId") instanceof String gateway
                && isId(gateway)
                && (map.get("target") == null || map.get("target") instanceof String target && isId(target))) {
            Object target = map.get("target");
            return new Target(gateway, target == null ? gateway : (String) target);
        }
        throw Problem.badRequest("each of 'targets' must be an object with 'gatewayId' and, if needed, 'target'.");
    }

    private static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= 128;
    }
}
