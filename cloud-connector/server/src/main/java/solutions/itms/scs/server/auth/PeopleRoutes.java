package solutions.itms.scs.server.auth;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.RequestId;
import solutions.itms.scs.server.http.Routes;

/** Who may log in, for administrators. Each change ends the sessions of whom it is about. Thread-safe. */
public final class PeopleRoutes implements Routes {
    private static final String PEOPLE = "/api/v1/users";

    private final People people;

    public PeopleRoutes(People people) {
        this.people = people;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PEOPLE, context -> Json.answer(context, people.all()), Permission.PEOPLE);
        routes.post(PEOPLE, this::add, Permission.PEOPLE);
        routes.post(PEOPLE + "/{name}/role", this::role, Permission.PEOPLE);
        routes.post(PEOPLE + "/{name}/password", this::password, Permission.PEOPLE);
        routes.post(PEOPLE + "/{name}/disable", context -> disable(context, true), Permission.PEOPLE);
        routes.post(PEOPLE + "/{name}/enable", context -> disable(context, false), Permission.PEOPLE);
    }

    /** What the routes take; which members are needed depends on the route. */
    record Body(
            @Nullable String username,
            @Nullable String role,
            @Nullable String password) {}

    private void add(Context context) {
        Body body = Json.body(context, Body.class);
        if (body.username() == null) {
            throw Problem.badRequest("'username' is needed.");
        }
        Role role = role(body);
        String password = body.password() == null ? People.randomPassword() : body.password();
        try {
            if (!people.add(body.username(), role, password, change(context))) {
                throw Problem.conflict("user_exists", "There is a user of this name already.");
            }
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
        context.status(201);
        Json.answer(context, told(body.username(), body.password() == null ? password : null));
    }

    private void role(Context context) {
        done(context, people.setRole(name(context), role(Json.body(context, Body.class)), change(context)));
    }

    private void password(Context context) {
        Body body = Json.body(context, Body.class);
        String password = body.password() == null ? People.randomPassword() : body.password();
        try {
            require(people.setPassword(name(context), password, change(context)));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
        Json.answer(context, told(name(context), body.password() == null ? password : null));
    }

    private void disable(Context context, boolean disabled) {
        done(context, people.setDisabled(name(context), disabled, change(context)));
    }

    /** A password that was made here is told this once. */
    private static Map<String, String> told(String name, @Nullable String password) {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("username", name);
        if (password != null) {
            answer.put("password", password);
        }
        return answer;
    }

    private static Role role(Body body) {
        return Role.of(String.valueOf(body.role()))
                .orElseThrow(() -> Problem.badRequest("'role' must be one of " + Role.names() + "."));
    }

    private static String name(Context context) {
        return context.pathParam("name");
    }

    private static People.Change change(Context context) {
        return new People.Change(Access.person(context).username(), RequestId.of(context));
    }

    private static void done(Context context, People.Result result) {
        require(result);
        context.status(204);
    }

    private static void require(People.Result result) {
        switch (result) {
            case DONE -> {}
            case UNKNOWN -> throw Problem.notFound("There is no such user.");
            case LAST_ADMIN ->
                throw Problem.conflict(
                        "last_admin", "This is the only administrator who can log in; add another first.");
        }
    }
}
