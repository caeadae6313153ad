package solutions.itms.scs.server.command;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.auth.Access;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.command.Commands.Asker;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.http.Query;
import solutions.itms.scs.server.http.RequestId;
import solutions.itms.scs.server.http.Routes;

/** Commands for people. Thread-safe. */
final class CommandRoutes implements Routes {
    static final String COMMANDS = "/api/v1/commands";
    private static final int MAX_KEY = 128;

    private final Commands commands;
    private final CommandViews views;
    private final Readiness readiness;

    CommandRoutes(Commands commands, CommandViews views, Readiness readiness) {
        this.commands = commands;
        this.views = views;
        this.readiness = readiness;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(COMMANDS, this::create, Permission.COMMAND);
        routes.get(COMMANDS, context -> Json.answer(context, views.list(CommandFilter.of(context))), Permission.READ);
        routes.get(COMMANDS + "/readiness", this::readiness, Permission.READ);
        routes.get(COMMANDS + "/{id}", context -> answer(context, id(context)), Permission.READ);
        routes.get(COMMANDS + "/{id}/readiness", this::readinessOf, Permission.READ);
        routes.post(COMMANDS + "/{id}/approve", this::approve, Permission.APPROVE);
        routes.post(COMMANDS + "/{id}/reject", this::reject, Permission.APPROVE);
        routes.post(COMMANDS + "/{id}/cancel", this::cancel, Permission.COMMAND);
    }

    /** A body as values, read strictly: what is approved must be what was meant. */
    record Body(Map<String, @Nullable Object> members) {
        private static final int MAX_BYTES = 256 * 1024;

        static Body of(Context context) {
            Json.requireType(context);
            byte[] bytes = context.bodyAsBytes();
            if (bytes.length == 0) {
                return new Body(Map.of());
            }
            try {
                return new Body(JsonText.readObject(bytes, MAX_BYTES));
            } catch (MalformedPayloadException e) {
                throw Problem.badRequest("The body is " + e.getMessage() + ".");
            }
        }

        String text(String name, int max) {
            String text = optional(name, max);
            if (text == null) {
                throw Problem.badRequest("'" + name + "' is needed.");
            }
            return text;
        }

        @Nullable
        String optional(String name, int max) {
            Object value = members.get(name);
            if (value == null) {
                return null;
            }
            if (value instanceof String text && !text.isEmpty() && text.length() <= max) {
                return text;
            }
            throw Problem.badRequest("'" + name + "' must be a text of 1 to " + max + " characters.");
        }

        @Nullable
        Long number(String name, long min, long max) {
            Object value = members.get(name);
            if (value == null) {
                return null;
            }
            if (value instanceof Long number && number >= min && number <= max) {
                return number;
            }
            throw Problem.badRequest("'" + name + "' must be a number from " + min + " to " + max + ".");
        }

        boolean flag(String name) {
            Object value = members.get(name);
            if (value == null || value instanceof Boolean) {
                return Boolean.TRUE.equals(value);
            }
            throw Problem.badRequest("'" + name + "' must be true or false.");
        }

        Map<String, @Nullable Object> object(String name) {
            Object value = members.get(name);
            if (value == null) {
                return Map.of();
            }
            if (value instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                map.forEach((key, member) -> object.put(String.valueOf(key), member));
                return object;
            }
            throw Problem.badRequest("'" + name + "' must be an object.");
        }
    }

    private void create(Context context) {
        Body body = Body.of(context);
        String gateway = body.text("gatewayId", 128);
        String target = body.optional("target", 128);
        Long expires = body.number("expiresInSeconds", NewCommand.SHORTEST.toSeconds(), NewCommand.LONGEST.toSeconds());
        String key = context.header("Idempotency-Key");
        CommandRequest request = new CommandRequest(
                gateway,
                target == null ? gateway : target,
                body.text("type", 64),
                body.object("params"),
                expires == null ? null : Duration.ofSeconds(expires),
                body.optional("reason", 500),
                key == null ? body.optional("idempotencyKey", MAX_KEY) : requireKey(key),
                false,
                null,
                null);
        Commands.Created created = commands.create(asker(context), request, body.optional("reauthProof", 64));
        context.status(created.isNew() ? 201 : 200).header("Location", COMMANDS + "/" + created.id());
        answer(context, created.id());
    }

    private static String requireKey(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw Problem.badRequest("'Idempotency-Key' must have 1 to " + MAX_KEY + " characters.");
        }
        return key;
    }

    private void approve(Context context) {
        Body body = Body.of(context);
        commands.approve(asker(context), id(context), body.text("paramsHash", 64), body.optional("reason", 500));
        answer(context, id(context));
    }

    private void reject(Context context) {
        commands.reject(asker(context), id(context), Body.of(context).optional("reason", 500));
        answer(context, id(context));
    }

    private void cancel(Context context) {
        Body body = Body.of(context);
        commands.cancel(asker(context), id(context), body.optional("reason", 500), body.flag("force"));
        answer(context, id(context));
    }

    private void readiness(Context context) {
        Query query = new Query(context);
        String gateway = query.needed("gateway", Query.MAX_TEXT);
        String target = query.text("target");
        Json.answer(
                context,
                readiness.of(
                        Access.person(context),
                        gateway,
                        target == null ? gateway : target,
                        query.needed("type", Query.MAX_TEXT)));
    }

    private void readinessOf(Context context) {
        Map<String, @Nullable Object> view = view(id(context));
        Json.answer(
                context,
                readiness.of(
                        Access.person(context),
                        String.valueOf(view.get("gatewayId")),
                        String.valueOf(view.get("target")),
                        String.valueOf(view.get("type"))));
    }

    private void answer(Context context, String id) {
        Json.answer(context, view(id));
    }

    private Map<String, @Nullable Object> view(String id) {
        return views.withHistory(id).orElseThrow(() -> Problem.notFound("There is no such command."));
    }

    static Asker asker(Context context) {
        return new Asker(Access.person(context), RequestId.of(context));
    }

    private static String id(Context context) {
        return context.pathParam("id");
    }
}
