package solutions.itms.scs.server.device;

import io.javalin.config.RoutesConfig;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Routes;

/** Lists of gateways and gates. Thread-safe. */
public final class DeviceRoutes implements Routes {
    private final Devices devices;

    public DeviceRoutes(Devices devices) {
        this.devices = devices;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/gateways", context -> Json.answer(context, devices.gateways()), Permission.READ);
        routes.get("/api/v1/gates", context -> Json.answer(context, devices.gates()), Permission.READ);
    }
}
