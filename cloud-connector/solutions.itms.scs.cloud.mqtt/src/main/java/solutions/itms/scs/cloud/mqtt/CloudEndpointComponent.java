package solutions.itms.scs.cloud.mqtt;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraDisconnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContextConstants;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.eclipse.kura.ssl.SslServiceListener;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.settings.StoredPassword;
import solutions.itms.scs.cloud.mqtt.outbox.Message;
import solutions.itms.scs.cloud.mqtt.outbox.OutboxException;
import solutions.itms.scs.message.Topics;
import solutions.itms.scs.store.Stores;

/**
 * A cloud connection over MQTT: connects by itself when enabled, tries again for ever, and queues what is published
 * meanwhile, durably. A message of QoS 1 is confirmed once the cloud has it.
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
            RequestHandlerRegistry.class,
            ConfigurableComponent.class,
            SslServiceListener.class,
            EventHandler.class
        },
        property = {
            "kura.ui.service.hide:Boolean=true",
            "kura.ui.factory.hide:Boolean=true",
            EventConstants.EVENT_TOPIC + "=" + CloudEndpointComponent.PACKAGES_CHANGED
        })
@Designate(ocd = CloudEndpointConfig.class, factory = true)
public final class CloudEndpointComponent
        implements CloudEndpoint,
                CloudConnectionManager,
                RequestHandlerRegistry,
                ConfigurableComponent,
                SslServiceListener,
                EventHandler {
    static final String PID = "solutions.itms.scs.cloud.mqtt.CloudEndpoint";

    private static final Logger LOG = LoggerFactory.getLogger(CloudEndpointComponent.class);

    /** Of the Deployment Admin: a package was installed, updated or removed. */
    static final String PACKAGES_CHANGED = "org/osgi/service/deployment/COMPLETE";

    /** How long a person who presses a button in the console is kept waiting. */
    private static final long BUTTON_SECONDS = 15;

    private final ListenersAdapter listeners = new ListenersAdapter();
    private final Map<CloudSubscriberListener, Mailbox> subscribers = new ConcurrentHashMap<>();
    private final Stores stores;
    private final Clock clock;
    private final CloudNotificationPublisher notifications =
            new NotificationPublisherAdapter(this::publish, this, this, this::clientId);
    private volatile @Nullable Connection connection;
    private volatile ProfileAdapter profile = new ProfileAdapter(null);
    private volatile @Nullable Settings settings;
    private volatile String notificationPid = "";
    private @Nullable CryptoService cryptoService;
    private @Nullable SslManagerService sslManagerService;
    private @Nullable KeystoreService keystoreService;
    private @Nullable ServiceRegistration<?> registration;
    private Map<String, Object> properties = Map.of();

    /** Called by the framework. */
    @Activate
    public CloudEndpointComponent(@Reference Stores stores) {
        this(stores, Clock.systemUTC());
    }

    CloudEndpointComponent(Stores stores, Clock clock) {
        this.stores = stores;
        this.clock = clock;
    }

    @Activate
    synchronized void activate(BundleContext context, Map<String, Object> configured) {
        start(configured);
        registration = context.registerService(
                CloudNotificationPublisher.class,
                notifications,
                new Hashtable<>(Map.of(ConfigurationService.KURA_SERVICE_PID, notificationPid)));
    }

    /** Starts without a framework. */
    synchronized void start(Map<String, Object> configured) {
        String pid = pid(configured);
        notificationPid = pid + ".CloudNotificationPublisher";
        try {
            new RemovedQueues(stores.directory()).used(Connection.fileName(pid));
        } catch (IOException e) {
            LOG.warn(
                    "The queue of {} was marked as removed, and the mark can't be taken away: {}", pid, e.getMessage());
        }
        connection = new Connection(stores, pid, () -> profile.metrics(), listeners, listeners::confirmed, clock);
        modified(configured);
    }

    private static String pid(Map<String, Object> configured) {
        Object pid = configured.get(ConfigurationService.KURA_SERVICE_PID);
        return String.valueOf(pid == null ? configured.getOrDefault("service.pid", PID) : pid);
    }

    @Modified
    synchronized void modified(Map<String, Object> configured) {
        properties = new HashMap<>(configured);
        configure();
    }

    @Deactivate
    synchronized void deactivate() {
        ServiceRegistration<?> registered = registration;
        registration = null;
        if (registered != null) {
            registered.unregister();
        }
        Connection ending = connection;
        connection = null;
        if (ending != null) {
            ending.close();
        }
        subscribers.values().forEach(Mailbox::close);
        subscribers.clear();
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

    @Reference(name = "KeystoreService", cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    synchronized void setKeystoreService(KeystoreService service) {
        keystoreService = service;
        configure();
    }

    synchronized void unsetKeystoreService(KeystoreService service) {
        if (keystoreService == service) {
            keystoreService = null;
            configure();
        }
    }

    private void configure() {
        Connection running = connection;
        if (running == null) {
            return;
        }
        StoredPassword.Decryption decryption = cryptoService == null ? null : cryptoService::decryptAes;
        Settings next = SettingsReader.read(
                properties, stored -> StoredPassword.plain(stored, decryption), profile::defaultClientId);
        settings = next;
        running.configure(next, next.usesTls() ? tls() : TlsSource.JVM);
    }

    private TlsSource tls() {
        Object alias = properties.get("ssl.certificate.alias");
        return new TlsAdapter(
                sslManagerService,
                properties.get("SslManagerService.target"),
                keystoreService,
                properties.get("KeystoreService.target"),
                alias instanceof String text ? text.strip() : "");
    }

    @Override
    public @Nullable String publish(KuraMessage message) throws KuraException {
        Message outgoing = KuraMessageAdapter.outgoing(message);
        String id = publish(outgoing);
        return outgoing.qos() == 0 ? null : id;
    }

    private String publish(Message message) throws KuraException {
        try {
            return running().session().publish(message);
        } catch (OutboxException e) {
            throw KuraMessageAdapter.refused(e);
        }
    }

    @Override
    public void registerSubscriber(
            Map<String, Object> subscriptionProperties, CloudSubscriberListener cloudSubscriberListener) {
        Connection running = connection;
        if (running != null) {
            Subscription subscription = KuraMessageAdapter.subscription(subscriptionProperties);
            Mailbox mailbox = subscribers.computeIfAbsent(
                    cloudSubscriberListener,
                    listener -> new Mailbox((topic, payload) ->
                            listener.onMessageArrived(KuraMessageAdapter.incoming(topic, payload))));
            running.session().subscribe(subscription, mailbox);
        }
    }

    @Override
    public void unregisterSubscriber(CloudSubscriberListener cloudSubscriberListener) {
        Mailbox mailbox = subscribers.remove(cloudSubscriberListener);
        Connection running = connection;
        if (mailbox != null) {
            if (running != null) {
                running.session().unsubscribe(mailbox);
            }
            mailbox.close();
        }
    }

    @Override
    public void handleEvent(Event event) {
        Connection running = connection;
        if (running != null) {
            running.session().packagesChanged();
        }
    }

    @Override
    public void registerRequestHandler(String id, RequestHandler requestHandler) throws KuraException {
        if (!Topics.isLevel(id)) {
            throw KuraMessageAdapter.invalid("'" + id + "' can't be one level of a topic");
        }
        running().answer(id, new RequestHandlerAdapter(requestHandler, this::requestContext));
    }

    @Override
    public void unregister(String id) {
        Connection running = connection;
        if (running != null) {
            running.answerNoMore(id);
        }
    }

    private RequestHandlerContext requestContext() {
        Settings now = settings;
        Map<String, String> context = new HashMap<>();
        context.put(RequestHandlerContextConstants.NOTIFICATION_PUBLISHER_PID.name(), notificationPid);
        if (now != null) {
            context.put(RequestHandlerContextConstants.TENANT_ID.name(), now.account());
            context.put(RequestHandlerContextConstants.DEVICE_ID.name(), now.clientId());
        }
        return new RequestHandlerContext(notifications, context);
    }

    /** Through which request handlers report what happens after their answer. */
    CloudNotificationPublisher notificationPublisher() {
        return notifications;
    }

    @Override
    public Map<String, String> getInfo() {
        Connection running = connection;
        Settings now = settings;
        return running == null || now == null
                ? Map.of()
                : ConnectionInfo.of(
                        now, running.session().status(), running.desk().unanswerable());
    }

    /**
     * Connects now and waits a while for the outcome.
     *
     * @throws KuraConnectException if the attempt failed, with the reason in words; attempts go on nevertheless
     */
    @Override
    public void connect() throws KuraConnectException {
        Connection running = connection;
        String error = running == null
                ? "the connection is being shut down"
                : await(running.session().connect());
        if (error != null) {
            throw new KuraConnectException(error);
        }
    }

    @Override
    public void disconnect() throws KuraDisconnectException {
        Connection running = connection;
        String error =
                running == null ? null : await(running.session().disconnect().thenApply(nothing -> null));
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
        Connection running = connection;
        return running != null && running.session().isConnected();
    }

    /** Keys, certificates or settings of TLS have changed. */
    @Override
    public void onConfigurationUpdated() {
        Connection running = connection;
        Settings now = settings;
        if (running != null && now != null && now.usesTls()) {
            running.session().reconnect();
        }
    }

    @Override
    public void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        listeners.add(cloudConnectionListener);
    }

    @Override
    public void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener) {
        listeners.remove(cloudConnectionListener);
    }

    @Override
    public void registerCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener) {
        listeners.add(cloudDeliveryListener);
    }

    @Override
    public void unregisterCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener) {
        listeners.remove(cloudDeliveryListener);
    }

    private Connection running() throws KuraException {
        Connection running = connection;
        if (running == null) {
            throw new KuraNotConnectedException("the cloud connection is being shut down");
        }
        return running;
    }

    private String clientId() {
        Settings now = settings;
        return now == null ? "" : now.clientId();
    }
}
