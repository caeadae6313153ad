package solutions.itms.scs.server.command;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.CommandType;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.auth.Person;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;

/** Whether a command would work now, each point with its reason. Nothing is promised by it. Thread-safe. */
final class Readiness {
    private static final int MAX_ABILITY_BYTES = 64 * 1024;

    private final Database database;
    private final Checks checks;
    private final Turns turns;

    Readiness(Database database, Checks checks, Turns turns) {
        this.database = database;
        this.checks = checks;
        this.turns = turns;
    }

    /**
     * One point.
     *
     * @param ok null when it is not known
     * @param blocking whether the command is refused, or comes to nothing, without it; else it only waits
     */
    record Point(String name, @Nullable Boolean ok, boolean blocking, String reason) {}

    /** All points; ready when none is against it. */
    record Answer(boolean ready, List<Point> points) {
        static Answer of(List<Point> points) {
            return new Answer(points.stream().noneMatch(point -> Boolean.FALSE.equals(point.ok())), points);
        }
    }

    Answer of(Person person, String gatewayId, String targetId, String typeName) {
        CommandType type = checks.type(typeName);
        return database.write(transaction -> {
            List<Point> points = new ArrayList<>();
            Targets.Target target = Targets.find(transaction, gatewayId, targetId);
            points.add(allowed(person));
            points.add(known(target));
            if (target != null) {
                points.add(kind(type, target.type()));
                points.add(gateway(gatewayId));
                points.add(supported(transaction, gatewayId, type));
                if (target.type() != DeviceType.EDGE_CONTROLLER) {
                    points.add(device(target));
                }
                points.add(free(transaction, gatewayId, targetId));
            }
            return Answer.of(points);
        });
    }

    private static Point allowed(Person person) {
        boolean may = person.may(Permission.COMMAND);
        return new Point(
                "allowed", may, true, may ? "Your role allows it." : "Your role '" + person.role() + "' only looks.");
    }

    private static Point known(Targets.@Nullable Target target) {
        return new Point(
                "known", target != null, true, target != null ? "The device is known." : "There is no such device.");
    }

    private static Point kind(CommandType type, DeviceType target) {
        boolean fits = type.accepts(target);
        return new Point(
                "kind", fits, true, fits ? "It is for this kind of device." : "It is for " + type.target() + ".");
    }

    private Point gateway(String gatewayId) {
        boolean connected = turns.isConnected(gatewayId);
        return new Point(
                "gateway_online",
                connected,
                false,
                connected ? "The gateway is connected." : "The gateway is not connected; the command waits for it.");
    }

    private static Point device(Targets.Target target) {
        boolean online = target.status().equals("online");
        boolean unknown = target.status().equals("unknown");
        return new Point("device_online", unknown ? null : online, false, "The device is " + target.status() + ".");
    }

    private static Point supported(Transaction transaction, String gatewayId, CommandType type) throws SQLException {
        String available = transaction.first(
                "select available from gateway_ability where gateway_id = ?", row -> row.getString(1), gatewayId);
        if (available == null) {
            return new Point("supported", null, true, "The gateway has not told yet what it can do.");
        }
        boolean can = names(available).contains(type.name());
        return new Point(
                "supported",
                can,
                true,
                can
                        ? "The gateway can do it."
                        : "The gateway has nothing that carries out '" + type.name()
                                + "'; a newer version or another bundle may.");
    }

    private static List<?> names(String json) {
        try {
            Object value = JsonText.read(json.getBytes(StandardCharsets.UTF_8), MAX_ABILITY_BYTES);
            return value instanceof List<?> list ? list : List.of();
        } catch (MalformedPayloadException e) {
            throw new IllegalStateException("what a gateway can do is no JSON", e);
        }
    }

    private static Point free(Transaction transaction, String gatewayId, String target) throws SQLException {
        long before = transaction.number("""
                select count(*) from command where gateway_id = ? and target = ? and deadline_ms is not null
                  and state <> 'PENDING_APPROVAL'""", gatewayId, target);
        return new Point(
                "free",
                before == 0,
                false,
                before == 0
                        ? "No other command of this device is under way."
                        : before + " earlier command(s) of this device have not ended yet.");
    }

    /** For the registry: what the codes of the server mean. */
    static Map<String, Map<String, String>> serverCodes() {
        Map<String, Map<String, String>> codes = new LinkedHashMap<>();
        for (EndCode code : EndCode.values()) {
            codes.put(code.code(), code.explanation());
        }
        return codes;
    }
}
