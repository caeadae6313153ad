package org.eclipse.kura.cloudconnection.request;

/** The keys of {@link RequestHandlerContext#getContextProperties()}, by name. */
public enum RequestHandlerContextConstants {
    TENANT_ID,
    DEVICE_ID,
    NOTIFICATION_PUBLISHER_PID
}
