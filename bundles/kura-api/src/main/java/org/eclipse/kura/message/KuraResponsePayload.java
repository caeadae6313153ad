package org.eclipse.kura.message;

import java.io.PrintWriter;
import java.io.StringWriter;

/** An answer: a payload with a code and, when something failed, what it was. */
public class KuraResponsePayload extends KuraPayload {
    public static final int RESPONSE_CODE_OK = 200;
    public static final int RESPONSE_CODE_BAD_REQUEST = 400;
    public static final int RESPONSE_CODE_NOTFOUND = 404;
    public static final int RESPONSE_CODE_ERROR = 500;
    public static final String METRIC_RESPONSE_CODE = "response.code";
    public static final String METRIC_EXCEPTION_MSG = "response.exception.message";
    public static final String METRIC_EXCEPTION_STACK = "response.exception.stack";

    /** An answer with the content of the payload, its code among the metrics. */
    public KuraResponsePayload(KuraPayload kuraPayload) {
        kuraPayload.metrics().forEach(this::addMetric);
        setTimestamp(kuraPayload.getTimestamp());
        setPosition(kuraPayload.getPosition());
        setBody(kuraPayload.getBody());
    }

    public KuraResponsePayload(int responseCode, Throwable t) {
        this(responseCode);
        setException(t);
    }

    /** An answer of {@link #RESPONSE_CODE_ERROR}. */
    public KuraResponsePayload(Throwable t) {
        this(RESPONSE_CODE_ERROR, t);
    }

    public KuraResponsePayload(int responseCode) {
        setResponseCode(responseCode);
    }

    /** The code; 0 when the payload has none. */
    public int getResponseCode() {
        return getMetric(METRIC_RESPONSE_CODE) instanceof Integer code ? code : 0;
    }

    public void setResponseCode(int responseCode) {
        addMetric(METRIC_RESPONSE_CODE, responseCode);
    }

    public String getExceptionMessage() {
        return (String) getMetric(METRIC_EXCEPTION_MSG);
    }

    public void setExceptionMessage(String message) {
        addOrRemove(METRIC_EXCEPTION_MSG, message);
    }

    public String getExceptionStack() {
        return (String) getMetric(METRIC_EXCEPTION_STACK);
    }

    public void setExceptionStack(String stack) {
        addOrRemove(METRIC_EXCEPTION_STACK, stack);
    }

    /** Takes message and stack trace from it; null changes nothing. */
    public void setException(Throwable t) {
        if (t == null) {
            return;
        }
        StringWriter stack = new StringWriter();
        t.printStackTrace(new PrintWriter(stack));
        setExceptionMessage(t.getMessage());
        setExceptionStack(stack.toString());
    }

    private void addOrRemove(String metric, String value) {
        if (value == null) {
            removeMetric(metric);
        } else {
            addMetric(metric, value);
        }
    }
}
