package org.eclipse.kura.cloudconnection.subscriber.listener;

import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.osgi.annotation.versioning.ConsumerType;

/** Receives messages from the cloud. */
@ConsumerType
@FunctionalInterface
public interface CloudSubscriberListener {
    /** A message came. */
    void onMessageArrived(KuraMessage message);
}
