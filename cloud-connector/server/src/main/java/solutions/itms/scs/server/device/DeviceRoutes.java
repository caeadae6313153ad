package solutions.itms.scs.server.device;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Query;
import solutions.itms.scs.server.http.Routes;

/** Lists of gateways, gates and all devices, and what is missing of their messages. Thread-safe. */
public final class DeviceRoutes implements Routes {
    private final Devices devices;
    private final Gaps gaps;
    private final DeviceQueries all;

    public DeviceRoutes(Devices devices, Gaps gaps, DeviceQueries all) {
        this.devices = devices;
        this.gaps = gaps;
        this.all = all;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/gateways", context -> Json.answer(context, devices.gateways()), Permission.READ);
        routes.get(
                "/api/v1/gateways/{id}/gaps",
                context -> Json.answer(
                        context,
                        gaps.of(context.pathParam("id"))
                                .orElseThrow(() -> Problem.notFound("There is no such gateway."))),
                Permission.READ);
        routes.get("/api/v1/gates", context -> Json.answer(context, devices.gates()), Permission.READ);
        routes.get("/api/v1/devices", this::list, Permission.READ);
        routes.get(
                "/api/v1/devices/{gateway}/{id}",
                context -> Json.answer(
                        context,
                        all.find(new GateKey(context.pathParam("gateway"), context.pathParam("id")))
                                .orElseThrow(() -> Problem.notFound("There is no such device."))),
                Permission.READ);
    }

    /** What the list answers. */
    record PageView(List<DeviceView> items, @Nullable String next) {}

    private void list(Context context) {
        Query query = new Query(context);
        DeviceQueries.Filter filter = new DeviceQueries.Filter(
                query.text("type"), query.text("gateway"), query.text("parent"), query.text("status"));
        DeviceQueries.Page page =
                all.list(filter, after(query), (int) query.whole("limit", DeviceQueries.MAX, DeviceQueries.MAX));
        GateKey next = page.next();
        Json.answer(context, new PageView(page.items(), next == null ? null : next.gatewayId() + " " + next.id()));
    }

    /** A gateway's id has no space. */
    private static @Nullable GateKey after(Query query) {
        String text = query.text("after", 256);
        if (text == null) {
            return null;
        }
        int space = text.indexOf(' ');
        if (space < 0) {
            throw Problem.badRequest("'after' must be what 'next' of the page before was.");
        }
        return new GateKey(text.substring(0, space), text.substring(space + 1));
    }
}
