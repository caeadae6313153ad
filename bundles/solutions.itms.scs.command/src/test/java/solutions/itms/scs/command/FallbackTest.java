package solutions.itms.scs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.message.command.RequestSignature;

/** The gateway's end of the HTTP API, against a server that checks every signature. */
class FallbackTest {
    @TempDir
    @Nullable
    Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> effects = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> viaMqtt = new CopyOnWriteArrayList<>();
    private final Map<String, String> pending = new ConcurrentHashMap<>();
    private final Set<String> cancels = ConcurrentHashMap.newKeySet();
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();
    private volatile boolean connected;
    private volatile boolean skewed;
    private @Nullable HttpServer server;
    private @Nullable Site site;
    private @Nullable Fallback fallback;

    @BeforeEach
    void start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/scs/api/v1/device/", this::answer);
        http.setExecutor(threads);
        http.start();
        server = http;
        Site opened = new Site(Objects.requireNonNull(directory), threads);
        site = opened;
        opened.now = Clock.systemUTC().instant();
        opened.handle("get_ip_config", (parameters, context) -> {
            effects.add(context.id());
            context.progress(50, "half");
            return new CommandResult(Map.of("interfaces", List.of()));
        });
        Uplink mqtt = new Uplink() {
            @Override
            public void send(String subject, byte[] body) {
                viaMqtt.add(subject);
            }

            @Override
            public void event(String name, Map<String, Object> metrics) {
                events.add(name + " " + metrics);
            }
        };
        Fallback made = new Fallback(
                mqtt,
                () -> connected,
                () -> opened.executor,
                Clock.systemUTC(),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                new FallbackSettings(
                        URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/scs/"),
                        Duration.ofMillis(100)),
                opened.settings.key());
        fallback = made;
        opened.uplink = made;
        made.start();
    }

    @AfterEach
    void stop() throws Exception {
        Objects.requireNonNull(fallback).close();
        Objects.requireNonNull(site).close();
        Objects.requireNonNull(server).stop(0);
        threads.shutdownNow();
    }

    @Test
    void commandsAreFetchedAndReportedWithoutMqtt() {
        offer("c-1");
        await().untilAsserted(() -> assertThat(requests).contains("POST commands/c-1/result"));
        assertThat(effects).containsExactly("c-1");
        await().untilAsserted(
                        () -> assertThat(site().journal.unconfirmed(0, 10)).isEmpty());
        assertThat(requests).contains("POST pull", "POST commands/c-1/ack");
        assertThat(viaMqtt).isEmpty();
    }

    @Test
    void aCommandThatComesAgainHasNoSecondEffectAndItsResultIsBroughtAgain() {
        offer("c-1");
        await().untilAsserted(() -> assertThat(requests).contains("POST commands/c-1/result"));
        offer("c-1");
        await().untilAsserted(() -> assertThat(requests.stream()
                        .filter("POST commands/c-1/result"::equals)
                        .count())
                .isGreaterThan(1));
        assertThat(effects).containsExactly("c-1");
    }

    @Test
    void aCancelIsHeardBeforeItsCommandComes() throws Exception {
        cancels.add("c-1");
        await().untilAsserted(() -> assertThat(site().journal.find("c-1")).isPresent());
        offer("c-1");
        await().untilAsserted(() -> assertThat(requests).contains("POST commands/c-1/result"));
        assertThat(effects).isEmpty();
    }

    @Test
    void whileMqttIsUpNothingIsFetched() {
        connected = true;
        await().untilAsserted(() -> assertThat(fallback().isActive()).isFalse());
        fallback().send("command/c-9/ack", new byte[0]);
        await().untilAsserted(() -> assertThat(viaMqtt).contains("command/c-9/ack"));
        connected = false;
        await().until(() -> fallback().isActive());
    }

    @Test
    void aSkewedClockIsToldWithTheServersTimeAndTriedAgain() {
        skewed = true;
        await().untilAsserted(() -> assertThat(events).hasSize(1));
        assertThat(events.get(0)).contains("gateway_clock").contains("clock.ahead.ms");
        int before = requests.size();
        await().until(() -> requests.size() > before + 2);
        assertThat(events).hasSize(1);
        skewed = false;
        offer("c-1");
        await().untilAsserted(() -> assertThat(effects).containsExactly("c-1"));
    }

    @Test
    void aCommandOfAForgerHasNoEffect() {
        Envelope envelope = site().envelope("c-1", "get_ip_config", Site.GATEWAY, Map.of());
        pending.put(
                "c-1",
                envelope.sign(new solutions.itms.scs.message.command.SigningKey("server-1", Site.OWN.getPrivate())));
        await().untilAsserted(() ->
                assertThat(site().journal.auditTrail(5)).anyMatch(line -> line.contains("bad_signature")));
        assertThat(effects).isEmpty();
    }

    @Test
    void plainHttpIsForThisMachineAlone() {
        assertThat(url("https://scs.example.org")).isNotNull();
        assertThat(url("http://127.0.0.1:8080/scs")).isNotNull();
        for (String wrong : List.of("http://scs.example.org", "ftp://x", "https://u:p@x", "https://x?a=1", "a b", "")) {
            assertThat(url(wrong)).as(wrong).isNull();
        }
    }

    private static @Nullable URI url(String text) {
        return FallbackSettings.of(new Options(Map.of("http.url", text))).url();
    }

    private void offer(String id) {
        pending.put(
                id, site().envelope(id, "get_ip_config", Site.GATEWAY, Map.of()).sign(Site.SERVER_KEY));
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String resource = exchange.getRequestURI().getRawPath().substring("/scs/api/v1/device/".length());
        requests.add(exchange.getRequestMethod() + " " + resource);
        try {
            if (skewed) {
                reply(exchange, 401, Map.of("code", "clock_skew", "serverTime", 1_000L));
            } else if (!isSigned(exchange, body)) {
                reply(exchange, 401, Map.of("code", "bad_signature"));
            } else if (exchange.getRequestMethod().equals("GET")) {
                reply(exchange, 200, commands());
            } else {
                reply(exchange, 204, null);
            }
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    private Map<String, @Nullable Object> commands() throws InterruptedException {
        for (int i = 0; i < 10 && pending.isEmpty() && cancels.isEmpty(); i++) {
            threads.awaitTermination(10, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
        List<Map<String, @Nullable Object>> commands = new ArrayList<>();
        Map.copyOf(pending).forEach((id, envelope) -> {
            commands.add(Map.of("id", id, "envelope", envelope));
            pending.remove(id);
        });
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("commands", commands);
        values.put("cancel", List.copyOf(cancels));
        cancels.clear();
        return values;
    }

    private boolean isSigned(HttpExchange exchange, byte[] body) {
        String query = exchange.getRequestURI().getRawQuery();
        RequestSignature request = new RequestSignature(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                exchange.getRequestHeaders().getFirst("Host"),
                exchange.getRequestHeaders().getFirst(RequestSignature.TIMESTAMP),
                exchange.getRequestHeaders().getFirst(RequestSignature.NONCE),
                RequestSignature.sha256(body),
                exchange.getRequestHeaders().getFirst(RequestSignature.API_KEY));
        return request.verify(Site.OWN.getPublic(), exchange.getRequestHeaders().getFirst(RequestSignature.SIGNATURE))
                && nonces.add(request.nonce());
    }

    private static void reply(HttpExchange exchange, int status, @Nullable Map<String, @Nullable Object> body)
            throws IOException {
        byte[] bytes = body == null ? new byte[0] : JsonText.write(body);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private Site site() {
        return Objects.requireNonNull(site);
    }

    private Fallback fallback() {
        return Objects.requireNonNull(fallback);
    }
}
