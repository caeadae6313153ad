package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Receipt;
import solutions.itms.scs.message.Topics;
import solutions.itms.scs.testkit.FreePort;

/** The connection with its durable queue, against a real broker. */
class TransportTest {
    private static final String STATE = Gateway.STATE_TOPIC;

    @TempDir
    Path directory;

    private TestBroker broker;
    private Observer observer;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        observer = new Observer(broker);
    }

    @AfterEach
    void stop() throws Exception {
        observer.close();
        broker.close();
    }

    @Test
    void a_numbered_message_is_confirmed_by_the_receipt_of_the_server_alone() throws Exception {
        try (Gateway gateway = new Gateway(broker.url(), "receipt.timeout", 1).awaitConnected()) {
            String id = gateway.publisher.publish(numbered(1));
            await().until(() -> gateway.info("Awaiting receipt").equals("1"));
            assertThat(gateway.confirmed).isEmpty();
            // sent again, as long as no receipt comes
            observer.await("scs/gw1/SCS-V1/numbered", 2);

            receipt(new Receipt("e", 1, List.of()));

            await().untilAsserted(() -> assertThat(gateway.confirmed).containsExactly(id));
            assertThat(gateway.info("Queued")).isEqualTo("0");
        }
    }

    @Test
    void a_message_that_is_confirmed_after_a_restart_is_reported_by_its_exact_id_to_its_publisher() throws Exception {
        String id;
        try (Gateway before = new Gateway(directory, "tcp://127.0.0.1:" + FreePort.next())) {
            id = before.publish(7);
        }
        try (Gateway after = new Gateway(directory, broker.url(), "enabled", false)) {
            CloudPublisherComponent other = new CloudPublisherComponent();
            other.activate(Map.of("kura.service.pid", "ublisher"));
            other.addCloudEndpoint(after.endpoint, Map.of("kura.service.pid", "endpoint"));
            List<String> others = new CopyOnWriteArrayList<>();
            other.registerCloudDeliveryListener(others::add);
            after.reconfigure("enabled", true);

            await().untilAsserted(() -> assertThat(after.confirmed).containsExactly(id));
            assertThat(observer.numbers(STATE)).containsExactly(7L);
            assertThat(others).isEmpty();
        }
    }

    @Test
    void a_silent_peer_is_dropped_within_one_and_a_half_keep_alives() throws Exception {
        try (Proxy proxy = new Proxy(broker.port());
                Gateway gateway = new Gateway(proxy.url(), "keep.alive", 4).awaitConnected()) {
            gateway.publish(1);
            await().until(() -> gateway.confirmed.size() == 1);
            long silentSince = System.nanoTime();
            proxy.holdAnswers();

            await().atMost(Duration.ofSeconds(12)).until(() -> gateway.news.contains("lost"));

            assertThat(Duration.ofNanos(System.nanoTime() - silentSince)).isLessThan(Duration.ofMillis(6_800));
            proxy.cut();
            proxy.releaseAnswers();
            gateway.awaitConnected();
        }
    }

    @Test
    void a_quiet_line_is_no_dead_line() throws Exception {
        try (Gateway gateway = new Gateway(broker.url(), "keep.alive", 3).awaitConnected()) {
            await().during(Duration.ofSeconds(8))
                    .atMost(Duration.ofSeconds(12))
                    .until(() -> gateway.endpoint.isConnected() && !gateway.news.contains("lost"));
        }
    }

    @Test
    void the_next_broker_of_the_list_is_tried_and_the_first_is_preferred_again() throws Exception {
        try (Proxy first = new Proxy(broker.port());
                Proxy second = new Proxy(broker.port())) {
            first.refuse(true);
            try (Gateway gateway = new Gateway(first.url() + ", " + second.url()).awaitConnected()) {
                assertThat(gateway.info("Broker URL")).isEqualTo(second.url());
                gateway.publish(1);
                observer.await(STATE, 1);

                first.refuse(false);
                second.cut();
                await().untilAsserted(
                                () -> assertThat(gateway.info("Broker URL")).isEqualTo(first.url()));
                gateway.awaitConnected();
            }
        }
    }

    @Test
    void messages_go_through_a_web_socket() throws Exception {
        try (Gateway gateway = new Gateway(broker.url().replace("tcp:", "ws:")).awaitConnected()) {
            gateway.publish(3);
            assertThat(observer.await(STATE, 1)).hasSize(1);
        }
    }

    @Test
    void a_backlog_is_paced_and_alarms_overtake_it() throws Exception {
        try (Gateway gateway = new Gateway(broker.url(), "enabled", false, "drain.messages", 50)) {
            for (long n = 0; n < 200; n++) {
                gateway.publish(n);
            }
            gateway.reconfigure("enabled", true);
            gateway.awaitConnected();
            long begin = System.nanoTime();
            observer.await(STATE, 60);
            gateway.publisher.publish(Gateway.message("event/door", 1, Map.of("priority", 3)));
            observer.await("scs/gw1/SCS-V1/event/door", 1);
            assertThat(observer.numbers(STATE)).hasSizeLessThan(200);

            observer.await(STATE, 200);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(2_500));
            assertThat(observer.numbers(STATE)).isSorted();
        }
    }

    @Test
    void settings_that_only_tune_change_without_a_new_connection() throws Exception {
        try (Gateway gateway = new Gateway(broker.url()).awaitConnected()) {
            String since = gateway.info("Connected since");
            gateway.reconfigure("in.flight", 3, "drain.messages", 500, "queue.megabytes", 7, "queue.sync", "full");
            gateway.publish(1);
            observer.await(STATE, 1);
            assertThat(gateway.info("Connected since")).isEqualTo(since);
            assertThat(gateway.news).containsExactly("established");
        }
    }

    @Test
    void two_connections_keep_their_queues_apart() throws Exception {
        try (Gateway first = new Gateway(directory, broker.url(), "kura.service.pid", "one", "client.id", "gw1");
                Gateway second = new Gateway(
                        directory,
                        "tcp://127.0.0.1:" + FreePort.next(),
                        "kura.service.pid",
                        "two",
                        "client.id",
                        "gw2")) {
            first.awaitConnected();
            first.publish(1);
            second.publish(2);
            await().until(() -> first.info("Queued").equals("0"));
            assertThat(second.info("Queued")).isEqualTo("1");
            assertThat(directory.resolve("outbox-one.sqlite")).exists();
            assertThat(directory.resolve("outbox-two.sqlite")).exists();
        }
    }

    @Test
    void a_subscriber_that_blocks_or_throws_does_not_keep_others_from_their_messages() throws Exception {
        try (Gateway gateway = new Gateway(broker.url()).awaitConnected()) {
            CountDownLatch hold = new CountDownLatch(1);
            List<KuraMessage> got = new CopyOnWriteArrayList<>();
            CloudSubscriberComponent blocked = subscriber(gateway, "appId", "A", "app.topic", "in/+");
            blocked.registerCloudSubscriberListener(message -> {
                try {
                    hold.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            CloudSubscriberComponent failing = subscriber(gateway, "appId", "A", "app.topic", "in/+");
            failing.registerCloudSubscriberListener(message -> {
                throw new IllegalStateException("always");
            });
            CloudSubscriberComponent good = subscriber(gateway, "appId", "A", "app.topic", "in/+");
            good.registerCloudSubscriberListener(got::add);
            CloudSubscriberComponent control =
                    subscriber(gateway, "appId", "A", "app.topic", "#", "message.type", "control");
            control.registerCloudSubscriberListener(got::add);
            gateway.publish(0);
            await().until(() -> gateway.confirmed.size() == 1);

            for (int i = 0; i < 50; i++) {
                observer.publish("scs/gw1/A/in/x", PayloadCodec.encode(Payload.of(Map.of("n", (long) i))));
            }
            observer.publish("$EDC/scs/gw1/A/POST/y", new byte[] {9, 9, 9});

            await().until(() -> got.size() == 51);
            assertThat(got)
                    .anySatisfy(message ->
                            assertThat(message.getPayload().getBody()).containsExactly(9, 9, 9));
            hold.countDown();
            good.modified(Map.of("appId", "A", "app.topic", "other"));
            good.deactivate();
            control.deactivate();
        }
    }

    @Test
    void a_payload_of_seventeen_megabytes_is_refused_on_the_way_out_and_in() throws Exception {
        try (Gateway gateway = new Gateway(broker.url()).awaitConnected()) {
            KuraPayload huge = new KuraPayload();
            byte[] body = new byte[17 * 1024 * 1024];
            new java.util.Random(1).nextBytes(body);
            huge.setBody(body);
            assertThatThrownBy(() -> gateway.publisher.publish(new KuraMessage(huge, Map.of("subject", "x"))))
                    .isInstanceOfSatisfying(
                            KuraException.class,
                            e -> assertThat(e.getCode()).isEqualTo(KuraErrorCode.INVALID_PARAMETER))
                    .hasMessageContaining("at most 16777216");
        }
        PacketLimit limit = new PacketLimit(1_000);
        List<Byte> packet = new ArrayList<>(List.of((byte) 0x30, (byte) 5));
        for (int i = 0; i < 5; i++) {
            packet.add((byte) 0xFF);
        }
        for (byte next : packet) {
            limit.passed(next);
        }
        byte[] large = {0x30, (byte) 0xE9, 7, 1, 2, 3};
        assertThatThrownBy(() -> limit.passed(large, 0, large.length))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1001 bytes at once; at most 1000");
    }

    @Test
    void bundles_that_start_one_after_the_other_are_announced_together() throws Exception {
        try (Gateway gateway = new Gateway(broker.url(), "announce.delay", 1).awaitConnected()) {
            observer.await("$EDC/scs/gw1/MQTT/BIRTH", 1);
            for (int i = 0; i < 10; i++) {
                gateway.endpoint.registerSubscriber(Map.of("appId", "APP-" + i, "control", true), message -> {});
            }
            Observer.Seen apps = observer.await("$EDC/scs/gw1/MQTT/APPS", 1).get(0);
            assertThat((String) apps.payload().metrics().get("application_ids")).contains("APP-0", "APP-9");
            await().during(Duration.ofMillis(1_500))
                    .until(() -> observer.on("$EDC/scs/gw1/MQTT/APPS").size() == 1);
        }
    }

    @Test
    void it_works_with_a_stock_mosquitto() throws Exception {
        try (BrokerProcess mosquitto = BrokerProcess.mosquitto(directory);
                Gateway gateway = new Gateway(mosquitto.url()).awaitConnected()) {
            for (long n = 0; n < 300; n++) {
                gateway.publish(n);
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> gateway.confirmed.size() == 300);
        }
    }

    private static CloudSubscriberComponent subscriber(Gateway gateway, Object... properties) {
        Map<String, Object> configured = new java.util.HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            configured.put((String) properties[i], properties[i + 1]);
        }
        CloudSubscriberComponent subscriber = new CloudSubscriberComponent();
        subscriber.activate(configured);
        subscriber.addCloudEndpoint(gateway.endpoint, Map.of("kura.service.pid", "endpoint"));
        return subscriber;
    }

    private static KuraMessage numbered(long seq) {
        KuraMessage message = Gateway.message("numbered", seq, Map.of());
        message.getPayload().addMetric("epoch", "e");
        message.getPayload().addMetric("seq", seq);
        return message;
    }

    private void receipt(Receipt receipt) throws Exception {
        observer.publish(
                Topics.CONTROL_PREFIX + "/scs/gw1/" + Receipt.APP_ID + "/" + Receipt.SUBJECT,
                PayloadCodec.encode(receipt.toPayload(Instant.EPOCH)));
    }
}
