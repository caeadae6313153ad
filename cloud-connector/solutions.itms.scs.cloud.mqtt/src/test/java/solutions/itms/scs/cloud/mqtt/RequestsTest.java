package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraRequestPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;

/** Requests from the cloud, as Kura's servers make them, through a real broker. */
class RequestsTest {
    private static final String APP = "CMD-V1";
    private static final String REPLIES = "$EDC/scs/asker/" + APP + "/REPLY/";

    private TestBroker broker;
    private Observer observer;
    private Gateway gateway;
    private int confirmed;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        observer = new Observer(broker);
        gateway = new Gateway(broker.url(), "request.timeout", 2).awaitConnected();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        observer.close();
        broker.close();
    }

    @Test
    void a_request_reaches_its_handler_whole_and_its_answer_comes_back() throws Exception {
        List<KuraMessage> seen = new CopyOnWriteArrayList<>();
        List<RequestHandlerContext> contexts = new CopyOnWriteArrayList<>();
        register(new RequestHandler() {
            @Override
            public KuraMessage doGet(RequestHandlerContext context, KuraMessage message) {
                seen.add(message);
                contexts.add(context);
                KuraPayload answer = new KuraPayload();
                answer.addMetric("result", "good");
                answer.setBody(new byte[] {7});
                return new KuraMessage(answer);
            }
        });

        ask("GET/bundles/x", "1", "asker", Map.of("n", 5));

        Observer.Seen answer = observer.await(REPLIES + "1", 1).get(0);
        assertThat(answer.qos()).isEqualTo(1);
        assertThat(answer.payload().metrics())
                .containsEntry("response.code", 200)
                .containsEntry("result", "good");
        assertThat(answer.payload().body()).containsExactly(7);
        assertThat(seen.get(0).getProperties()).containsEntry("args", List.of("bundles", "x"));
        assertThat(seen.get(0).getPayload()).isInstanceOfSatisfying(KuraRequestPayload.class, request -> {
            assertThat(request.getRequestId()).isEqualTo("1");
            assertThat(request.getMetric("n")).isEqualTo(5);
        });
        assertThat(contexts.get(0).getContextProperties())
                .containsEntry("TENANT_ID", "scs")
                .containsEntry("DEVICE_ID", "gw1")
                .containsEntry("NOTIFICATION_PUBLISHER_PID", "endpoint.CloudNotificationPublisher");
    }

    @Test
    void errors_of_a_handler_become_kuras_codes() throws Exception {
        register(new RequestHandler() {
            @Override
            public KuraMessage doGet(RequestHandlerContext context, KuraMessage message) throws KuraException {
                throw new KuraException(KuraErrorCode.NOT_FOUND, "no such thing");
            }

            @Override
            public KuraMessage doPut(RequestHandlerContext context, KuraMessage message) throws KuraException {
                throw new KuraException(KuraErrorCode.BAD_REQUEST, "that way");
            }

            @Override
            public KuraMessage doPost(RequestHandlerContext context, KuraMessage message) {
                throw new IllegalStateException("it broke");
            }

            @Override
            public KuraMessage doExec(RequestHandlerContext context, KuraMessage message) {
                return new KuraMessage(new KuraResponsePayload(202));
            }
        });

        ask("GET/a", "1", "asker", Map.of());
        ask("PUT/a", "2", "asker", Map.of());
        ask("POST/a", "3", "asker", Map.of());
        ask("DEL/a", "4", "asker", Map.of());
        ask("EXEC/a", "5", "asker", Map.of());
        ask("DANCE/a", "6", "asker", Map.of());

        assertThat(code("1")).isEqualTo(404);
        assertThat(code("2")).isEqualTo(400);
        assertThat(code("3")).isEqualTo(500);
        assertThat(code("4")).isEqualTo(500);
        assertThat(code("5")).isEqualTo(202);
        assertThat(code("6")).isEqualTo(404);
        assertThat(message("3")).contains("it broke");
    }

    @Test
    void requests_that_nobody_can_answer_hurt_nobody() throws Exception {
        register(echo());
        observer.publish("$EDC/scs/gw1/" + APP + "/GET/a", new byte[] {(byte) 0xFF, 1, 2});
        observer.publish("$EDC/scs/gw1/" + APP + "/GET/a", PayloadCodec.encode(Payload.of(Map.of("n", 1))));
        ask("GET/a", "1", "asker/+", Map.of());
        ask("GET/a", "1", "#", Map.of());
        ask("GET/a", "1/2", "asker", Map.of());
        ask("GET/a", "", "asker", Map.of());
        ask("GET/a", "good", "asker", Map.of());

        assertThat(code("good")).isEqualTo(200);
        assertThat(gateway.info("Requests that could not be answered")).isEqualTo("6");
    }

    @Test
    void a_handler_that_hangs_costs_its_own_request_alone() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        register(new RequestHandler() {
            @Override
            public KuraMessage doGet(RequestHandlerContext context, KuraMessage message) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                return new KuraMessage(new KuraPayload());
            }

            @Override
            public KuraMessage doPut(RequestHandlerContext context, KuraMessage message) {
                return new KuraMessage(new KuraPayload());
            }
        });
        ask("GET/a", "slow", "asker", Map.of());
        ask("PUT/a", "quick", "asker", Map.of());

        assertThat(code("quick")).isEqualTo(200);
        assertThat(code("slow")).isEqualTo(500);
        assertThat(message("slow")).isEqualTo("no answer within 2 s");
        interrupted.await();
        assertThat(observer.on(REPLIES + "slow")).hasSize(1);
    }

    @Test
    void ten_thousand_requests_at_once_get_ten_thousand_answers() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        register(new RequestHandler() {
            @Override
            public KuraMessage doGet(RequestHandlerContext context, KuraMessage message) {
                try {
                    hold.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return new KuraMessage(new KuraPayload());
            }
        });
        RequestDesk desk = new RequestDesk(
                message -> {
                    synchronized (this) {
                        confirmed++;
                    }
                },
                () -> Duration.ofSeconds(30));
        desk.register(APP, (method, resource, request) -> {
            hold.await();
            return Payload.of(Map.of());
        });
        for (int i = 0; i < 10_000; i++) {
            desk.accept(
                    "$EDC/scs/gw1/" + APP + "/GET/a",
                    PayloadCodec.encode(request(Integer.toString(i), "asker", Map.of())));
        }
        hold.countDown();
        await().untilAsserted(() -> {
            synchronized (this) {
                assertThat(confirmed).isEqualTo(10_000);
            }
        });
        desk.close();
        for (int i = 0; i < 500; i++) {
            ask("GET/a", "r" + i, "asker", Map.of());
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(observer.all().stream()
                                .filter(seen -> seen.topic().startsWith(REPLIES + "r")))
                        .hasSize(500));
    }

    @Test
    void notifications_reach_the_requester_and_say_who_reports() throws Exception {
        KuraPayload progress = new KuraPayload();
        progress.addMetric("dp.install.progress", 50);

        gateway.endpoint
                .notificationPublisher()
                .publish(new KuraMessage(
                        progress,
                        Map.of("appId", "DEPLOY-V2", "messageType", "install", "requestorClientId", "asker")));

        Observer.Seen seen =
                observer.await("$EDC/scs/asker/DEPLOY-V2/NOTIFY/gw1/install", 1).get(0);
        assertThat(seen.payload().metrics()).containsEntry("dp.install.progress", 50);
        assertThatThrownBy(() -> gateway.endpoint
                        .notificationPublisher()
                        .publish(new KuraMessage(progress, Map.of("appId", "DEPLOY-V2"))))
                .hasMessageContaining("requestorClientId");
    }

    @Test
    void an_application_that_was_unregistered_is_asked_no_more() throws Exception {
        register(echo());
        gateway.endpoint.unregister(APP);
        awaitOrder();
        ask("GET/a", "1", "asker", Map.of());
        register(echo());
        ask("GET/a", "2", "asker", Map.of());

        assertThat(code("2")).isEqualTo(200);
        assertThat(observer.on(REPLIES + "1")).isEmpty();
    }

    private static RequestHandler echo() {
        return new RequestHandler() {
            @Override
            public KuraMessage doGet(RequestHandlerContext context, KuraMessage message) {
                return message;
            }
        };
    }

    private void register(RequestHandler handler) throws Exception {
        gateway.endpoint.registerRequestHandler(APP, handler);
        awaitOrder();
    }

    /** Subscriptions are in the order of the calls, and so is a message behind them. */
    private void awaitOrder() throws Exception {
        int before = gateway.confirmed.size();
        gateway.publish(0);
        await().until(() -> gateway.confirmed.size() > before);
    }

    private void ask(String path, String id, String requester, Map<String, Object> metrics) throws Exception {
        observer.publish("$EDC/scs/gw1/" + APP + "/" + path, PayloadCodec.encode(request(id, requester, metrics)));
    }

    private static Payload request(String id, String requester, Map<String, Object> metrics) {
        Map<String, Object> all = new HashMap<>(metrics);
        all.put("request.id", id);
        all.put("requester.client.id", requester);
        return Payload.of(Instant.EPOCH, all);
    }

    private Object code(String id) {
        return observer.await(REPLIES + id, 1).get(0).payload().metrics().get("response.code");
    }

    private String message(String id) {
        return String.valueOf(
                observer.await(REPLIES + id, 1).get(0).payload().metrics().get("response.exception.message"));
    }
}
