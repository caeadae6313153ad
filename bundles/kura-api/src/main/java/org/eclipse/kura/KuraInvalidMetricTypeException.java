package org.eclipse.kura;

/** A metric of a type that a payload cannot hold. */
public class KuraInvalidMetricTypeException extends KuraRuntimeException {
    private static final long serialVersionUID = 1L;

    public KuraInvalidMetricTypeException(Object argument) {
        super(KuraErrorCode.INVALID_METRIC_EXCEPTION, argument);
    }

    public KuraInvalidMetricTypeException(Throwable cause, Object argument) {
        super(KuraErrorCode.INVALID_METRIC_EXCEPTION, cause, argument);
    }
}
