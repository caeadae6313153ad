package solutions.itms.scs.server.device;

import io.javalin.config.RoutesConfig;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Routes;

/** Lists of gateways and gates, and what is missing of their messages. Thread-safe. */
public final class DeviceRoutes implements Routes {
    private final Devices devices;
    private final Gaps gaps;

    public DeviceRoutes(Devices devices, Gaps gaps) {
        this.devices = devices;
        this.gaps = gaps;
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
    }
}
