package solutions.itms.scs.server.auth;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Routes;
import solutions.itms.scs.server.ops.ScarceLog;

/** Logging in and out, and the gate before all of {@code /api/}. Thread-safe. */
public final class AuthRoutes implements Routes {
    private static final String COOKIE = "scs_session";
    private static final int MAX_NAME = 64;
    private static final Logger LOGGER = LoggerFactory.getLogger(AuthRoutes.class);

    /** What a token may read as well. */
    private static final Set<String> FOR_TOKENS = Set.of("/api/v1/metrics/export");

    private static final String BEARER = "Bearer ";
    private static final int MAX_TOKEN = 128;

    private final People people;
    private final Sessions sessions;
    private final Reauth reauth;
    private final ApiTokens tokens;
    private final LoginLimits limits;
    private final ScarceLog log;

    public AuthRoutes(People people, Sessions sessions, Reauth reauth, ApiTokens tokens, Clock clock) {
        this.reauth = reauth;
        this.people = people;
        this.sessions = sessions;
        this.tokens = tokens;
        this.limits = new LoginLimits(clock);
        this.log = new ScarceLog(LOGGER, clock);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.before(this::requireSession);
        routes.beforeMatched(Access::check);
        routes.post("/api/v1/auth/login", this::login, Permission.PUBLIC);
        routes.post("/api/v1/auth/logout", this::logout, Permission.PUBLIC);
        routes.get("/api/v1/auth/session", context -> Json.answer(context, Access.person(context)), Permission.SESSION);
        routes.post("/api/v1/auth/reauth", this::reauth, Permission.SESSION);
    }

    /** The session of a request outside of Javalin. */
    public Sessions.Session session(HttpServletRequest request) {
        jakarta.servlet.http.Cookie @Nullable [] cookies = request.getCookies();
        return Arrays.stream(cookies == null ? new jakarta.servlet.http.Cookie[0] : cookies)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .findFirst()
                .flatMap(cookie -> sessions.use(cookie.getValue()))
                .orElseThrow(Problem::unauthenticated);
    }

    private void requireSession(Context context) {
        String path = context.path();
        if (!path.startsWith("/api/") || Access.isOpen(path)) {
            return;
        }
        if (FOR_TOKENS.contains(path) && hasToken(context)) {
            context.attribute(Access.BY_TOKEN, true);
            return;
        }
        context.attribute(Access.SESSION, token(context).flatMap(sessions::use).orElseThrow(Problem::unauthenticated));
    }

    private boolean hasToken(Context context) {
        String header = context.header("Authorization");
        if (header == null || !header.startsWith(BEARER) || header.length() > MAX_TOKEN) {
            return false;
        }
        return tokens.isValid(header.substring(BEARER.length()).strip());
    }

    /** What {@code login} takes. */
    record Login(@Nullable String username, @Nullable String password) {}

    private void login(Context context) {
        Login login = Json.body(context, Login.class);
        String name = login.username();
        String password = login.password();
        if (name == null || password == null) {
            throw Problem.badRequest("'username' and 'password' are needed.");
        }
        if (name.length() > MAX_NAME || password.length() > Passwords.MAX_LENGTH) {
            throw invalidCredentials();
        }
        String address = context.req().getRemoteAddr();
        Person person = check(address, name, password);
        context.cookie(cookie(context, sessions.begin(person), -1));
        Json.answer(context, person);
    }

    /** Who is logged in gives the password again, for what a stolen session must not do. */
    private void reauth(Context context) {
        String password = Json.body(context, Login.class).password();
        if (password == null) {
            throw Problem.badRequest("'password' is needed.");
        }
        if (password.length() > Passwords.MAX_LENGTH) {
            throw invalidCredentials();
        }
        Person person =
                check(context.req().getRemoteAddr(), Access.person(context).username(), password);
        Json.answer(context, reauth.prove(person));
    }

    private Person check(String address, String name, String password) {
        limits.attempt(address, name).ifPresent(AuthRoutes::refuseFor);
        Person person = check(name, password).orElseThrow(() -> {
            log.warn("login from " + address, "wrong name or password");
            return invalidCredentials();
        });
        limits.worked(address, name);
        return person;
    }

    private Optional<Person> check(String name, String password) {
        try {
            return people.check(name, password);
        } catch (Passwords.TooBusyException e) {
            throw Problem.unavailable("Too many people are logging in.");
        }
    }

    private void logout(Context context) {
        token(context).ifPresent(sessions::end);
        context.cookie(cookie(context, "", 0));
        context.status(204);
    }

    private static void refuseFor(Duration wait) {
        throw new Problem(
                429,
                "rate_limited",
                "Too many attempts",
                "Too many failed logins. Try again later.",
                Map.of("Retry-After", Long.toString(wait.toSeconds() + 1)));
    }

    private static Problem invalidCredentials() {
        return new Problem(401, "invalid_credentials", "Not logged in", "The name or the password is wrong.");
    }

    private static Optional<String> token(Context context) {
        return Optional.ofNullable(context.cookie(COOKIE)).filter(token -> !token.isEmpty());
    }

    private static Cookie cookie(Context context, String value, int maxAgeSeconds) {
        Cookie cookie =
                new Cookie(COOKIE, value, "/", maxAgeSeconds, context.req().isSecure());
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.STRICT);
        return cookie;
    }
}
