package solutions.itms.scs.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.DatabaseException;

/** The one place where errors become answers: problem JSON, never a stack trace. Stateless. */
final class ErrorMapper {
    static final String TYPE = "application/problem+json";

    private static final Logger LOGGER = LoggerFactory.getLogger(ErrorMapper.class);

    private ErrorMapper() {}

    static void addTo(RoutesConfig routes) {
        routes.exception(Problem.class, (problem, context) -> answer(context, problem));
        routes.exception(HttpResponseException.class, (e, context) -> answer(context, ofStatus(e)));
        routes.exception(DatabaseException.class, (e, context) -> {
            LOGGER.error("request {} could not be written: {}", RequestId.of(context), e.getMessage());
            answer(context, Problem.unavailable("The server can't save anything at present."));
        });
        routes.exception(JdbiException.class, (e, context) -> {
            LOGGER.error("request {} could not be answered: {}", RequestId.of(context), e.getMessage());
            answer(
                    context,
                    Database.isUnreachable(e)
                            ? Problem.unavailable("The server can't reach its database at present.")
                            : ofStatus(500));
        });
        routes.exception(Exception.class, (e, context) -> {
            LOGGER.error("request {} failed: {} {}", RequestId.of(context), context.method(), context.path(), e);
            answer(context, ofStatus(500));
        });
    }

    /** The members of problem JSON. */
    static Map<String, Object> members(Problem problem, String requestId) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", problem.title());
        members.put("status", problem.status());
        members.put("detail", String.valueOf(problem.getMessage()));
        members.put("code", problem.code());
        members.put("requestId", requestId);
        members.putAll(problem.more());
        return members;
    }

    /** The problem that a bare HTTP status stands for. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> Problem.badRequest("The request is not understood.");
            case 404 -> new Problem(404, "not_found", "Not found", "There is nothing at this address.");
            case 405 -> new Problem(405, "method_not_allowed", "Method not allowed", "Use another method here.");
            case 413 -> new Problem(413, "body_too_large", "Body too large", "The body may have 1 MiB.");
            case 414 -> new Problem(414, "address_too_long", "Address too long", "The address is too long.");
            case 431 -> new Problem(431, "headers_too_large", "Headers too large", "The headers are too large.");
            case 503 -> Problem.unavailable("The server is busy.");
            default ->
                status < 500
                        ? new Problem(status, "refused", "Refused", "The request was refused.")
                        : new Problem(
                                500,
                                "internal_error",
                                "Internal error",
                                "The server failed. Its log has more under the request id.");
        };
    }

    private static Problem ofStatus(HttpResponseException e) {
        Problem problem = ofStatus(e.getStatus());
        String allowed = e.getDetails().get("availableMethods");
        return e.getStatus() == 405 && allowed != null
                ? new Problem(405, problem.code(), problem.title(), "Allowed: " + allowed, Map.of("Allow", allowed))
                : problem;
    }

    /** Answers outside of Javalin. */
    static void answer(HttpServletResponse response, Problem problem, String requestId) throws IOException {
        problem.headers().forEach(response::setHeader);
        response.setStatus(problem.status());
        response.setContentType(TYPE);
        response.getOutputStream().write(Json.bytes(members(problem, requestId)));
    }

    private static void answer(Context context, Problem problem) {
        Leftover.drain(context.req());
        problem.headers().forEach(context::header);
        context.status(problem.status()).contentType(TYPE).result(Json.bytes(members(problem, RequestId.of(context))));
    }
}
