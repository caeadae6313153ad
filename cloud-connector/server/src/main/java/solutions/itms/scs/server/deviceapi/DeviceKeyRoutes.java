package solutions.itms.scs.server.deviceapi;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.auth.Access;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Query;
import solutions.itms.scs.server.http.RequestId;
import solutions.itms.scs.server.http.Routes;

/** The keys of devices, for administrators. A secret is told once, in the answer that makes it. Thread-safe. */
public final class DeviceKeyRoutes implements Routes {
    private static final String KEYS = "/api/v1/device-keys";
    private static final int MAX_ID = 128;
    private static final long USUAL_GRACE = 3_600;
    private static final long LONGEST_GRACE = Duration.ofDays(7).toSeconds();

    private final DeviceKeys keys;

    public DeviceKeyRoutes(DeviceKeys keys) {
        this.keys = keys;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(
                KEYS,
                context -> Json.answer(context, keys.list(new Query(context).text("gateway"))),
                Permission.DEVICE_KEYS);
        routes.post(KEYS, this::add, Permission.DEVICE_KEYS);
        routes.post(KEYS + "/{id}/rotate", this::rotate, Permission.DEVICE_KEYS);
        routes.post(KEYS + "/{id}/revoke", this::revoke, Permission.DEVICE_KEYS);
    }

    /** What the routes take; which members are needed depends on the route. */
    record Body(
            @Nullable String gatewayId,
            @Nullable String device,
            @Nullable Long graceSeconds) {}

    private void add(Context context) {
        Body body = Json.body(context, Body.class);
        String gateway = body.gatewayId();
        if (gateway == null) {
            throw Problem.badRequest("'gatewayId' is needed.");
        }
        String device = body.device();
        String child = device == null || device.equals(gateway) ? null : device;
        if (gateway.length() > MAX_ID || child != null && child.length() > MAX_ID) {
            throw Problem.badRequest("An id has at most " + MAX_ID + " characters.");
        }
        DeviceKeys.Made made = keys.add(gateway, child, change(context))
                .orElseThrow(() -> Problem.notFound(
                        child == null
                                ? "There is no such gateway."
                                : "There is no such gateway, or it never told of such a device."));
        context.status(201);
        Json.answer(context, made);
    }

    private void rotate(Context context) {
        Long asked =
                context.contentLength() > 0 ? Json.body(context, Body.class).graceSeconds() : null;
        long grace = asked == null ? USUAL_GRACE : asked;
        if (grace < 0 || grace > LONGEST_GRACE) {
            throw Problem.badRequest("'graceSeconds' must be a whole number from 0 to " + LONGEST_GRACE + ".");
        }
        context.status(201);
        Json.answer(
                context,
                keys.rotate(context.pathParam("id"), Duration.ofSeconds(grace), change(context))
                        .orElseThrow(() -> Problem.notFound(
                                "There is no such key with a secret that is good; that of a gateway's own is made anew"
                                        + " with add-gateway --renew.")));
    }

    private void revoke(Context context) {
        if (!keys.revoke(context.pathParam("id"), change(context))) {
            throw Problem.notFound("There is no such key that is good.");
        }
        context.status(204);
    }

    private static DeviceKeys.Change change(Context context) {
        return new DeviceKeys.Change(Access.person(context).username(), RequestId.of(context));
    }
}
