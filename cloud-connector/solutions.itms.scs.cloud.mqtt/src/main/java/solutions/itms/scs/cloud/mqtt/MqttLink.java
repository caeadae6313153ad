package solutions.itms.scs.cloud.mqtt;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.cloud.mqtt.outbox.Entry;
import solutions.itms.scs.cloud.mqtt.outbox.Message;

/**
 * One connection to the broker, from the attempt to the end. A new connection needs a new link. No call blocks on the
 * network but {@link #goodbye}; the listener is called on Paho's threads.
 */
final class MqttLink {
    /** What happens on a link. */
    interface Listener {
        void connected(MqttLink link);

        void failed(MqttLink link, Throwable cause);

        void lost(MqttLink link, Throwable cause);

        /** The message is with the broker: acknowledged, or written if its QoS is 0. */
        void delivered(Entry entry);

        void arrived(String topic, byte[] payload);

        void subscriptionRefused(String filter);
    }

    /** The last words: what is said when leaving, or by the broker when we are gone without. */
    record Words(String topic, byte[] payload) {}

    /** Paho frees a slot after it has told us, so it must have more of them than we use. */
    private static final int MAX_IN_FLIGHT = 2 * SettingsReader.MAX_WINDOW;

    private static final int QOS_OF_WORDS = 1;
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final Client client;
    private final Listener listener;

    private MqttLink(Client client, Listener listener) {
        this.client = client;
        this.listener = listener;
    }

    /**
     * Starts connecting; the listener hears how it went, unless the attempt hangs for ever.
     *
     * @param will what the broker says if we vanish
     */
    static MqttLink open(Settings settings, Broker broker, TlsSource tls, Words will, Listener listener)
            throws MqttException, GeneralSecurityException, IOException {
        MqttConnectOptions options = options(settings, will);
        if (broker.tls()) {
            options.setSocketFactory(tls.sockets());
            options.setHttpsHostnameVerificationEnabled(!tls.checksHostName());
        }
        MqttLink link = new MqttLink(new Client(broker.url(), settings.clientId()), listener);
        link.client.setCallback(link.new Callback());
        link.client.connect(
                options, null, on(token -> listener.connected(link), cause -> listener.failed(link, cause)));
        return link;
    }

    private static MqttConnectOptions options(Settings settings, Words will) {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setAutomaticReconnect(false);
        options.setCleanSession(settings.cleanSession());
        options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
        options.setConnectionTimeout((int) settings.connectTimeout().toSeconds());
        options.setMaxInflight(MAX_IN_FLIGHT);
        options.setWill(will.topic(), will.payload(), QOS_OF_WORDS, false);
        if (!settings.username().isEmpty()) {
            options.setUserName(settings.username());
        }
        if (!settings.password().isEmpty()) {
            options.setPassword(settings.password().toCharArray());
        }
        return options;
    }

    /** How long nothing has come from the broker. */
    Duration silence() {
        GuardedModule module = client.module;
        return module == null ? Duration.ZERO : Duration.ofNanos(module.silenceNanos());
    }

    /** Asks the broker for a sign of life, if it is time for one. */
    void ping() throws MqttException {
        client.checkPing(null, null);
    }

    /** Sends a message of the outbox, which must know it as in flight already: the answer may come before this returns. */
    void send(Entry entry, String topic) throws MqttException {
        Message message = entry.message();
        client.publish(
                topic,
                message.payload(),
                message.qos(),
                message.retain(),
                null,
                on(token -> listener.delivered(entry), cause -> {}));
    }

    /** Sends a message of which nobody wants to know what becomes of it. */
    void say(Words words) throws MqttException {
        client.publish(words.topic(), words.payload(), QOS_OF_WORDS, false, null, null);
    }

    void subscribe(String filter, int qos) throws MqttException {
        client.subscribe(
                filter,
                qos,
                null,
                on(
                        token -> {
                            int[] granted = token.getGrantedQos();
                            if (granted.length == 1 && granted[0] == 0x80) {
                                listener.subscriptionRefused(filter);
                            }
                        },
                        cause -> listener.subscriptionRefused(filter)));
    }

    void unsubscribe(String filter) throws MqttException {
        client.unsubscribe(filter);
    }

    /** Says the last words and closes the connection in order; after a few seconds without an answer, in disorder. */
    void goodbye(Words words) {
        client.leaving = true;
        try {
            client.publish(words.topic(), words.payload(), QOS_OF_WORDS, false, null, null)
                    .waitForCompletion(PATIENCE.toMillis());
            client.disconnect(0).waitForCompletion(PATIENCE.toMillis());
        } catch (MqttException e) {
            // the peer is gone or deaf; there is nobody to say goodbye to
        }
        abort();
    }

    /** Closes the connection, or gives the attempt up, at once. */
    void abort() {
        client.leaving = true;
        GuardedModule module = client.module;
        if (module == null || !module.giveUp()) {
            return;
        }
        try {
            client.disconnectForcibly(0, 1, false);
            client.close(true);
        } catch (MqttException e) {
            // closed already
        }
    }

    private static IMqttActionListener on(Consumer<IMqttToken> success, Consumer<Throwable> failure) {
        return new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                success.accept(token);
            }

            @Override
            public void onFailure(IMqttToken token, @Nullable Throwable cause) {
                failure.accept(cause == null ? new IOException("no reason is known") : cause);
            }
        };
    }

    private final class Callback implements MqttCallback {
        @Override
        public void connectionLost(@Nullable Throwable cause) {
            if (!client.leaving) {
                listener.lost(MqttLink.this, cause == null ? new IOException("the connection broke") : cause);
            }
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            listener.arrived(topic, message.getPayload());
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // each message has its own listener
        }
    }

    /** A Paho client whose connection attempt can be given up. */
    private static final class Client extends MqttAsyncClient {
        private volatile boolean leaving;
        private volatile @Nullable GuardedModule module;

        Client(String url, String clientId) throws MqttException {
            super(url, clientId, new MemoryPersistence());
        }

        @Override
        protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options)
                throws MqttException {
            GuardedModule guarded = new GuardedModule(super.createNetworkModules(address, options)[0]);
            module = guarded;
            return new NetworkModule[] {guarded};
        }
    }
}
