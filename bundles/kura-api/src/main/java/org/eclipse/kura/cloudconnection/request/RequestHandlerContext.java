package org.eclipse.kura.cloudconnection.request;

import java.util.Map;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.osgi.annotation.versioning.ProviderType;

/** What a request handler may know about the connection that the request came by. */
@ProviderType
public class RequestHandlerContext {
    private final CloudNotificationPublisher notificationPublisher;
    private final Map<String, String> contextProperties;

    public RequestHandlerContext(
            CloudNotificationPublisher notificationPublisher, Map<String, String> contextProperties) {
        this.notificationPublisher = notificationPublisher;
        this.contextProperties = contextProperties;
    }

    /** For reports that follow the answer. */
    public CloudNotificationPublisher getNotificationPublisher() {
        return notificationPublisher;
    }

    /** Values by the names of {@link RequestHandlerContextConstants}. */
    public Map<String, String> getContextProperties() {
        return contextProperties;
    }
}
