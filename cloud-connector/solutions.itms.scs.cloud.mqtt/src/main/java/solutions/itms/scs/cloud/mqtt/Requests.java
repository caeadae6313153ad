package solutions.itms.scs.cloud.mqtt;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.cloud.mqtt.outbox.Message;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Topics;

/** Kura's way to ask a gateway: what a request carries, and how its answer looks. Stateless. */
final class Requests {
    static final String REQUEST_ID = "request.id";
    static final String REQUESTER = "requester.client.id";
    static final String RESPONSE_CODE = "response.code";
    static final String RESPONSE_MESSAGE = "response.exception.message";
    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int ERROR = 500;

    /** After life-cycle messages, before everything else, as in Kura. */
    private static final int PRIORITY = 1;

    private Requests() {}

    /** By what an answer finds its way. */
    record Ids(String requestId, String requester) {}

    /** A request could not be answered as wanted. */
    static final class RequestException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int code;

        RequestException(int code, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** The ids of a request; empty when it lacks one, or one of them can't be a level of a topic. */
    static Optional<Ids> ids(Payload request) {
        Object id = request.metrics().get(REQUEST_ID);
        Object requester = request.metrics().get(REQUESTER);
        return id instanceof String idText
                        && requester instanceof String requesterText
                        && Topics.isLevel(idText)
                        && Topics.isLevel(requesterText)
                ? Optional.of(new Ids(idText, requesterText))
                : Optional.empty();
    }

    static Payload failure(int code, String message) {
        return Payload.of(Map.of(RESPONSE_CODE, code, RESPONSE_MESSAGE, message));
    }

    /** The answer as a message. One that says no code means that all went well. */
    static Message answer(String appId, Ids ids, Payload payload) {
        Payload coded =
                payload.metrics().get(RESPONSE_CODE) instanceof Integer ? payload : payload.with(RESPONSE_CODE, OK);
        byte[] bytes = PayloadCodec.encode(coded);
        if (bytes.length > PayloadCodec.MAX_BYTES) {
            bytes = PayloadCodec.encode(failure(
                    ERROR,
                    "the answer has " + bytes.length + " bytes; at most " + PayloadCodec.MAX_BYTES + " are allowed"));
        }
        return new Message(
                true, ids.requester(), appId, "REPLY/" + ids.requestId(), bytes, 1, false, PRIORITY, null, "");
    }
}
