package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;

/** An independent client of the broker that writes down all messages. */
final class Observer implements AutoCloseable {
    /** A message as the broker handed it out. */
    record Seen(String topic, byte[] bytes, int qos, boolean retained) {
        Payload payload() {
            try {
                return PayloadCodec.decode(bytes);
            } catch (MalformedPayloadException e) {
                throw new AssertionError(e);
            }
        }

        /** The last level of the topic. */
        String kind() {
            return topic.substring(topic.lastIndexOf('/') + 1);
        }
    }

    private final MqttClient client;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    Observer(TestBroker broker) throws Exception {
        client = new MqttClient(broker.url(), "observer", new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName("observer");
        options.setPassword("secret".toCharArray());
        options.setMaxInflight(1000);
        client.setCallback(new MqttCallback() {
            @Override
            public void connectionLost(Throwable cause) {}

            @Override
            public void messageArrived(String topic, MqttMessage message) {
                seen.add(new Seen(topic, message.getPayload(), message.getQos(), message.isRetained()));
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {}
        });
        client.connect(options);
        client.subscribe(new String[] {"scs/#", "other/#", "$EDC/#"}, new int[] {1, 1, 1});
    }

    List<Seen> all() {
        return seen;
    }

    List<Seen> on(String topic) {
        return seen.stream().filter(message -> message.topic().equals(topic)).toList();
    }

    /** The values of the metric "n" of all messages on the topic, in the order they came. */
    List<Long> numbers(String topic) {
        return on(topic).stream()
                .map(message -> (Long) message.payload().metrics().get("n"))
                .toList();
    }

    /** Waits until that many messages have come on the topic, and returns them. */
    List<Seen> await(String topic, int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> on(topic).size() >= count);
        return on(topic);
    }

    private static org.awaitility.core.ConditionFactory await() {
        return org.awaitility.Awaitility.await();
    }

    void publish(String topic, byte[] payload) throws Exception {
        client.publish(topic, payload, 1, false);
    }

    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                client.disconnect();
            }
            client.close(true);
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }
}
