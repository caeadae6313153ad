package solutions.itms.scs.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.message.KuraResponsePayload;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.Failure;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.message.command.Jws;

/** Kura's requests of the application {@code SCS-CMD-V1}. Thread-safe. */
final class CommandRequestsAdapter implements RequestHandler {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MAX_CONFIRMED = 500;

    private final Desk desk;

    CommandRequestsAdapter(Desk desk) {
        this.desk = desk;
    }

    /** Who answers; empty while the journal can't be opened. */
    interface Desk {
        @Nullable
        CommandExecutor executor();
    }

    @Override
    public KuraMessage doExec(RequestHandlerContext context, KuraMessage request) {
        if (!args(request).equals(List.of("commands"))) {
            return unknown();
        }
        byte[] body = request.getPayload().getBody();
        if (body == null || body.length > Jws.MAX_CHARS) {
            return refused(
                    body == null ? ErrorCode.MALFORMED : ErrorCode.TOO_LARGE,
                    "the body must be a signed command of at most " + Jws.MAX_CHARS + " bytes");
        }
        CommandExecutor executor = desk.executor();
        return executor == null
                ? unavailable()
                : answer(executor.submit(new String(body, StandardCharsets.ISO_8859_1)));
    }

    @Override
    public KuraMessage doGet(RequestHandlerContext context, KuraMessage request) {
        List<String> args = args(request);
        CommandExecutor executor = desk.executor();
        if (executor == null) {
            return unavailable();
        }
        if (args.equals(List.of("registry"))) {
            return answer(executor.registry());
        }
        return isCommand(args) ? answer(executor.get(args.get(1))) : unknown();
    }

    @Override
    public KuraMessage doDel(RequestHandlerContext context, KuraMessage request) {
        List<String> args = args(request);
        CommandExecutor executor = desk.executor();
        if (executor == null) {
            return unavailable();
        }
        return isCommand(args) ? answer(executor.cancel(args.get(1))) : unknown();
    }

    @Override
    public KuraMessage doPut(RequestHandlerContext context, KuraMessage request) {
        CommandExecutor executor = desk.executor();
        if (executor == null) {
            return unavailable();
        }
        if (!args(request).equals(List.of("confirmed"))) {
            return unknown();
        }
        byte[] body = request.getPayload().getBody();
        List<String> ids = body == null ? List.of() : ids(body);
        return ids.isEmpty()
                ? refused(ErrorCode.MALFORMED, "the body must be {\"ids\":[…]} with 1 to " + MAX_CONFIRMED + " ids")
                : answer(executor.confirm(ids));
    }

    private static List<String> ids(byte[] body) {
        try {
            if (JsonText.readObject(body, 64 * 1024).get("ids") instanceof List<?> list
                    && list.size() <= MAX_CONFIRMED) {
                List<String> ids = new ArrayList<>();
                for (Object id : list) {
                    if (!(id instanceof String text) || !ID.matcher(text).matches()) {
                        return List.of();
                    }
                    ids.add(text);
                }
                return ids;
            }
        } catch (MalformedPayloadException e) {
            // as if there were none
        }
        return List.of();
    }

    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    private static boolean isCommand(List<String> args) {
        return args.size() == 2
                && args.get(0).equals("commands")
                && ID.matcher(args.get(1)).matches();
    }

    private static List<String> args(KuraMessage request) {
        Object args = request.getProperties().get(RequestHandlerMessageConstants.ARGS_KEY.value());
        return args instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }

    private static KuraMessage unknown() {
        return refused(
                ErrorCode.NOT_FOUND,
                "there are EXEC commands, GET and DEL commands/<id>, GET registry and PUT confirmed");
    }

    private static KuraMessage unavailable() {
        return refused(ErrorCode.UNAVAILABLE, "the journal can't be opened");
    }

    private static KuraMessage refused(ErrorCode code, String text) {
        return answer(Reply.refused(null, new Failure(code, text, Failure.ACCEPT)));
    }

    private static KuraMessage answer(Reply reply) {
        KuraResponsePayload payload = new KuraResponsePayload(reply.status());
        payload.setTimestamp(new Date());
        payload.setBody(JsonText.write(reply.body()));
        return new KuraMessage(payload, Map.of());
    }
}
