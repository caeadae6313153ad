package org.eclipse.kura.cloudconnection;

import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraDisconnectException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.osgi.annotation.versioning.ProviderType;

/** Opens and closes the connection of a {@link CloudEndpoint} by hand. */
@ProviderType
public interface CloudConnectionManager {
    /** Opens the connection.
     *
     * @throws KuraConnectException if that was not possible
     */
    void connect() throws KuraConnectException;

    /** Closes the connection.
     *
     * @throws KuraDisconnectException if that was not possible
     */
    void disconnect() throws KuraDisconnectException;

    /** Whether messages can be sent right now. */
    boolean isConnected();

    /** Adds a listener; adding it again changes nothing. */
    void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener);

    /** Removes a listener. */
    void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener);
}
