package org.eclipse.kura.message;

/** What has become of an alert. */
public enum KuraAlertStatus {
    ACTIVE,
    INACTIVE,
    RESET
}
