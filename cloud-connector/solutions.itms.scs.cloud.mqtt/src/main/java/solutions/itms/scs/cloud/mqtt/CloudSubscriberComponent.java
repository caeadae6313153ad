package solutions.itms.scs.cloud.mqtt;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;
import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.settings.Options;

/** Hands messages of one topic filter, over one of our endpoints, to whoever registers. */
@Component(
        name = CloudSubscriberComponent.PID,
        immediate = true,
        configurationPolicy = REQUIRE,
        service = {CloudSubscriber.class, ConfigurableComponent.class},
        property = {
            "service.pid=" + CloudSubscriberComponent.PID,
            "cloud.connection.factory.pid=" + CloudEndpointComponent.PID,
            "kura.ui.service.hide:Boolean=true",
            "kura.ui.factory.hide:Boolean=true",
            "kura.ui.csf.pid.default=" + CloudSubscriberComponent.PID,
            "kura.ui.csf.pid.regex=^solutions\\.itms\\.scs\\.cloud\\.mqtt\\.CloudSubscriber(\\-[a-zA-Z0-9]+)?$"
        })
@Designate(ocd = CloudSubscriberConfig.class, factory = true)
public final class CloudSubscriberComponent implements CloudSubscriber, ConfigurableComponent {
    static final String PID = "solutions.itms.scs.cloud.mqtt.CloudSubscriber";
    static final String APP_ID = "W1";
    static final String APP_TOPIC = "#";

    private static final Logger LOG = LoggerFactory.getLogger(CloudSubscriberComponent.class);

    private final Set<CloudSubscriberListener> listeners = new CopyOnWriteArraySet<>();
    private final EndpointChoiceAdapter endpoints = new EndpointChoiceAdapter(this::attach, this::detach);
    private final CloudSubscriberListener own = this::arrived;
    private Map<String, Object> subscription = Map.of();

    @Activate
    void activate(Map<String, Object> configured) {
        modified(configured);
    }

    @Modified
    synchronized void modified(Map<String, Object> configured) {
        Map<String, Object> next = subscription(configured);
        boolean changed = !next.equals(subscription);
        CloudEndpoint before = endpoints.chosen();
        subscription = next;
        endpoints.choose(new Options(configured).text("cloud.endpoint.service.pid", ""));
        CloudEndpoint now = endpoints.chosen();
        if (changed && now != null && now == before) {
            detach(now);
            attach(now);
        }
    }

    @Deactivate
    synchronized void deactivate() {
        endpoints.chooseNone();
    }

    @Reference(
            name = "CloudEndpoint",
            cardinality = MULTIPLE,
            policy = DYNAMIC,
            target = "(component.name=" + CloudEndpointComponent.PID + ")")
    synchronized void addCloudEndpoint(CloudEndpoint added, Map<String, Object> properties) {
        endpoints.add(added, properties);
    }

    synchronized void removeCloudEndpoint(CloudEndpoint removed) {
        endpoints.remove(removed);
    }

    private static Map<String, Object> subscription(Map<String, Object> configured) {
        Options options = new Options(configured);
        String type = options.text("message.type", PublisherSettings.DATA).toLowerCase(Locale.ROOT);
        Map<String, Object> wanted = Map.of(
                KuraMessageAdapter.APP_ID, options.text("appId", APP_ID),
                KuraMessageAdapter.APP_TOPIC, options.text("app.topic", APP_TOPIC),
                KuraMessageAdapter.QOS, options.number("qos", 0, 1, KuraMessageAdapter.DEFAULT_QOS),
                KuraMessageAdapter.CONTROL, type.equals(PublisherSettings.CONTROL));
        try {
            KuraMessageAdapter.subscription(wanted);
            if (!options.problems().isEmpty()) {
                LOG.warn("Cloud subscriber: {}", String.join("; ", options.problems()));
            }
            return wanted;
        } catch (IllegalArgumentException e) {
            LOG.error("Cloud subscriber: nothing is subscribed to: {}", e.getMessage());
            return Map.of();
        }
    }

    private void attach(CloudEndpoint endpoint) {
        if (!subscription.isEmpty()) {
            endpoint.registerSubscriber(subscription, own);
        }
    }

    private void detach(CloudEndpoint endpoint) {
        endpoint.unregisterSubscriber(own);
    }

    private void arrived(@Nullable KuraMessage message) {
        listeners.forEach(listener -> Notifier.isolated(() -> listener.onMessageArrived(message)));
    }

    @Override
    public void registerCloudSubscriberListener(CloudSubscriberListener listener) {
        listeners.add(listener);
    }

    @Override
    public void unregisterCloudSubscriberListener(CloudSubscriberListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        endpoints.add(cloudConnectionListener);
    }

    @Override
    public void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        endpoints.remove(cloudConnectionListener);
    }
}
