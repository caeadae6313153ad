package solutions.itms.scs.server.http;

import io.javalin.config.RoutesConfig;

/** A feature's part of the HTTP API. */
public interface Routes {
    /** Registers the handlers; called once, before the server listens. */
    void addTo(RoutesConfig routes);
}
