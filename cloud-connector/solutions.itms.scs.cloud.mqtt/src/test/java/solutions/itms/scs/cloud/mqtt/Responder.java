package solutions.itms.scs.cloud.mqtt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Receipt;
import solutions.itms.scs.message.Sequence;

/** What the server does for the queue: takes each number once and sends receipts, whatever happens to the broker. */
final class Responder implements AutoCloseable {
    private static final long EVERY_MILLIS = 50;

    private final MqttAsyncClient client;
    private final MqttConnectOptions options = new MqttConnectOptions();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    /** First to last of each run of numbers that were taken. */
    private final TreeMap<Long, Long> taken = new TreeMap<>();

    private long duplicates;
    private boolean changed;

    Responder(String url) throws MqttException {
        client = new MqttAsyncClient(url, "server", new MemoryPersistence());
        options.setCleanSession(false);
        options.setUserName("observer");
        options.setPassword("secret".toCharArray());
        options.setMaxInflight(1_000);
        client.setCallback(new MqttCallback() {
            @Override
            public void connectionLost(Throwable cause) {
                // the next tick connects again
            }

            @Override
            public void messageArrived(String topic, MqttMessage message) throws MalformedPayloadException {
                take(Sequence.of(PayloadCodec.decode(message.getPayload())).seq());
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {
                // receipts are repeated anyway
            }
        });
        thread.scheduleWithFixedDelay(this::tick, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void take(long seq) {
        changed = true;
        Map.Entry<Long, Long> before = taken.floorEntry(seq);
        if (before != null && before.getValue() >= seq) {
            duplicates++;
            return;
        }
        long first = before != null && before.getValue() == seq - 1 ? before.getKey() : seq;
        Long lastOfNext = taken.remove(seq + 1);
        taken.put(first, lastOfNext == null ? seq : lastOfNext);
    }

    private void tick() {
        try {
            if (!client.isConnected()) {
                client.connect(options).waitForCompletion(2_000);
                client.subscribe("scs/gw1/SCS-V1/#", 1).waitForCompletion(2_000);
            }
            Receipt receipt = receipt();
            if (receipt != null) {
                client.publish(
                        "$EDC/scs/gw1/" + Receipt.APP_ID + "/" + Receipt.SUBJECT,
                        PayloadCodec.encode(receipt.toPayload(Instant.EPOCH)),
                        1,
                        false);
            }
        } catch (MqttException e) {
            // the broker is away
        }
    }

    private synchronized Receipt receipt() {
        if (!changed) {
            return null;
        }
        changed = false;
        long upTo = taken.getOrDefault(1L, 0L);
        List<Receipt.Range> ranges = new ArrayList<>();
        taken.tailMap(upTo + 1).forEach((first, last) -> ranges.add(new Receipt.Range(first, last)));
        return new Receipt(LossGateway.EPOCH, upTo, ranges);
    }

    /** The numbers that were taken, as runs. */
    synchronized Map<Long, Long> taken() {
        return Map.copyOf(taken);
    }

    synchronized long duplicates() {
        return duplicates;
    }

    @Override
    public void close() throws Exception {
        thread.shutdownNow();
        thread.awaitTermination(5, TimeUnit.SECONDS);
        client.disconnectForcibly(0, 100, false);
        client.close(true);
    }
}
