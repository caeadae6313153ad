package solutions.itms.scs.server.history;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Query;
import solutions.itms.scs.server.http.Routes;

/** What happened to a device, newest first. */
final class EventRoutes implements Routes {
    private static final int MAX_LIMIT = 100;
    private static final int DEFAULT_LIMIT = 25;

    private final EventHistory history;

    EventRoutes(EventHistory history) {
        this.history = history;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/devices/{gateway}/{id}/events", this::events, Permission.READ);
    }

    /**
     * A page as the API shows it.
     *
     * @param next to be given as {@code before} for the page of older ones; null at the end
     */
    record PageView(
            List<EventHistory.Event> items, @Nullable String next) {}

    private void events(Context context) {
        Query query = new Query(context);
        EventHistory.Page page = history.page(
                context.pathParam("gateway"),
                context.pathParam("id"),
                (int) query.whole("limit", MAX_LIMIT, DEFAULT_LIMIT),
                MetricRoutes.position(context, "before"));
        MetricHistory.Position next = page.next();
        Json.answer(context, new PageView(page.items(), next == null ? null : MetricRoutes.text(next)));
    }
}
