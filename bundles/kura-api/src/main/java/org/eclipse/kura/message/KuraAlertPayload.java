package org.eclipse.kura.message;

import java.util.Date;
import java.util.Objects;

/** An alert. Code, severity and status are always there. */
public class KuraAlertPayload extends KuraPayload {
    public static final String CODE_METRIC_NAME = "alert_code";
    public static final String SEVERITY_METRIC_NAME = "alert_severity";
    public static final String STATUS_METRIC_NAME = "alert_status";
    public static final String MESSAGE_METRIC_NAME = "alert_message";
    public static final String CREATION_TIMESTAMP_METRIC_NAME = "alert_creation_date";

    public KuraAlertPayload(String code, KuraAlertSeverity severity, KuraAlertStatus status) {
        setCode(code);
        setSeverity(severity);
        setStatus(status);
    }

    /**
     * Adds a metric.
     *
     * @throws IllegalArgumentException if it is one of the alert's own and has not its type
     */
    @Override
    public void addMetric(String name, Object value) {
        boolean fits = switch (name) {
            case CODE_METRIC_NAME, MESSAGE_METRIC_NAME -> value instanceof String;
            case SEVERITY_METRIC_NAME -> isOneOf(KuraAlertSeverity.values(), value);
            case STATUS_METRIC_NAME -> isOneOf(KuraAlertStatus.values(), value);
            case CREATION_TIMESTAMP_METRIC_NAME -> value instanceof Long;
            default -> true;
        };
        if (!fits) {
            throw new IllegalArgumentException(name + " cannot be " + value);
        }
        super.addMetric(name, value);
    }

    private static boolean isOneOf(Enum<?>[] constants, Object name) {
        for (Enum<?> constant : constants) {
            if (constant.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    public String getCode() {
        return (String) getMetric(CODE_METRIC_NAME);
    }

    public void setCode(String code) {
        addMetric(CODE_METRIC_NAME, Objects.requireNonNull(code, "code"));
    }

    /** When the alert came up; null when not given. */
    public Date getCreationTimestamp() {
        Long millis = (Long) getMetric(CREATION_TIMESTAMP_METRIC_NAME);
        return millis == null ? null : new Date(millis);
    }

    public void setCreationTimestamp(Date date) {
        addMetric(CREATION_TIMESTAMP_METRIC_NAME, date.getTime());
    }

    public String getMessage() {
        return (String) getMetric(MESSAGE_METRIC_NAME);
    }

    public void setMessage(String message) {
        addMetric(MESSAGE_METRIC_NAME, message);
    }

    public KuraAlertSeverity getSeverity() {
        return KuraAlertSeverity.valueOf((String) getMetric(SEVERITY_METRIC_NAME));
    }

    public void setSeverity(KuraAlertSeverity severity) {
        addMetric(SEVERITY_METRIC_NAME, severity.name());
    }

    public KuraAlertStatus getStatus() {
        return KuraAlertStatus.valueOf((String) getMetric(STATUS_METRIC_NAME));
    }

    public void setStatus(KuraAlertStatus status) {
        addMetric(STATUS_METRIC_NAME, status.name());
    }
}
