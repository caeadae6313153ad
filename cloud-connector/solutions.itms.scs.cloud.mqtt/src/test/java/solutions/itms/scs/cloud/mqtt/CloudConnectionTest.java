package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.testkit.FreePort;

class CloudConnectionTest {
    private static final String STATE = Gateway.STATE_TOPIC;
    private static final String LIFE = "$EDC/scs/gw1/MQTT/";

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
    void a_message_arrives_with_its_topic_and_its_whole_payload() throws Exception {
        try (Gateway gateway = new Gateway(broker.url()).awaitConnected()) {
            KuraPayload payload = new KuraPayload();
            payload.setTimestamp(Date.from(Instant.ofEpochMilli(1_700_000_000_000L)));
            payload.addMetric("status", "online");
            payload.addMetric("seq", 17L);
            payload.addMetric("nothing", null);
            payload.setBody(new byte[] {1, 2});

            gateway.publisher.publish(new KuraMessage(payload, Map.of("subject", "gate/G1-01/state", "priority", 5)));

            Observer.Seen seen = observer.await(STATE, 1).get(0);
            assertThat(seen.qos()).isEqualTo(1);
            assertThat(seen.retained()).isFalse();
            assertThat(seen.payload())
                    .isEqualTo(new Payload(
                            Instant.ofEpochMilli(1_700_000_000_000L),
                            null,
                            Map.of("status", "online", "seq", 17L),
                            new byte[] {1, 2}));
        }
    }

    @Test
    void birth_and_goodbye_carry_the_session_of_their_connection() throws Exception {
        Gateway gateway = new Gateway(broker.url()).awaitConnected();
        Observer.Seen birth = observer.await(LIFE + "BIRTH", 1).get(0);
        gateway.close();
        Observer.Seen goodbye = observer.await(LIFE + "DC", 1).get(0);

        assertThat(birth.payload().metrics())
                .containsKeys("session.id", "uptime", "os", "jvm_name", "available_processors", "display_name")
                .containsEntry("accept_encoding", "gzip");
        assertThat(session(goodbye)).isEqualTo(session(birth));
        assertThat(observer.on(LIFE + "LWT")).isEmpty();
        assertThat(gateway.news).containsExactly("established", "disconnected");
    }

    @Test
    void the_broker_says_the_will_of_a_connection_that_breaks_and_the_next_has_another_session() throws Exception {
        try (Proxy proxy = new Proxy(broker.port());
                Gateway gateway = new Gateway(proxy.url()).awaitConnected()) {
            Observer.Seen first = observer.await(LIFE + "BIRTH", 1).get(0);

            proxy.cut();

            Observer.Seen will = observer.await(LIFE + "LWT", 1).get(0);
            Observer.Seen second = observer.await(LIFE + "BIRTH", 2).get(1);
            assertThat(session(will)).isEqualTo(session(first));
            assertThat(session(second)).isNotEqualTo(session(first));
            await().untilAsserted(() -> assertThat(gateway.news).containsExactly("established", "lost", "established"));
        }
    }

    @Test
    void birth_and_apps_name_the_applications() throws Exception {
        try (Gateway gateway = new Gateway(broker.url()).awaitConnected()) {
            observer.await(LIFE + "BIRTH", 1);
            gateway.publish(1);
            Observer.Seen apps = observer.await(LIFE + "APPS", 1).get(0);
            gateway.endpoint.registerSubscriber(Map.of("appId", "CMD-V1", "control", true), message -> {});

            assertThat(apps.payload().metrics()).containsEntry("application_ids", "SCS-ACK-V1,SCS-V1");
            assertThat(observer.await(LIFE + "APPS", 2).get(1).payload().metrics())
                    .containsEntry("application_ids", "CMD-V1,SCS-ACK-V1,SCS-V1");
        }
    }

    @Test
    void packages_that_were_installed_are_told_by_one_birth_of_the_same_session() throws Exception {
        try (Gateway gateway = new Gateway(broker.url(), "announce.delay", 1).awaitConnected()) {
            Observer.Seen first = observer.await(LIFE + "BIRTH", 1).get(0);
            gateway.endpoint.handleEvent(new Event(CloudEndpointComponent.PACKAGES_CHANGED, Map.of()));
            gateway.endpoint.handleEvent(new Event(CloudEndpointComponent.PACKAGES_CHANGED, Map.of()));
            Observer.Seen second = observer.await(LIFE + "BIRTH", 2).get(1);
            assertThat(session(second)).isEqualTo(session(first));

            gateway.publish(1);
            observer.await(LIFE + "APPS", 1);
            assertThat(observer.on(LIFE + "BIRTH")).hasSize(2);
        }
    }

