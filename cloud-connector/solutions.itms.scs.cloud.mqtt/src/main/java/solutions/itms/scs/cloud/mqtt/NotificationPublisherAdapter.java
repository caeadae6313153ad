package solutions.itms.scs.cloud.mqtt;

import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import solutions.itms.scs.cloud.mqtt.outbox.Message;

/**
 * Sends what request handlers have to report after their answer, to
 * {@code $EDC/<account>/<requester>/<app>/NOTIFY/<client>/<type>}. Durable and acknowledged, unlike Kura's own.
 */
final class NotificationPublisherAdapter implements CloudNotificationPublisher {
    private static final int PRIORITY = 1;

    /** Takes a message that is to be sent. */
    interface Out {
        String publish(Message message) throws KuraException;
    }

    private final Out out;
    private final CloudEndpoint endpoint;
    private final CloudConnectionManager manager;
    private final Supplier<String> clientId;

    NotificationPublisherAdapter(
            Out out, CloudEndpoint endpoint, CloudConnectionManager manager, Supplier<String> clientId) {
        this.out = out;
        this.endpoint = endpoint;
        this.manager = manager;
        this.clientId = clientId;
    }

    @Override
    public String publish(KuraMessage message) throws KuraException {
        Map<String, Object> properties = KuraMessageAdapter.properties(message);
        String appId = required(properties, "appId");
        String requester = required(properties, "requestorClientId");
        String type = required(properties, "messageType");
        if (message.getPayload() == null) {
            throw KuraMessageAdapter.invalid("the message has no payload");
        }
        try {
            return out.publish(new Message(
                    true,
                    requester,
                    appId,
                    "NOTIFY/" + clientId.get() + "/" + type,
                    KuraPayloadAdapter.encode(message.getPayload()),
                    1,
                    false,
                    PRIORITY,
                    null,
                    ""));
        } catch (IllegalArgumentException e) {
            throw KuraMessageAdapter.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static String required(Map<String, Object> properties, String name) throws KuraException {
        if (properties.get(name) instanceof String value && !value.isEmpty()) {
            return value;
        }
        throw KuraMessageAdapter.invalid("a notification must have the property " + name);
    }

    @Override
    public void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        manager.registerCloudConnectionListener(cloudConnectionListener);
    }

    @Override
    public void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        manager.unregisterCloudConnectionListener(cloudConnectionListener);
    }

    @Override
    public void registerCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener) {
        endpoint.registerCloudDeliveryListener(cloudDeliveryListener);
    }

    @Override
    public void unregisterCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener) {
        endpoint.unregisterCloudDeliveryListener(cloudDeliveryListener);
    }
}
