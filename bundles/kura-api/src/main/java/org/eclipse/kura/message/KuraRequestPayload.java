package org.eclipse.kura.message;

import java.text.ParseException;

/** A request: a payload that says who asks, and how the answer shall be called. */
public class KuraRequestPayload extends KuraPayload {
    public static final String METRIC_REQUEST_ID = "request.id";
    public static final String REQUESTER_CLIENT_ID = "requester.client.id";

    public KuraRequestPayload() {}

    public KuraRequestPayload(KuraPayload payload) {
        payload.metrics().forEach(this::addMetric);
        setTimestamp(payload.getTimestamp());
        setPosition(payload.getPosition());
        setBody(payload.getBody());
    }

    /**
     * The payload as a request.
     *
     * @throws ParseException if it lacks the request id or the requester
     */
    public static KuraRequestPayload buildFromKuraPayload(KuraPayload payload) throws ParseException {
        requireText(payload, METRIC_REQUEST_ID);
        requireText(payload, REQUESTER_CLIENT_ID);
        return new KuraRequestPayload(payload);
    }

    private static void requireText(KuraPayload payload, String metric) throws ParseException {
        if (!(payload.getMetric(metric) instanceof String)) {
            throw new ParseException("a request must have the text metric " + metric, 0);
        }
    }

    public String getRequestId() {
        return (String) getMetric(METRIC_REQUEST_ID);
    }

    public void setRequestId(String requestId) {
        addMetric(METRIC_REQUEST_ID, requestId);
    }

    public String getRequesterClientId() {
        return (String) getMetric(REQUESTER_CLIENT_ID);
    }

    public void setRequesterClientId(String requesterClientId) {
        addMetric(REQUESTER_CLIENT_ID, requesterClientId);
    }
}
