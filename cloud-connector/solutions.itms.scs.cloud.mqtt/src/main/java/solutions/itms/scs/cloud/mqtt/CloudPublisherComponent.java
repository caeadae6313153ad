package solutions.itms.scs.cloud.mqtt;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;
import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
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
 * Sends messages of applications over one of our endpoints. A connection listener that registers while the connection
 * is up is told so at once.
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
public final class CloudPublisherComponent
        implements CloudPublisher, ConfigurableComponent, CloudConnectionListener, CloudDeliveryListener {
    static final String PID = "solutions.itms.scs.cloud.mqtt.CloudPublisher";

    private static final Logger LOG = LoggerFactory.getLogger(CloudPublisherComponent.class);

    private final Set<CloudConnectionListener> connectionListeners = new CopyOnWriteArraySet<>();
    private final Set<CloudDeliveryListener> deliveryListeners = new CopyOnWriteArraySet<>();
    private final Map<CloudEndpoint, String> endpoints = new ConcurrentHashMap<>();
    private final OwnIds ids = new OwnIds();
    private volatile PublisherSettings settings = PublisherSettings.read(Map.of());
    private volatile @Nullable CloudEndpoint endpoint;
    private volatile boolean active;

    @Activate
    void activate(Map<String, Object> configured) {
        active = true;
        modified(configured);
    }

    @Modified
    void modified(Map<String, Object> configured) {
        PublisherSettings next = PublisherSettings.read(configured);
        if (!next.problems().isEmpty()) {
            LOG.warn("Cloud publisher: {}", String.join("; ", next.problems()));
        }
        settings = next;
        choose();
    }

    @Deactivate
    void deactivate() {
        active = false;
        choose();
    }

    @Reference(
            name = "CloudEndpoint",
            cardinality = MULTIPLE,
            policy = DYNAMIC,
            target = "(component.name=" + CloudEndpointComponent.PID + ")")
    void addCloudEndpoint(CloudEndpoint added, Map<String, Object> properties) {
        Object pid = properties.get(ConfigurationService.KURA_SERVICE_PID);
        endpoints.put(added, String.valueOf(pid == null ? properties.get("service.pid") : pid));
        choose();
    }

    void removeCloudEndpoint(CloudEndpoint removed) {
        endpoints.remove(removed);
        choose();
    }

    private void choose() {
        if (changeEndpoint() && isUp()) {
            onConnectionEstablished();
        }
    }

    /** Takes the endpoint that the configuration means, listens to no other, and says whether it is another. */
    private synchronized boolean changeEndpoint() {
        CloudEndpoint chosen = active ? chosen() : null;
        CloudEndpoint before = endpoint;
        if (chosen == before) {
            return false;
        }
        endpoint = chosen;
        if (before != null) {
            before.unregisterCloudDeliveryListener(this);
            if (before instanceof CloudConnectionManager manager) {
                manager.unregisterCloudConnectionListener(this);
            }
        }
        if (chosen != null) {
            chosen.registerCloudDeliveryListener(this);
            if (chosen instanceof CloudConnectionManager manager) {
                manager.registerCloudConnectionListener(this);
            }
        }
        return true;
    }

    private @Nullable CloudEndpoint chosen() {
        String wanted = settings.endpointPid();
        if (wanted.isEmpty()) {
            return endpoints.size() == 1 ? endpoints.keySet().iterator().next() : null;
        }
        return endpoints.entrySet().stream()
                .filter(entry -> entry.getValue().equals(wanted))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private boolean isUp() {
        return endpoint instanceof CloudConnectionManager manager && manager.isConnected();
    }

    @Override
    public @Nullable String publish(KuraMessage message) throws KuraException {
        CloudEndpoint target = endpoint;
        if (target == null) {
            String wanted = settings.endpointPid();
            throw new KuraNotConnectedException(
                    wanted.isEmpty()
                            ? "there is no cloud endpoint, or more than one; name it by cloud.endpoint.service.pid"
                            : "there is no cloud endpoint " + wanted);
        }
        try {
            Map<String, Object> properties = settings.properties(KuraMessageAdapter.properties(message));
            return ids.issue(() -> target.publish(new KuraMessage(message.getPayload(), properties)));
        } catch (IllegalArgumentException e) {
            throw KuraMessageAdapter.invalid(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        if (connectionListeners.add(cloudConnectionListener) && isUp()) {
            Notifier.isolated(cloudConnectionListener::onConnectionEstablished);
        }
    }

    @Override
    public void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        connectionListeners.remove(cloudConnectionListener);
    }

    @Override
    public void registerCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener) {
        deliveryListeners.add(cloudDeliveryListener);
    }

    @Override
    public void unregisterCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener) {
        deliveryListeners.remove(cloudDeliveryListener);
    }

    @Override
    public void onConnectionEstablished() {
        tell(CloudConnectionListener::onConnectionEstablished);
    }

    @Override
    public void onConnectionLost() {
        tell(CloudConnectionListener::onConnectionLost);
    }

    @Override
    public void onDisconnected() {
        tell(CloudConnectionListener::onDisconnected);
    }

    /** Passes the confirmation on if the message was one of this publisher's. */
    @Override
    public void onMessageConfirmed(String messageId) {
        if (ids.settle(messageId)) {
            deliveryListeners.forEach(listener -> Notifier.isolated(() -> listener.onMessageConfirmed(messageId)));
        }
    }

    private void tell(Consumer<CloudConnectionListener> news) {
        connectionListeners.forEach(listener -> Notifier.isolated(() -> news.accept(listener)));
    }
}
