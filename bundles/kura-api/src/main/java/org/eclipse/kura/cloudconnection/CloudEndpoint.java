package org.eclipse.kura.cloudconnection;

import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.osgi.annotation.versioning.ProviderType;

/** One connection to a cloud platform: takes messages for it and hands out those that come from it. */
@ProviderType
public interface CloudEndpoint {
    /** What a person may want to know about the connection, as names and texts. */
    default Map<String, String> getInfo() {
        return Map.of();
    }

    /** Takes a message for sending.
     *
     * @return the id that the delivery listeners will be called with; null if they will not be
     * @throws KuraException if the message cannot be taken
     */
    String publish(KuraMessage message) throws KuraException;

    /** Adds a listener for confirmations. */
    void registerCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener);

    /** Subscribes.
     *
     * @param subscriptionProperties what to subscribe to, in the words of the platform
     * @param cloudSubscriberListener called with each message
     */
    void registerSubscriber(
            Map<String, Object> subscriptionProperties, CloudSubscriberListener cloudSubscriberListener);

    /** Removes a listener for confirmations. */
    void unregisterCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener);

    /** Ends all subscriptions of the listener. */
    void unregisterSubscriber(CloudSubscriberListener cloudSubscriberListener);
}
