package org.eclipse.kura.cloudconnection.request;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Where request handlers make themselves known. */
@ProviderType
public interface RequestHandlerRegistry {
    /** Hands the requests for the application id to the handler from now on. */
    void registerRequestHandler(String id, RequestHandler requestHandler) throws KuraException;

    /** Ends it. */
    void unregister(String id) throws KuraException;
}
