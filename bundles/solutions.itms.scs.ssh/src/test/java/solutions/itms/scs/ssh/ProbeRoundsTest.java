package solutions.itms.scs.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.store.FileStores;

class ProbeRoundsTest {
    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong(TimeUnit.HOURS.toNanos(1));
    private final List<ProbeResult> told = new CopyOnWriteArrayList<>();
    private final List<GateAddress> gates = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService watchdogs = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private HostKeys hostKeys;
    private ProbeRounds rounds;

    @BeforeEach
    void start() throws Exception {
        hostKeys = HostKeys.open(new FileStores(directory, Clock.systemUTC()), Map.of(), true, Clock.systemUTC());
        GateProbe probe = new GateProbe(
                new GateConnections(hostKeys, GateLogin.withKeys("scs", List.of()), LevelLimits.NONE, watchdogs),
                Vitals.COMMAND,
                Duration.ofMillis(300),
                Clock.systemUTC());
        GateTurns turns = new GateTurns(Duration.ofSeconds(60), nanos::get, gate -> false);
        rounds = new ProbeRounds(() -> gates, probe, turns, workers, result -> {}, told::add);
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
        watchdogs.shutdownNow();
        hostKeys.close();
    }

    @Test
    void everyGateIsProbedWithinOneIntervalAndToldOfAfterTheSecondProbe() throws Exception {
        List<ServerSocket> silent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ServerSocket socket = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
            silent.add(socket);
            gates.add(new GateAddress("G" + i, "127.0.0.1", socket.getLocalPort()));
        }
        rounds.tick();
        pass(60);
        rounds.tick();
        await().until(() ->
                gates.stream().allMatch(gate -> rounds.last(gate.id()).isPresent()));
        assertThat(told).isEmpty();
        pass(66);
        rounds.tick();
        await().until(() -> told.size() == 3);
        assertThat(told).allMatch(result -> result.failed() == Level.BANNER);
        for (ServerSocket socket : silent) {
            socket.close();
        }
    }

    @Test
    void aGateIsNotProbedTwiceAtTheSameTimeAndOneThatIsGoneIsForgotten() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            gates.add(new GateAddress("G1", "127.0.0.1", silent.getLocalPort()));
            rounds.tick();
            pass(60);
            for (int i = 0; i < 20; i++) {
                rounds.tick();
            }
            await().until(() -> rounds.last("G1").isPresent());
            silent.setSoTimeout(200);
            silent.accept().close();
            assertThat(secondConnection(silent)).isFalse();
        }
        gates.clear();
        rounds.tick();
        assertThat(rounds.last("G1")).isEmpty();
    }

    private void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private static boolean secondConnection(ServerSocket server) throws Exception {
        try {
            server.accept().close();
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }
}
