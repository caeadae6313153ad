package solutions.itms.scs.cloud.mqtt;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;
import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages of applications over one of our endpoints. Delivery listeners hear of this publisher's own messages
 * alone, by their exact ids, of those that were published before a restart as well.
 */
@Component(
        name = CloudPublisherComponent.PID,
        immediate = true,
        configurationPolicy = REQUIRE,
        service = {CloudPublisher.class, ConfigurableComponent.class},
        property = {
            "service.pid=" + CloudPublisherComponent.PID,
            "cloud.connection.factory.pid=" + CloudEndpointComponent.PID,
            "kura.ui.service.hide:Boolean=true",
            "kura.ui.factory.hide:Boolean=true",
            "kura.ui.csf.pid.default=" + CloudPublisherComponent.PID,
            "kura.ui.csf.pid.regex=^solutions\\.itms\\.scs\\.cloud\\.mqtt\\.CloudPublisher(\\-[a-zA-Z0-9]+)?$"
        })
@Designate(ocd = CloudPublisherConfig.class, factory = true)
public final class CloudPublisherComponent implements CloudPublisher, ConfigurableComponent, CloudDeliveryListener {
    static final String PID = "solutions.itms.scs.cloud.mqtt.CloudPublisher";

    private static final Logger LOG = LoggerFactory.getLogger(CloudPublisherComponent.class);

    private final Set<CloudDeliveryListener> deliveryListeners = new CopyOnWriteArraySet<>();
    private final EndpointChoiceAdapter endpoints = new EndpointChoiceAdapter(
            endpoint -> endpoint.registerCloudDeliveryListener(this),
            endpoint -> endpoint.unregisterCloudDeliveryListener(this));
    private volatile PublisherSettings settings = PublisherSettings.read(Map.of());
    private volatile String pid = PID;

    @Activate
    void activate(Map<String, Object> configured) {
        modified(configured);
    }

    @Modified
    void modified(Map<String, Object> configured) {
        PublisherSettings next = PublisherSettings.read(configured);
        if (!next.problems().isEmpty()) {
            LOG.warn("Cloud publisher: {}", String.join("; ", next.problems()));
        }
        Object own = configured.get(ConfigurationService.KURA_SERVICE_PID);
        pid = String.valueOf(own == null ? configured.getOrDefault("service.pid", PID) : own);
        settings = next;
        endpoints.choose(next.endpointPid());
    }

    @Deactivate
    void deactivate() {
        endpoints.chooseNone();
    }

    @Reference(
            name = "CloudEndpoint",
            cardinality = MULTIPLE,
            policy = DYNAMIC,
            target = "(component.name=" + CloudEndpointComponent.PID + ")")
    void addCloudEndpoint(CloudEndpoint added, Map<String, Object> properties) {
        endpoints.add(added, properties);
    }

    void removeCloudEndpoint(CloudEndpoint removed) {
        endpoints.remove(removed);
    }

    @Override
    public @Nullable String publish(KuraMessage message) throws KuraException {
        CloudEndpoint target = endpoints.chosen();
        if (target == null) {
            String wanted = settings.endpointPid();
            throw new KuraNotConnectedException(
                    wanted.isEmpty()
                            ? "there is no cloud endpoint, or more than one; name it by cloud.endpoint.service.pid"
                            : "there is no cloud endpoint " + wanted);
        }
        try {
            Map<String, Object> properties = new HashMap<>(settings.properties(KuraMessageAdapter.properties(message)));
            properties.put(KuraMessageAdapter.PUBLISHER, pid);
            return target.publish(new KuraMessage(message.getPayload(), properties));
        } catch (IllegalArgumentException e) {
            throw KuraMessageAdapter.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** Passes the confirmation on if the message was one of this publisher's, be it from before a restart. */
    @Override
    public void onMessageConfirmed(String messageId) {
        if (messageId.substring(messageId.indexOf('@') + 1).equals(pid)) {
            deliveryListeners.forEach(listener -> Notifier.isolated(() -> listener.onMessageConfirmed(messageId)));
        }
    }

    @Override
    public void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        endpoints.add(cloudConnectionListener);
    }

    @Override
    public void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        endpoints.remove(cloudConnectionListener);
    }

    @Override
    public void registerCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener) {
        deliveryListeners.add(cloudDeliveryListener);
    }

    @Override
    public void unregisterCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener) {
        deliveryListeners.remove(cloudDeliveryListener);
    }
}
