package org.eclipse.kura.cloudconnection.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told when a connection comes and goes. */
@ConsumerType
public interface CloudConnectionListener {
    /** The connection is up. */
    void onConnectionEstablished();

    /** The connection broke. */
    void onConnectionLost();

    /** The connection was closed on purpose. */
    void onDisconnected();
}
