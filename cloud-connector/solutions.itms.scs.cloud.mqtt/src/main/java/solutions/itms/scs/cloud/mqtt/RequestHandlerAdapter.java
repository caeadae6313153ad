package solutions.itms.scs.cloud.mqtt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.message.KuraRequestPayload;
import solutions.itms.scs.message.Payload;

/** Kura's request handlers as ours. */
final class RequestHandlerAdapter implements RequestDesk.Handler {
    private final RequestHandler handler;
    private final Supplier<RequestHandlerContext> context;

    RequestHandlerAdapter(RequestHandler handler, Supplier<RequestHandlerContext> context) {
        this.handler = handler;
        this.context = context;
    }

    @Override
    public Payload answer(String method, List<String> resource, Payload request) throws Requests.RequestException {
        Map<String, Object> properties = new HashMap<>();
        properties.put(RequestHandlerMessageConstants.ARGS_KEY.value(), List.copyOf(resource));
        KuraMessage message = new KuraMessage(new KuraRequestPayload(KuraPayloadAdapter.toKura(request)), properties);
        try {
            KuraMessage answer = handle(method, message);
            return answer == null || answer.getPayload() == null
                    ? Payload.of(Map.of())
                    : KuraPayloadAdapter.fromKura(answer.getPayload());
        } catch (KuraException e) {
            throw new Requests.RequestException(code(e.getCode()), String.valueOf(e.getMessage()), e);
        }
    }

    private KuraMessage handle(String method, KuraMessage message) throws KuraException {
        return switch (method) {
            case "GET" -> handler.doGet(context.get(), message);
            case "PUT" -> handler.doPut(context.get(), message);
            case "POST" -> handler.doPost(context.get(), message);
            case "DEL" -> handler.doDel(context.get(), message);
            case "EXEC" -> handler.doExec(context.get(), message);
            default -> throw new KuraException(KuraErrorCode.NOT_FOUND, method);
        };
    }

    /** The codes that Kura's servers know; any other would be new to them. */
    private static int code(KuraErrorCode code) {
        return switch (code) {
            case BAD_REQUEST -> Requests.BAD_REQUEST;
            case NOT_FOUND -> Requests.NOT_FOUND;
            default -> Requests.ERROR;
        };
    }
}
