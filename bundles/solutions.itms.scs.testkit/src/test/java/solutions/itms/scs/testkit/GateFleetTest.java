package solutions.itms.scs.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateFleetTest {
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @SuppressWarnings("NullAway.Init")
    private HttpServer station;

    @BeforeEach
    void start() throws Exception {
        station = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        station.createContext("/hb", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            bodies.add(body);
            exchange.sendResponseHeaders(body.endsWith("}") ? 200 : 400, -1);
            exchange.close();
        });
        station.createContext("/operation/", exchange -> {
            byte[] answer = "{\"ok\":true,\"operation\":\"station_close\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        station.setExecutor(threads);
        station.start();
    }

    @AfterEach
    void stop() {
        station.stop(0);
        threads.shutdownNow();
    }

    @Test
    void everyGateBeatsUnderItsOwnIdWithItsLaneAndSide() throws Exception {
        try (GateFleet fleet = new GateFleet(uri(), 4, 1, Duration.ofMillis(50), 1)) {
            fleet.start();
            await().until(() -> fleet.accepted() >= 20);
            for (String id : List.of("G1-01", "G1-02", "G2-01", "G2-02")) {
                assertThat(bodies).anyMatch(body -> body.contains("\"id\":\"" + id + "\""));
            }
            assertThat(bodies).anyMatch(b -> b.contains("\"gateId\":\"G2\",\"side\":\"south\""));
            assertThat(fleet.refused()).isZero();
        }
    }

    @Test
    void aGateMisbehavesAsItIsTold() throws Exception {
        try (GateFleet fleet = new GateFleet(uri(), 1, 1, Duration.ofSeconds(60), 1)) {
            SimulatedGate gate = fleet.gates().get(0);
            gate.misbehave(GateFault.MALFORMED);
            assertThat(gate.beat().join()).isEqualTo(400);
            gate.misbehave(GateFault.SILENT);
            assertThat(gate.beat().join()).isZero();
            gate.misbehave(GateFault.HALF_OPEN);
            assertThat(gate.beat().join()).isZero();
            assertThat(bodies).hasSize(1);
            gate.misbehave(GateFault.NO_CLOCK);
            gate.report("fault");
            assertThat(gate.beat().join()).isEqualTo(200);
            assertThat(bodies.get(1)).contains("\"status\":\"fault\"").doesNotContain("\"ts\"");
        }
    }

    @Test
    void aGateAsksWhatItIsToDo() throws Exception {
        GateFleet.Pace pace = new GateFleet.Pace(Duration.ofMillis(20), Duration.ofMillis(40), 2);
        try (GateFleet fleet = new GateFleet(uri(), 2, 1, pace, 1)) {
            assertThat(fleet.gates().get(0).operation()).isNull();
            fleet.start();
            await().untilAsserted(() -> assertThat(fleet.gates())
                    .allSatisfy(gate -> assertThat(gate.operation()).isEqualTo("station_close")));
        }
    }

    @Test
    void aGateMaySendUnderTheIdOfAnotherOrByteByByte() throws Exception {
        try (GateFleet fleet = new GateFleet(uri(), 2, 1, Duration.ofSeconds(60), 1)) {
            SimulatedGate second = fleet.gates().get(1);
            second.misbehave(GateFault.DUPLICATE_ID);
            assertThat(second.beat().join()).isEqualTo(200);
            assertThat(bodies.get(0)).contains("\"id\":\"G1-01\"", "\"ip\":\"10.168.1.2\"");
            second.misbehave(GateFault.SLOW);
            assertThat(second.beat().get(60, TimeUnit.SECONDS)).isEqualTo(200);
            assertThat(bodies.get(1)).contains("\"id\":\"G1-02\"");
        }
    }

    @Test
    void aGateThatIsNotAnsweredWaitsLongerEachTime() throws Exception {
        int port = station.getAddress().getPort();
        station.stop(0);
        GateFleet.Pace pace = new GateFleet.Pace(Duration.ofMillis(20), Duration.ofMillis(20), 0);
        try (GateFleet fleet = new GateFleet(URI.create("http://127.0.0.1:" + port), 1, 1, pace, 1)) {
            fleet.startAtOnce();
            // at most 20, 40, ... 1280 ms between them, at least half of that
            await().until(() -> fleet.failed() == 8);
            long begin = System.nanoTime();
            await().until(() -> fleet.failed() == 9);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4));
        }
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + station.getAddress().getPort());
    }
}
