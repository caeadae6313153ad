package solutions.itms.scs.server.auth;

import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.util.Set;
import solutions.itms.scs.server.http.Problem;

/** Who asks, and whether they may. Stateless. */
public final class Access {
    static final String SESSION = "scs.session";

    /** Set for a request that was let in by a token, which may read what it came for. */
    static final String BY_TOKEN = "scs.token";

    /** What can be asked for without a session. All else under {@code /api/} needs one, even if it does not exist. */
    private static final Set<String> OPEN =
            Set.of("/api/v1/auth/login", "/api/v1/auth/logout", "/api/v1/ops/live", "/api/v1/ops/ready");

    /** Devices have keys of their own. */
    private static final String DEVICES = "/api/v1/device/";

    /** Whoever has a token in the address may fetch or bring one file. */
    private static final Set<String> TOKENS = Set.of("/api/v1/downloads/", "/api/v1/uploads/");

    private Access() {}

    static boolean isOpen(String path) {
        return OPEN.contains(path)
                || path.startsWith(DEVICES)
                || TOKENS.stream().anyMatch(path::startsWith);
    }

    /** The session of the request. @throws Problem if there is none */
    public static Sessions.Session session(Context context) {
        Sessions.Session session = context.attribute(SESSION);
        if (session == null) {
            throw Problem.unauthenticated();
        }
        return session;
    }

    /** Who asks. @throws Problem if nobody is logged in */
    public static Person person(Context context) {
        return session(context).person();
    }

    /** @throws Problem if the person may not do that */
    public static void require(Person person, Permission permission) {
        if (!person.may(permission)) {
            throw Problem.forbidden(
                            "Your role '" + person.role() + "' does not allow this (" + permission.code() + ").")
                    .with("permission", permission.code());
        }
    }

    /** Before each handler that was found. One that names no permission is for reading, or for administrators. */
    static void check(Context context) {
        if (!context.path().startsWith("/api/") || isOpen(context.path()) || context.attribute(BY_TOKEN) != null) {
            return;
        }
        Set<RouteRole> roles = context.routeRoles();
        Person person = person(context);
        if (roles.isEmpty()) {
            require(person, isReading(context) ? Permission.READ : Permission.PEOPLE);
        }
        for (RouteRole role : roles) {
            if (role instanceof Permission permission) {
                require(person, permission);
            }
        }
    }

    private static boolean isReading(Context context) {
        String method = context.method().toString();
        return method.equals("GET") || method.equals("HEAD");
    }
}
