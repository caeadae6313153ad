package solutions.itms.scs.server.deviceapi;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.command.CommandReports;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.device.DeviceTable;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.Presence;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Routes;

/** What devices report over HTTPS: the same as over MQTT, into the same life cycle. Thread-safe. */
public final class DeviceCommandRoutes implements Routes {
    private static final String DEVICE = "/api/v1/device";
    private static final int MAX_BYTES = 256 * 1024;

    private final Database database;
    private final DeviceGuard guard;
    private final CommandReports reports;
    private final Consumer<Changes> changed;
    private final Clock clock;

    public DeviceCommandRoutes(
            Database database, DeviceGuard guard, CommandReports reports, Consumer<Changes> changed, Clock clock) {
        this.database = database;
        this.guard = guard;
        this.reports = reports;
        this.changed = changed;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        String command = DEVICE + "/commands/{id}";
        routes.post(command + "/ack", context -> report(context, CommandReports.Kind.ACK), Permission.DEVICE);
        routes.post(command + "/progress", context -> report(context, CommandReports.Kind.PROGRESS), Permission.DEVICE);
        routes.post(command + "/result", context -> report(context, CommandReports.Kind.RESULT), Permission.DEVICE);
        routes.post(DEVICE + "/pull", this::pull, Permission.DEVICE);
        routes.post(DEVICE + "/heartbeat", this::heartbeat, Permission.DEVICE);
    }

    /** A report's effect. */
    private interface Step {
        void run(Transaction transaction, Changes changes) throws SQLException, CommandRefusedException;
    }

    private void report(Context context, CommandReports.Kind kind) {
        byte[] body = body(context);
        GatewayIdentity gateway = guard.check(context.req(), body);
        String id = context.pathParam("id");
        requireOwn(gateway, id);
        byte[] report = kind == CommandReports.Kind.RESULT ? result(body) : body;
        take(
                context,
                (transaction, changes) ->
                        reports.take(transaction, gateway, id, kind, report, clock.instant(), changes));
    }

    private void pull(Context context) {
        byte[] body = body(context);
        GatewayIdentity gateway = guard.check(context.req(), body);
        take(
                context,
                (transaction, changes) -> reports.pull(transaction, gateway.id(), body, clock.instant(), changes));
    }

    private void heartbeat(Context context) {
        byte[] body = body(context);
        Caller caller = guard.caller(context.req(), body);
        Object device = body.length == 0 ? null : object(body).get("device");
        if (device != null && !device.equals(caller.device())) {
            throw guard.outOfScope(caller, "heartbeat of another device");
        }
        String child = caller.child();
        if (child == null) {
            take(context, (transaction, changes) -> heard(transaction, caller.gateway(), changes));
        } else {
            take(
                    context,
                    (transaction, changes) ->
                            DeviceTable.spoke(transaction, caller.gateway().id(), child, clock.instant(), changes));
        }
    }

    private void heard(Transaction transaction, GatewayIdentity gateway, Changes changes) throws SQLException {
        List<Presence> present = Presence.load(transaction, List.of(gateway.id()));
        present.forEach(one -> one.heard(clock.instant(), true));
        Presence.save(transaction, present, changes);
    }

    /** What is refused was told to the audit, which is committed as well. */
    private void take(Context context, Step step) {
        Changes changes = new Changes();
        Optional<CommandRefusedException> refusal = database.write(transaction -> {
            try {
                step.run(transaction, changes);
                return Optional.empty();
            } catch (CommandRefusedException e) {
                return Optional.of(e);
            }
        });
        changed.accept(changes);
        if (refusal.isPresent()) {
            throw new Problem(
                    refusal.get().code().status(),
                    refusal.get().code().text(),
                    "Not accepted",
                    String.valueOf(refusal.get().getMessage()));
        }
        context.status(204);
    }

    private void requireOwn(GatewayIdentity gateway, String id) {
        String owner = database.reading()
                .withHandle(handle -> handle.createQuery("select gateway_id from command where id = ?")
                        .bind(0, id)
                        .mapTo(String.class)
                        .findOne()
                        .orElse(null));
        if (owner == null) {
            throw Problem.notFound("There is no such command.");
        }
        if (!Objects.equals(owner, gateway.id())) {
            throw guard.outOfScope(gateway, "report about a command of another gateway");
        }
    }

    private static byte[] result(byte[] body) {
        if (object(body).get("result") instanceof String jws) {
            return jws.getBytes(StandardCharsets.US_ASCII);
        }
        throw Problem.badRequest("'result' must be the signed result.");
    }

    private static byte[] body(Context context) {
        byte[] body = context.bodyAsBytes();
        if (body.length > MAX_BYTES) {
            throw new Problem(413, "body_too_large", "Body too large", "The body may have 256 KiB.");
        }
        if (body.length > 0) {
            Json.requireType(context);
        }
        return body;
    }

    private static Map<String, @Nullable Object> object(byte[] body) {
        try {
            return JsonText.readObject(body, MAX_BYTES);
        } catch (MalformedPayloadException e) {
            throw Problem.badRequest("The body is " + e.getMessage() + ".");
        }
    }
}
