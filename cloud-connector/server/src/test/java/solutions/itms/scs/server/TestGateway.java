package solutions.itms.scs.server;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.GateBeats;
import solutions.itms.scs.message.GateState;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Sequence;

/** A gateway as the server sees it: a real MQTT 3.1.1 client. */
public final class TestGateway implements AutoCloseable {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final String url;
    private final String id;
    private final String password;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private @Nullable MqttClient client;

    public TestGateway(String url, String id, String password) {
        this.url = url;
        this.id = id;
        this.password = password;
    }

    /** Connects with a will of this session; a null session is what stock Kura does. */
    public TestGateway connect(@Nullable String session) throws MqttException {
        return connect(id, session);
    }

    public TestGateway connect(String clientId, @Nullable String session) throws MqttException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName(id);
        options.setPassword(password.toCharArray());
        options.setCleanSession(false);
        options.setConnectionTimeout(5);
        options.setMaxInflight(1_000);
        options.setWill(lifeCycle("LWT"), lifeCyclePayload(session), 1, false);
        MqttClient connecting = new MqttClient(url, clientId, new MemoryPersistence());
        connecting.setTimeToWait(5_000);
        connecting.setCallback(new org.eclipse.paho.client.mqttv3.MqttCallback() {
            @Override
            public void connectionLost(Throwable cause) {}

            @Override
            public void messageArrived(String topic, org.eclipse.paho.client.mqttv3.MqttMessage message) {
                received.add(topic);
            }

            @Override
            public void deliveryComplete(org.eclipse.paho.client.mqttv3.IMqttDeliveryToken token) {}
        });
        client = connecting;
        connecting.connect(options);
        return this;
    }

    public MqttClient mqtt() {
        if (client == null) {
            throw new IllegalStateException("not connected");
        }
        return client;
    }

    public List<String> received() {
        return received;
    }

    public TestGateway birth(@Nullable String session) throws MqttException {
        publish(lifeCycle("BIRTH"), lifeCyclePayload(session));
        return this;
    }

    public void goodbye(@Nullable String session) throws MqttException {
        publish(lifeCycle("DC"), lifeCyclePayload(session));
    }

    /** Sends the will as if the broker had done it late. */
    public void lateWill(@Nullable String session) throws MqttException {
        publish(lifeCycle("LWT"), lifeCyclePayload(session));
    }

    public void state(String epoch, long seq, String gate, String status) throws MqttException {
        publish(topic(state(gate, status).subject()), payload(epoch, seq, gate, status));
    }

    public void beats(String epoch, long seq, Map<String, Instant> at) throws MqttException {
        Payload payload = new Sequence(epoch, seq).on(beatsAt(at).toPayload(NOW));
        publish(topic(GateBeats.SUBJECT), PayloadCodec.encode(payload));
    }

    /** Beats of gates whose clocks agree with the station's. */
    public static GateBeats beatsAt(Map<String, Instant> at) {
        return new GateBeats(at.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, e -> new GateBeats.Beat(e.getValue(), e.getValue()))));
    }

    /** A topic of this gateway's data. */
    public String topic(String subject) {
        return "scs/" + id + "/SCS-V1/" + subject;
    }

    /** At least once; returns when the broker has it. */
    public void publish(String topic, byte[] payload) throws MqttException {
        mqtt().publish(topic, payload, 1, false);
    }

    /** Cuts the connection without a goodbye, so that the will fires. */
    public void die() throws MqttException {
        mqtt().disconnectForcibly(0, 0, false);
    }

    @Override
    public void close() throws MqttException {
        try {
            if (client != null && client.isConnected()) {
                client.disconnect(1_000);
            }
        } catch (MqttException e) {
            // the broker has gone in between
        }
        if (client != null) {
            client.close(true);
        }
    }

    public static byte[] payload(String epoch, long seq, String gate, String status) {
        return PayloadCodec.encode(
                new Sequence(epoch, seq).on(state(gate, status).toPayload(NOW)));
    }

    public static GateState state(String gate, String status) {
        return new GateState(gate, status, "online", NOW, NOW, "192.0.2.7", "A", "north", "entry", "all well");
    }

    private String lifeCycle(String event) {
        return "$EDC/scs/" + id + "/MQTT/" + event;
    }

    private static byte[] lifeCyclePayload(@Nullable String session) {
        return session == null
                ? new byte[0]
                : PayloadCodec.encode(Payload.of(NOW, Map.of("session.id", session, "uptime", 5L)));
    }
}
