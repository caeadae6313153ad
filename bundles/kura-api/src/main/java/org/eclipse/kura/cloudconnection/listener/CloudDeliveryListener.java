package org.eclipse.kura.cloudconnection.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told which messages the cloud has received. */
@ConsumerType
public interface CloudDeliveryListener {
    /** The message of this id was delivered. */
    void onMessageConfirmed(String messageId);
}
