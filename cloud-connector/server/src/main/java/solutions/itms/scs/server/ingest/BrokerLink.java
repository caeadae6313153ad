package solutions.itms.scs.server.ingest;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Topics;
import solutions.itms.scs.server.command.CommandReplies;
import solutions.itms.scs.server.command.OutgoingMessages;

/**
 * The server's own MQTT session: shared subscriptions, so that several servers could take turns at one broker, and
 * acknowledgements that wait for the commit. Thread-safe.
 */
public final class BrokerLink implements AutoCloseable {
    /** What gateways say that the server takes: data of any application, their life cycle, and answers. */
    public static final List<String> SUBSCRIPTIONS =
            List.of("$share/scs/+/+/#", "$share/scs/$EDC/+/+/MQTT/#", CommandReplies.SUBSCRIPTION);

    /** For a broker that keeps to it. */
    public static final int RECEIVE_MAXIMUM = Ingest.MAX_WAITING;

    /**
     * For brokers of others: mosquitto 2.0 sends more than it was told to, which would end the connection again and
     * again; its own limits are far below this.
     */
    public static final int GENEROUS_RECEIVE_MAXIMUM = 20_000;

    /** Content of messages that came and are not acknowledged; beyond it nothing more is read from the broker. */
    static final long MAX_UNACKNOWLEDGED_BYTES = 64L * 1024 * 1024;

    /** What an object costs beside its content. */
    private static final int OVERHEAD = 512;

    private static final Logger LOGGER = LoggerFactory.getLogger(BrokerLink.class);
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int TIMEOUT_SECONDS = 30;
    private static final int MAX_PACKET_BYTES = PayloadCodec.MAX_BYTES + 256 * 1024;

