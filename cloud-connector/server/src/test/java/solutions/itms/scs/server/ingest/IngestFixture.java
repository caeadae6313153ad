package solutions.itms.scs.server.ingest;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.server.ManualClock;
import solutions.itms.scs.server.TestDatabase;
import solutions.itms.scs.server.command.TestCommands;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.Devices;
import solutions.itms.scs.server.device.GateKey;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.GatewayRegistry;
import solutions.itms.scs.server.device.GatewayView;

/** Ingest on a real database, without a broker, and one gateway {@code GW}. */
abstract class IngestFixture {
    static final String STATE = "scs/GW/SCS-V1/gate/G1/state";

    @TempDir
    Path directory;

    final ManualClock clock = new ManualClock();
    final Set<String> connected = ConcurrentHashMap.newKeySet();
    final List<String> acknowledged = new CopyOnWriteArrayList<>();
    Database database;
    Devices devices;
    Ingest ingest;

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.open(directory);
        devices = new Devices(database);
        new GatewayRegistry(database, clock).add(new GatewayIdentity("GW", "scs"));
        connected.add("GW");
        ingest = new Ingest(
                database,
                connected::contains,
                TestCommands.reports(),
                changes -> {},
                TestDatabase.latest(database, clock),
                clock);
        ingest.start();
    }

    @AfterEach
    void stop() {
        ingest.close();
        database.close();
    }

    void take(String topic, byte[] payload) throws InterruptedException {
        ingest.take(topic, payload, () -> acknowledged.add(topic));
    }

    void awaitAcknowledged(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() >= count);
    }

    GatewayView gateway() {
        return devices.gateway("GW").orElseThrow();
    }

    String gateStatus(String id) {
        return devices.gate(new GateKey("GW", id)).orElseThrow().status();
    }

    long number(String sql) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