    @Test
    void what_was_published_while_the_broker_was_away_arrives_in_order_when_it_is_back() throws Exception {
        try (Proxy proxy = new Proxy(broker.port());
                Gateway gateway = new Gateway(proxy.url(), "reconnect.max", 1).awaitConnected()) {
            gateway.publish(0);
            await().until(() -> gateway.confirmed.size() == 1);
            proxy.refuse(true);
            observer.close();
            broker.close();
            await().until(() -> gateway.news.contains("lost"));
            for (long n = 1; n <= 300; n++) {
                gateway.publish(n);
            }
            assertThat(gateway.info("Queued")).isEqualTo("300");
            assertThat(gateway.info("Connected since")).isEqualTo("not connected");

            broker.open();
            observer = new Observer(broker);
            proxy.refuse(false);

            await().untilAsserted(() -> assertThat(observer.numbers(STATE)).containsExactlyElementsOf(numbers(1, 300)));
            await().untilAsserted(() -> assertThat(gateway.confirmed).hasSize(301));
            assertThat(gateway.info("Queued")).isEqualTo("0");
            assertThat(gateway.info("In flight")).isEqualTo("0");
        }
    }

    @Test
    void after_a_cut_everything_arrives_and_nothing_but_the_unacknowledged_twice() throws Exception {
        try (Proxy proxy = new Proxy(broker.port());
                Gateway gateway = new Gateway(proxy.url(), "in.flight", 10).awaitConnected()) {
            for (long n = 0; n < 500; n++) {
                gateway.publish(n);
                if (n % 100 == 50) {
                    proxy.cut();
                }
            }

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(gateway.confirmed).hasSize(500));
            await().untilAsserted(() ->
                    assertThat(Set.copyOf(observer.numbers(STATE))).hasSize(500));
            assertThat(observer.numbers(STATE)).hasSizeLessThanOrEqualTo(500 + 5 * 10);
        }
    }

    @Test
    void a_wrong_password_is_reported_in_plain_words_and_the_attempts_go_on() throws Exception {
        try (Proxy proxy = new Proxy(broker.port());
                Gateway gateway = new Gateway(proxy.url(), "password", "wrong", "reconnect.max", 1)) {
            await().atMost(Duration.ofSeconds(15)).until(() -> proxy.accepted() >= 3);

            assertThat(gateway.info("Last error")).contains("the broker refuses the user name or the password");
            assertThat(gateway.endpoint.getInfo().toString())
                    .doesNotContain("wrong")
                    .doesNotContain("secret");
            assertThatThrownBy(gateway.endpoint::connect)
                    .isInstanceOf(KuraConnectException.class)
                    .hasMessageContaining("password");
            assertThat(gateway.endpoint.isConnected()).isFalse();

            gateway.reconfigure("password", "secret");
            gateway.awaitConnected();
        }
    }

    @Test
    void no_more_messages_are_in_flight_than_the_window_allows() throws Exception {
        try (Proxy proxy = new Proxy(broker.port());
                Gateway gateway = new Gateway(proxy.url(), "in.flight", 7).awaitConnected()) {
            gateway.publish(0);
            await().until(() -> gateway.confirmed.size() == 1);
            proxy.holdAnswers();
            for (long n = 1; n <= 100; n++) {
                gateway.publish(n);
            }

            await().untilAsserted(() -> assertThat(observer.numbers(STATE)).containsExactlyElementsOf(numbers(0, 7)));
            await().during(Duration.ofMillis(300))
                    .until(() -> observer.numbers(STATE).size() == 8);
            assertThat(gateway.info("In flight")).isEqualTo("7");
            assertThat(gateway.info("Queued")).isEqualTo("100");

            proxy.releaseAnswers();
            await().untilAsserted(() -> assertThat(observer.numbers(STATE)).containsExactlyElementsOf(numbers(0, 100)));
        }
    }

    @Test
    void each_message_is_confirmed_by_its_own_id_to_the_publisher_that_sent_it() throws Exception {
        try (Gateway gateway = new Gateway(broker.url()).awaitConnected()) {
            CloudPublisherComponent other = new CloudPublisherComponent();
            other.activate(Map.of("cloud.endpoint.service.pid", "endpoint", "qos", 0));
            other.addCloudEndpoint(gateway.endpoint, Map.of("kura.service.pid", "endpoint"));
            List<String> others = new CopyOnWriteArrayList<>();
            other.registerCloudDeliveryListener(others::add);

            assertThat(other.publish(Gateway.message("gate/G2-01/state", 0, Map.of())))
                    .isNull();
            String otherId = other.publish(Gateway.message("gate/G2-01/state", 1, Map.of("qos", 1)));
            List<String> ids = new ArrayList<>();
            for (long n = 0; n < 50; n++) {
                ids.add(gateway.publish(n));
            }

            await().untilAsserted(() -> assertThat(gateway.confirmed).containsExactlyInAnyOrderElementsOf(ids));
            await().untilAsserted(() -> assertThat(others).containsExactly(otherId));
            assertThat(ids).doesNotHaveDuplicates().doesNotContain(otherId);
            observer.await("scs/gw1/SCS-V1/gate/G2-01/state", 2);
        }
    }

    @Test
    void a_change_of_the_configuration_under_load_loses_nothing() throws Exception {
        try (Gateway gateway = new Gateway(broker.url()).awaitConnected()) {
            Thread load = new Thread(() -> LongStream.range(0, 2000).forEach(n -> {
                try {
                    gateway.publish(n);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }));
            load.start();
            for (int keepAlive = 31; keepAlive < 35; keepAlive++) {
                int births = keepAlive - 30;
                gateway.reconfigure("keep.alive", keepAlive);
                observer.await(LIFE + "BIRTH", births + 1);
            }
            load.join();

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(gateway.confirmed).hasSize(2000));
            await().untilAsserted(() ->
                    assertThat(Set.copyOf(observer.numbers(STATE))).hasSize(2000));
            assertThat(gateway.info("Dropped")).isEqualTo("0");
        }
    }

    @Test
    void queued_messages_go_to_the_account_and_client_that_hold_when_they_are_sent() throws Exception {
        try (Gateway gateway = new Gateway("tcp://127.0.0.1:" + FreePort.next())) {
            gateway.publish(1);

            gateway.reconfigure("broker.url", broker.url(), "account.name", "other", "client.id", "gate.way/7");

            observer.await("other/gate-way-7/SCS-V1/gate/G1-01/state", 1);
            assertThat(gateway.info("Client ID")).isEqualTo("gate-way-7");
        }
    }

    @Test
    void deactivation_leaves_no_thread_behind_even_when_the_broker_is_deaf() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Proxy proxy = new Proxy(broker.port())) {
            Gateway gateway = new Gateway(proxy.url()).awaitConnected();
            proxy.holdAnswers();
            gateway.publish(1);

            long start = System.nanoTime();
            gateway.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(ours(before)).isEmpty());
            proxy.releaseAnswers();
        }
    }

    @Test
    void deactivation_in_the_middle_of_an_attempt_leaves_no_thread_behind() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Proxy proxy = new Proxy(broker.port())) {
            proxy.holdAnswers();
            Gateway gateway = new Gateway(proxy.url());
            await().until(() -> proxy.accepted() == 1);

            gateway.close();

            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(ours(before)).isEmpty());
            proxy.releaseAnswers();
        }
    }

    @Test
    void a_peer_that_hangs_up_at_once_is_tried_again_and_costs_no_threads() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            AtomicInteger accepted = new AtomicInteger();
            Thread rude = new Thread(() -> {
                try {
                    while (true) {
                        server.accept().close();
                        accepted.incrementAndGet();
                    }
                } catch (IOException e) {
                    // the end of the test
                }
            });
            rude.start();
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            Gateway gateway = new Gateway("tcp://127.0.0.1:" + server.getLocalPort(), "reconnect.max", 1);
            await().until(() -> accepted.get() >= 3);
            assertThat(gateway.info("Last error")).contains("the connection broke");

            gateway.close();

            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(ours(before)).isEmpty());
        }
    }

    @Test
    void a_peer_that_accepts_and_says_nothing_is_given_up_after_the_connect_timeout() throws Exception {
        try (Proxy proxy = new Proxy(broker.port())) {
            proxy.holdAnswers();
            try (Gateway gateway = new Gateway(proxy.url(), "connect.timeout", 1)) {
                await().until(() -> proxy.accepted() >= 2);
                assertThat(gateway.info("Last error")).contains("no answer from " + proxy.url());

                proxy.cut();
                proxy.releaseAnswers();
                gateway.awaitConnected();
            }
        }
    }

    @Test
    void a_half_open_connection_is_noticed_by_the_keep_alive() throws Exception {
        try (Proxy proxy = new Proxy(broker.port());
                Gateway gateway = new Gateway(proxy.url(), "keep.alive", 1, "connect.timeout", 1).awaitConnected()) {
            proxy.holdAnswers();

            await().atMost(Duration.ofSeconds(10)).until(() -> gateway.news.contains("lost"));

            proxy.cut();
            proxy.releaseAnswers();
            gateway.awaitConnected();
        }
    }

    @Test
    void subscribers_get_what_they_asked_for_and_do_not_hurt_each_other() throws Exception {
        try (Gateway gateway = new Gateway(broker.url()).awaitConnected()) {
            List<KuraMessage> commands = new CopyOnWriteArrayList<>();
            List<KuraMessage> data = new CopyOnWriteArrayList<>();
            CloudSubscriberListener failing = message -> {
                throw new IllegalStateException("this listener always fails");
            };
            CloudSubscriberListener listening = commands::add;
            Map<String, Object> control = Map.of("appId", "CMD-V1", "control", true);
            gateway.endpoint.registerSubscriber(control, failing);
            gateway.endpoint.registerSubscriber(control, listening);
            gateway.endpoint.registerSubscriber(Map.of("appId", "SCS-V1", "appTopic", "in/+", "qos", 0), data::add);
            // Subscriptions are in the order of the calls, and so are these messages behind them.
            gateway.publish(0);
            await().until(() -> gateway.confirmed.size() == 1);

            byte[] payload = PayloadCodec.encode(Payload.of(Instant.EPOCH, Map.of("n", 5L)));
            observer.publish("$EDC/scs/gw1/CMD-V1/EXEC/commands", payload);
            observer.publish("scs/gw1/SCS-V1/in/a", new byte[] {(byte) 0xFF});
            observer.publish("scs/gw1/SCS-V1/in/a/b", payload);
            await().until(() -> commands.size() == 1 && data.size() == 1);

            assertThat(commands.get(0).getPayload().getMetric("n")).isEqualTo(5L);
            assertThat(commands.get(0).getProperties())
                    .containsEntry("appId", "CMD-V1")
                    .containsEntry("appTopic", "EXEC/commands")
                    .containsEntry("deviceId", "gw1");
            assertThat(data.get(0).getPayload().getBody()).containsExactly(0xFF);

            gateway.endpoint.unregisterSubscriber(listening);
            gateway.endpoint.unregisterSubscriber(failing);
            gateway.publish(1);
            await().until(() -> gateway.confirmed.size() == 2);
            observer.publish("$EDC/scs/gw1/CMD-V1/EXEC/commands", payload);
            observer.publish("scs/gw1/SCS-V1/in/c", payload);
            await().until(() -> data.size() == 2);
            assertThat(commands).hasSize(1);
        }
    }

    @Test
    void subscriptions_are_made_again_after_a_cut() throws Exception {
        try (Proxy proxy = new Proxy(broker.port());
                Gateway gateway = new Gateway(proxy.url()).awaitConnected()) {
            List<KuraMessage> received = new CopyOnWriteArrayList<>();
            gateway.endpoint.registerSubscriber(Map.of("appId", "CMD-V1", "control", true), received::add);
            // else the cut may take it along
            observer.await(LIFE + "BIRTH", 1);
            proxy.cut();
            observer.await(LIFE + "BIRTH", 2);
            gateway.publish(1);
            await().until(() -> gateway.confirmed.size() == 1);

            observer.publish("$EDC/scs/gw1/CMD-V1/GET/x", new byte[0]);

            await().until(() -> received.size() == 1);
        }
    }

    @Test
    void a_disconnect_by_hand_says_goodbye_and_holds_until_a_connect_or_a_new_configuration() throws Exception {
        try (Gateway gateway = new Gateway(broker.url()).awaitConnected()) {
            gateway.endpoint.disconnect();
            assertThat(gateway.endpoint.isConnected()).isFalse();
            observer.await(LIFE + "DC", 1);
            gateway.publish(1);

            gateway.endpoint.connect();
            assertThat(gateway.endpoint.isConnected()).isTrue();
            observer.await(STATE, 1);

            gateway.endpoint.disconnect();
            gateway.reconfigure("keep.alive", 20);
            gateway.awaitConnected();
        }
    }

    @Test
    void a_connection_that_is_not_enabled_is_not_made_even_by_hand() throws Exception {
        try (Gateway gateway = new Gateway(broker.url(), "enabled", false)) {
            assertThatThrownBy(gateway.endpoint::connect)
                    .isInstanceOf(KuraConnectException.class)
                    .hasMessageContaining("not enabled");

            gateway.reconfigure("enabled", true);
            gateway.awaitConnected();
        }
    }

    @Test
    void a_listener_that_registers_at_the_publisher_while_the_connection_is_up_is_told() throws Exception {
        try (Gateway gateway = new Gateway(broker.url()).awaitConnected()) {
            await().until(() -> gateway.news.size() == 1);

            gateway.publisher.registerCloudConnectionListener(gateway);

            assertThat(gateway.news).containsExactly("established", "established");
        }
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static @Nullable Object session(Observer.Seen message) {
        return message.payload().metrics().get("session.id");
    }

    private static List<String> ours(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> (name.startsWith("MQTT ") && name.contains("gw1")) || name.startsWith("scs-"))
                .toList();
    }
}
