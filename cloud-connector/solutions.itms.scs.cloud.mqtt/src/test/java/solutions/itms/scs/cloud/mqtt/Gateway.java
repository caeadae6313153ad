package solutions.itms.scs.cloud.mqtt;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import solutions.itms.scs.store.FileStores;

/** An endpoint and a publisher, wired as the framework would, that write down what they report. */
final class Gateway implements AutoCloseable, CloudConnectionListener, CloudDeliveryListener {
    static final String STATE_TOPIC = "scs/gw1/SCS-V1/gate/G1-01/state";

    final CloudEndpointComponent endpoint;
    final CloudPublisherComponent publisher = new CloudPublisherComponent();
    final List<String> news = new CopyOnWriteArrayList<>();
    final List<String> confirmed = new CopyOnWriteArrayList<>();
    private final Map<String, Object> properties = new HashMap<>();
    private final Path directory;
    private final boolean deleted;

    /** @param changes to a configuration that works, as name and value in turn */
    Gateway(String brokerUrl, Object... changes) {
        this(temporary(), true, brokerUrl, changes);
    }

    /** @param directory of the queue; stays when the gateway is closed */
    Gateway(Path directory, String brokerUrl, Object... changes) {
        this(directory, false, brokerUrl, changes);
    }

    private Gateway(Path directory, boolean deleted, String brokerUrl, Object... changes) {
        this.directory = directory;
        this.deleted = deleted;
        endpoint = new CloudEndpointComponent(new FileStores(directory, Clock.systemUTC()), Clock.systemUTC());
        properties.putAll(Map.of(
                "kura.service.pid", "endpoint",
                "broker.url", brokerUrl,
                "account.name", "scs",
                "client.id", "gw1",
                "username", "gw1",
                "password", "secret",
                "connect.timeout", 5));
        // what a site wants and a test does not: slowness
        properties.putAll(Map.of(
                "drain.messages",
                0,
                "drain.kilobytes",
                0,
                "drain.start",
                0,
                "announce.delay",
                0,
                "queue.sync",
                "normal"));
        put(changes);
        endpoint.registerCloudConnectionListener(this);
        endpoint.start(properties);
        publisher.activate(Map.of("kura.service.pid", "publisher"));
        publisher.addCloudEndpoint(endpoint, properties);
        publisher.registerCloudDeliveryListener(this);
    }

    void reconfigure(Object... changes) {
        put(changes);
        endpoint.modified(properties);
    }

    private void put(Object... changes) {
        for (int i = 0; i < changes.length; i += 2) {
            properties.put((String) changes[i], changes[i + 1]);
        }
    }

    Gateway awaitConnected() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(endpoint::isConnected);
        return this;
    }

    /** Publishes a state of gate G1-01 with the metric n; returns the id. */
    String publish(long n) throws KuraException {
        return Objects.requireNonNull(publisher.publish(message("gate/G1-01/state", n, Map.of("priority", 5))));
    }

    static KuraMessage message(String subject, long n, Map<String, Object> more) {
        KuraPayload payload = new KuraPayload();
        payload.addMetric("n", n);
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("subject", subject);
        return new KuraMessage(payload, properties);
    }

    String info(String name) {
        return Objects.requireNonNull(endpoint.getInfo().get(name), name);
    }

    @Override
    public void onConnectionEstablished() {
        news.add("established");
    }

    @Override
    public void onConnectionLost() {
        news.add("lost");
    }

    @Override
    public void onDisconnected() {
        news.add("disconnected");
    }

    @Override
    public void onMessageConfirmed(String messageId) {
        confirmed.add(messageId);
    }

    @Override
    public void close() {
        publisher.deactivate();
        endpoint.deactivate();
        if (deleted) {
            for (File file : Objects.requireNonNull(directory.toFile().listFiles())) {
                file.delete();
            }
            directory.toFile().delete();
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("scs-gateway");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For sessions of which nobody wants to hear. */
    static final class NoListener implements SessionListener {
        @Override
        public void established() {}

        @Override
        public void lost() {}

        @Override
        public void disconnected() {}
    }
}
