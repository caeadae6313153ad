package org.eclipse.kura.message;

/** How bad an alert is. */
public enum KuraAlertSeverity {
    WARNING,
    CRITICAL
}
