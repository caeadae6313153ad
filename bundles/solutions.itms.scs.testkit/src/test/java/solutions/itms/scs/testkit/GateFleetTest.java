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

    private URI uri() {
        return URI.create("http://127.0.0.1:" + station.getAddress().getPort());
    }
}
