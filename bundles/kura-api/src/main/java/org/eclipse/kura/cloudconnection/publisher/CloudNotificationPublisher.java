package org.eclipse.kura.cloudconnection.publisher;

import org.osgi.annotation.versioning.ProviderType;

/** The publisher through which a {@link org.eclipse.kura.cloudconnection.request.RequestHandler} reports what happens after its answer. */
@ProviderType
public interface CloudNotificationPublisher extends CloudPublisher {}
