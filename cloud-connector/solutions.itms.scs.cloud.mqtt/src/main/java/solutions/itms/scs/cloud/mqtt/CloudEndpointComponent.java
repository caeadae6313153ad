package solutions.itms.scs.cloud.mqtt;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraDisconnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.ssl.SslManagerService;
import org.eclipse.kura.ssl.SslServiceListener;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * A cloud connection over MQTT: connects by itself when enabled, tries again for ever, and queues what is published
 * meanwhile. A message of QoS 1 is confirmed once the broker has acknowledged it.
 *
 * <p>{@link #disconnect} holds until {@link #connect}, a change of the configuration or a restart, whichever comes
 * first; it is never stored. {@link #connect} does not override {@code enabled}.
 */
@Component(
        name = CloudEndpointComponent.PID,
        immediate = true,
        configurationPolicy = REQUIRE,
        service = {
            CloudEndpoint.class,
            CloudConnectionManager.class,
            ConfigurableComponent.class,
            SslServiceListener.class
        },
        property = {"kura.ui.service.hide:Boolean=true", "kura.ui.factory.hide:Boolean=true"})
@Designate(ocd = CloudEndpointConfig.class, factory = true)
public final class CloudEndpointComponent
        implements CloudEndpoint, CloudConnectionManager, ConfigurableComponent, SslServiceListener {
    static final String PID = "solutions.itms.scs.cloud.mqtt.CloudEndpoint";

    /** How long a person who presses a button in the console is kept waiting. */
    private static final long BUTTON_SECONDS = 15;

    private final Set<CloudConnectionListener> connectionListeners = new CopyOnWriteArraySet<>();
    private final Set<CloudDeliveryListener> deliveryListeners = new CopyOnWriteArraySet<>();
    private final Map<CloudSubscriberListener, Subscribers.Listener> subscribers = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile @Nullable MqttSession session;
    private volatile ProfileAdapter profile = new ProfileAdapter(null);
    private volatile @Nullable Settings settings;
    private @Nullable CryptoService cryptoService;
    private @Nullable SslManagerService sslManagerService;
    private Map<String, Object> properties = Map.of();

    public CloudEndpointComponent() {
        this(Clock.systemUTC());
    }

    CloudEndpointComponent(Clock clock) {
        this.clock = clock;
    }

    @Activate
    synchronized void activate(Map<String, Object> configured) {
        String epoch = UUID.randomUUID().toString().substring(0, 8);
        // An eighth of the heap: the rest belongs to the other bundles.
        long maxBytes = Runtime.getRuntime().maxMemory() / 8;
        session = new MqttSession(
                new InMemoryOutbox(epoch, SettingsReader.QUEUE_LIMIT, maxBytes),
                new LifeCycle(() -> profile.metrics(), clock),
                new Relay(),
                clock);
        modified(configured);
    }

    @Modified
    synchronized void modified(Map<String, Object> configured) {
        properties = new HashMap<>(configured);
        configure();
    }

    @Deactivate
    synchronized void deactivate() {
        MqttSession ending = session;
        session = null;
        if (ending != null) {
            ending.close();
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    synchronized void setCryptoService(CryptoService service) {
        cryptoService = service;
        configure();
    }

    synchronized void unsetCryptoService(CryptoService service) {
        // What it decrypted stays good; without it the same text would be taken for another password.
        if (cryptoService == service) {
            cryptoService = null;
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    synchronized void setSystemService(SystemService service) {
        profile = new ProfileAdapter(service);
        configure();
    }

    synchronized void unsetSystemService(SystemService service) {
        if (profile.isOf(service)) {
            profile = new ProfileAdapter(null);
        }
    }

    @Reference(name = "SslManagerService", cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    synchronized void setSslManagerService(SslManagerService service) {
        sslManagerService = service;
        configure();
    }

    synchronized void unsetSslManagerService(SslManagerService service) {
        if (sslManagerService == service) {
            sslManagerService = null;
            configure();
        }
    }

    private void configure() {
        MqttSession running = session;
        if (running == null) {
            return;
        }
        Settings next = SettingsReader.read(properties, this::decrypt, profile::defaultClientId);
        settings = next;
        Broker broker = next.broker();
        boolean tls = broker != null && broker.tls();
        running.configure(
                next,
                tls ? new TlsAdapter(sslManagerService, properties.get("SslManagerService.target")) : TlsSource.JVM);
    }

    /** A stored password in plain text; Kura stores some in plain text, until they are changed for the first time. */
    private String decrypt(String stored) {
        CryptoService crypto = cryptoService;
        if (crypto == null || stored.isEmpty()) {
            return stored;
        }
        try {
            char[] plain = crypto.decryptAes(stored.toCharArray());
            return plain == null ? stored : new String(plain);
        } catch (KuraException | RuntimeException e) {
            return stored;
        }
    }

    @Override
    public @Nullable String publish(KuraMessage message) throws KuraException {
        Message outgoing = KuraMessageAdapter.outgoing(message);
        String id = running().publish(outgoing);
        return outgoing.qos() == 0 ? null : id;
    }

    @Override
    public void registerSubscriber(
            Map<String, Object> subscriptionProperties, CloudSubscriberListener cloudSubscriberListener) {
        MqttSession running = session;
        if (running != null) {
            Subscription subscription = KuraMessageAdapter.subscription(subscriptionProperties);
            running.subscribe(
                    subscription,
                    subscribers.computeIfAbsent(
                            cloudSubscriberListener,
                            listener -> (topic, payload) ->
                                    listener.onMessageArrived(KuraMessageAdapter.incoming(topic, payload))));
        }
    }

    @Override
    public void unregisterSubscriber(CloudSubscriberListener cloudSubscriberListener) {
        Subscribers.Listener subscriber = subscribers.remove(cloudSubscriberListener);
        MqttSession running = session;
        if (subscriber != null && running != null) {
            running.unsubscribe(subscriber);
        }
    }

    @Override
    public Map<String, String> getInfo() {
        MqttSession running = session;
        Settings now = settings;
        if (running == null || now == null) {
            return Map.of();
        }
        SessionStatus status = running.status();
        Broker broker = now.broker();
        Map<String, String> info = new LinkedHashMap<>();
        info.put("Broker URL", broker == null ? "none" : broker.url());
        info.put("Account", now.account());
        info.put("Username", now.username());
        info.put("Client ID", now.clientId());
        info.put(
                "Connected since",
                status.connectedSince() == null
                        ? "not connected"
                        : status.connectedSince().toString());
        info.put("Last error", status.lastError().isEmpty() ? "none" : status.lastError());
        info.put("Queued", Integer.toString(status.counts().waiting()));
        info.put("In flight", Integer.toString(status.counts().inFlight()));
        info.put("Dropped", Long.toString(status.counts().dropped()));
        info.put("News lost by slow listeners", Long.toString(status.newsLost()));
        return info;
    }

    /**
     * Connects now and waits a while for the outcome.
     *
     * @throws KuraConnectException if the attempt failed, with the reason in words; attempts go on nevertheless
     */
    @Override
    public void connect() throws KuraConnectException {
        MqttSession running = session;
        String error = running == null ? "the connection is being shut down" : await(running.connect());
        if (error != null) {
            throw new KuraConnectException(error);
        }
    }

    @Override
    public void disconnect() throws KuraDisconnectException {
        MqttSession running = session;
        String error = running == null ? null : await(running.disconnect().thenApply(nothing -> null));
        if (error != null) {
            throw new KuraDisconnectException(error);
        }
    }

    private static @Nullable String await(CompletableFuture<@Nullable String> outcome) {
        try {
            return outcome.get(BUTTON_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return "it takes longer than " + BUTTON_SECONDS + " s; the status will tell";
        } catch (ExecutionException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @Override
    public boolean isConnected() {
        MqttSession running = session;
        return running != null && running.isConnected();
    }

    /** Keys, certificates or settings of TLS have changed. */
    @Override
    public void onConfigurationUpdated() {
        MqttSession running = session;
        Settings now = settings;
        if (running != null
                && now != null
                && now.broker() != null
                && now.broker().tls()) {
            running.reconnect();
        }
    }

    @Override
    public void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        connectionListeners.add(cloudConnectionListener);
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

    private MqttSession running() throws KuraException {
        MqttSession running = session;
        if (running == null) {
            throw new KuraNotConnectedException("the cloud connection is being shut down");
        }
        return running;
    }

    /** Passes on what the session reports, to each listener for itself. */
    private final class Relay implements SessionListener {
        @Override
        public void established() {
            tell(CloudConnectionListener::onConnectionEstablished);
        }

        @Override
        public void lost() {
            tell(CloudConnectionListener::onConnectionLost);
        }

        @Override
        public void disconnected() {
            tell(CloudConnectionListener::onDisconnected);
        }

        @Override
        public void confirmed(String id) {
            deliveryListeners.forEach(listener -> Notifier.isolated(() -> listener.onMessageConfirmed(id)));
        }

        private void tell(Consumer<CloudConnectionListener> news) {
            connectionListeners.forEach(listener -> Notifier.isolated(() -> news.accept(listener)));
        }
    }
}