    private final Mqtt5AsyncClient client;
    private final int receiveMaximum;
    private final ByteBudget budget = ByteBudget.ofHeap(MAX_UNACKNOWLEDGED_BYTES);
    private final ExecutorService handOver =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "ingest-hand-over"));

    private BrokerLink(Mqtt5AsyncClient client, int receiveMaximum) {
        this.client = client;
        this.receiveMaximum = receiveMaximum;
    }

    /**
     * Where the broker is and who the server is there.
     *
     * @param tls how the connection is encrypted; null when it is not
     * @param user null where none is asked for
     * @param receiveMaximum messages that the broker may send ahead of their acknowledgement
     */
    public record Address(
            String host,
            int port,
            @Nullable BrokerTls tls,
            String clientId,
            @Nullable String user,
            @Nullable String password,
            int receiveMaximum) {
        /** Without user and password. */
        public String url() {
            return (tls == null ? "tcp://" : "ssl://")
                    + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
        }

        @Override
        public String toString() {
            return url();
        }
    }

    /** A session that is not open yet. The connection is made again whenever it is lost. */
    public static BrokerLink to(Address address) {
        return new BrokerLink(client(address), address.receiveMaximum());
    }

    private static Mqtt5AsyncClient client(Address address) {
        Mqtt5ClientBuilder builder = MqttClient.builder()
                .useMqttVersion5()
                .serverHost(address.host())
                .serverPort(address.port())
                .identifier(address.clientId())
                .automaticReconnect()
                .initialDelay(100, TimeUnit.MILLISECONDS)
                .maxDelay(5, TimeUnit.SECONDS)
                .applyAutomaticReconnect();
        String user = address.user();
        String password = address.password();
        if (user != null) {
            byte[] bytes = (password == null ? "" : password).getBytes(StandardCharsets.UTF_8);
            builder = builder.simpleAuth().username(user).password(bytes).applySimpleAuth();
        }
        BrokerTls tls = address.tls();
        if (tls != null) {
            builder = builder.sslConfig()
                    .trustManagerFactory(tls.trust())
                    .keyManagerFactory(tls.keys())
                    .applySslConfig();
        }
        return builder.buildAsync();
    }

    /** Whether the session stands now. */
    public boolean isConnected() {
        return client.getState() == MqttClientState.CONNECTED;
    }

    /** Publishes at most once, without waiting; what can't be sent now is dropped. */
    public void publish(String topic, byte[] payload) {
        if (isConnected()) {
            var unused = client.publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_MOST_ONCE)
                    .payload(payload)
                    .send();
        }
    }

    /** Publishes at least once. The answer is complete when the broker has it, and fails when it can't be sent now. */
    public CompletableFuture<?> send(String topic, byte[] payload) {
        return client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload)
                .send();
    }

    /** Ends the session's connection; the broker keeps what comes for the next one. */
    @Override
    public void close() {
        // whoever waits there reads on, so that the goodbye gets out
        budget.release(MAX_UNACKNOWLEDGED_BYTES);
        try {
            client.disconnect().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // it was not connected, or the broker has gone already
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        handOver.shutdownNow();
    }

    /**
     * Connects, and returns when the subscriptions stand.
     *
     * @throws IOException if the broker does not let the server in
     */
    public void open(Ingest ingest, CommandReplies replies) throws IOException {
        // before connecting: a session that the broker kept sends at once
        // on the thread that reads, so that it can be held up: else the client would gather what it has read
        client.publishes(MqttGlobalPublishFilter.ALL, publish -> admit(ingest, replies, publish), Runnable::run, true);
        await(client.connectWith()
                .cleanStart(false)
                .noSessionExpiry()
                .keepAlive(KEEP_ALIVE_SECONDS)
                .restrictions()
                .receiveMaximum(receiveMaximum)
                .maximumPacketSize(MAX_PACKET_BYTES)
                .applyRestrictions()
                .send());
        for (String filter : SUBSCRIPTIONS) {
            await(client.subscribeWith()
                    .topicFilter(filter)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send());
        }
    }

    /**
     * Called by the thread that reads from the broker. While too much is not yet acknowledged it waits here, so that
     * nothing more is read: a number of messages alone would not bound the memory.
     */
    private void admit(Ingest ingest, CommandReplies replies, Mqtt5Publish publish) {
        long weight = OVERHEAD + publish.getPayload().map(ByteBuffer::remaining).orElse(0);
        try {
            budget.acquire(weight);
            handOver.execute(() -> take(ingest, replies, publish, weight));
        } catch (InterruptedException e) {
            // closed; the broker keeps the message
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            LOGGER.debug("a message came while the session was ending; the broker keeps it", e);
        }
    }

    /** About how many bytes of messages are held that the broker still keeps as well. */
    public long unacknowledgedBytes() {
        return budget.held();
    }

    private void take(Ingest ingest, CommandReplies replies, Mqtt5Publish publish, long weight) {
        try {
            if (isAnswer(publish.getTopic().getLevels())) {
                answer(replies, publish);
                budget.release(weight);
                return;
            }
            ingest.take(publish.getTopic().toString(), publish.getPayloadAsBytes(), () -> {
                budget.release(weight);
                publish.acknowledge();
            });
        } catch (InterruptedException e) {
            // closed; the broker keeps the message
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isAnswer(List<String> levels) {
        return levels.size() > 2
                && levels.get(0).equals(Topics.CONTROL_PREFIX)
                && levels.get(2).equals(OutgoingMessages.REQUESTER);
    }

    /** An answer that can't be taken now is lost; what it is about goes on without it. */
    private static void answer(CommandReplies replies, Mqtt5Publish publish) {
        try {
            replies.take(publish.getTopic().toString(), publish.getPayloadAsBytes());
        } catch (RuntimeException e) {
            LOGGER.warn("an answer of a gateway could not be taken: {}", e.getMessage());
        }
        publish.acknowledge();
    }

    private static <T> void await(CompletableFuture<T> answer) throws IOException {
        try {
            answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the MQTT broker refused the server: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("the MQTT broker did not answer the server", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while waiting for the MQTT broker", e);
        }
    }
}
