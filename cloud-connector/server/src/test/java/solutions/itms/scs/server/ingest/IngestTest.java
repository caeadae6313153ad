package solutions.itms.scs.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static solutions.itms.scs.server.TestGateway.payload;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.GateBeats;
import solutions.itms.scs.message.JsonPayloadCodec;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.server.ManualClock;
import solutions.itms.scs.server.TestGateway;
import solutions.itms.scs.server.command.TestCommands;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.Devices;
import solutions.itms.scs.server.device.GateKey;
import solutions.itms.scs.server.device.GateTable;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.GatewayRegistry;
import solutions.itms.scs.server.device.GatewayStatus;
import solutions.itms.scs.server.device.GatewayView;

/** Ingest on a real database, without a broker. */
class IngestTest {
    private static final String STATE = "scs/GW/SCS-V1/gate/G1/state";

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final Set<String> connected = ConcurrentHashMap.newKeySet();
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private Database database;
    private Devices devices;
    private Ingest ingest;

    @BeforeEach
    void start() throws Exception {
        database = Database.open(directory.resolve("scs.db"));
        devices = new Devices(database);
        new GatewayRegistry(database, clock).add(new GatewayIdentity("GW", "scs"));
        connected.add("GW");
        ingest = new Ingest(database, connected::contains, TestCommands.reports(), changes -> {}, clock);
        ingest.start();
    }

    @AfterEach
    void stop() {
        ingest.close();
        database.close();
    }

    @Test
    void aMessageIsAcknowledgedWhenItIsInTheDatabase() throws Exception {
        List<String> statusAtAcknowledgement = new CopyOnWriteArrayList<>();
        ingest.take(STATE, payload("e", 1, "G1", "fault"), () -> statusAtAcknowledgement.add(gateStatus("G1")));

        await().until(() -> !statusAtAcknowledgement.isEmpty());
        assertThat(statusAtAcknowledgement).containsExactly("fault");
    }

    @Test
    void aMessageInKurasJsonIsTakenLikeAnyOther() throws Exception {
        byte[] json = JsonPayloadCodec.encode(PayloadCodec.decode(payload("e", 1, "G1", "fault")));
        take(STATE, json);
        take(STATE, json);

        awaitAcknowledged(2);
        assertThat(gateStatus("G1")).isEqualTo("fault");
        assertThat(gateway().duplicates()).isEqualTo(1);
    }

    @Test
    void aMessageWhoseAcknowledgementGotLostIsTakenOnce() throws Exception {
        ingest.take(STATE, payload("e", 1, "G1", "fault"), () -> {
            throw new IllegalStateException("the connection to the broker has gone");
        });
        take(STATE, payload("e", 1, "G1", "fault"));

        awaitAcknowledged(1);
        assertThat(gateway().received()).isEqualTo(1);
        assertThat(gateway().duplicates()).isEqualTo(1);
    }

    @Test
    void whileTheDiskIsFullNothingIsAcknowledgedAndAfterwardsNothingIsLost() throws Exception {
        limitPages(number("pragma page_count"));
        // each is kept with its first KiB, which fills the pages that are left
        byte[] large = new byte[2_000];
        for (int i = 0; i < 40; i++) {
            take("scs/GW/SCS-V1/gate/G" + i + "/state", large);
        }
        await().until(() -> ingest.failure() != null);
        int takenBefore = acknowledged.size();
        take(STATE, payload("e", 1, "G1", "fault"));
        assertThat(acknowledged).hasSize(takenBefore).hasSizeLessThan(40);

        limitPages(1_000_000);

        awaitAcknowledged(41);
        assertThat(ingest.failure()).isNull();
        assertThat(gateStatus("G1")).isEqualTo("fault");
        assertThat(ingest.counts().bad()).isEqualTo(40);
    }

    @Test
    void aProcessThatLocksTheDatabaseForLongDelaysMessagesAndNoMore() throws Exception {
        String url = "jdbc:sqlite:" + directory.resolve("scs.db");
        try (Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            take(STATE, payload("e", 1, "G1", "fault"));
            await().atMost(Duration.ofSeconds(30)).until(() -> ingest.failure() != null);
            assertThat(acknowledged).isEmpty();
            statement.execute("rollback");
        }

        awaitAcknowledged(1);
        assertThat(ingest.failure()).isNull();
        assertThat(gateway().received()).isEqualTo(1);
        assertThat(gateway().duplicates()).isZero();
    }

    @Test
    void aMessageThatCannotBeReadIsKeptWithItsReason() throws Exception {
        take(STATE, new byte[] {1, 2, 3});
        take("scs/GW/SCS-V1/gate/G2/state", payload("e", 1, "G1", "online"));
        take("nonsense", new byte[0]);

        awaitAcknowledged(3);
        List<String> kept = database.reading()
                .withHandle(handle -> handle.createQuery(
                                "select topic || ': ' || reason || ' ' || size_bytes from bad_message order by id")
                        .mapTo(String.class)
                        .list());
        assertThat(kept).hasSize(3);
        assertThat(kept.get(0)).startsWith(STATE + ": ").endsWith(" 3");
        assertThat(kept.get(1)).contains("the id in the payload is not the one in the topic");
        assertThat(kept.get(2)).contains("the topic is none of a gateway");
        assertThat(ingest.counts().bad()).isEqualTo(3);
    }

    @Test
    void onlyTheNewestBadMessagesAreKept() throws Exception {
        for (int i = 0; i < BadMessages.MAX_KEPT + 50; i++) {
            take("scs/GW/SCS-V1/x/" + i, new byte[] {1, 2, 3});
        }

        awaitAcknowledged(BadMessages.MAX_KEPT + 50);
        assertThat(number("select count(*) from bad_message")).isEqualTo(BadMessages.MAX_KEPT);
        assertThat(number("select count(*) from bad_message where topic = 'scs/GW/SCS-V1/x/49'"))
                .isZero();
        assertThat(number("select count(*) from bad_message where topic = 'scs/GW/SCS-V1/x/50'"))
                .isOne();
    }

    @Test
    void aMessageOfAGatewayThatNobodyAddedIsDroppedAndCounted() throws Exception {
        take("scs/stranger/SCS-V1/gate/G1/state", payload("e", 1, "G1", "online"));
        take("other/GW/SCS-V1/gate/G1/state", payload("e", 1, "G1", "online"));

        awaitAcknowledged(2);
        assertThat(ingest.counts().unknownGateway()).isEqualTo(2);
        assertThat(devices.gateways()).hasSize(1);
        assertThat(devices.gates()).isEmpty();
        assertThat(number("select count(*) from epoch")).isZero();
    }

    @Test
    void aKindThatIsNotKnownYetIsCountedAndItsNumberTaken() throws Exception {
        take("scs/GW/SCS-V1/camera/C1/metrics", payload("e", 1, "C1", "online"));
        take("scs/GW/SCS-V1/camera/C1/metrics", payload("e", 1, "C1", "online"));

        awaitAcknowledged(2);
        assertThat(ingest.counts().unknownKind()).isEqualTo(1);
        assertThat(gateway().received()).isEqualTo(1);
        assertThat(gateway().duplicates()).isEqualTo(1);
        assertThat(gateway().gaps()).isZero();
    }

    @Test
    void aMessageWithoutANumberIsTakenEachTimeAndTheNewestByItsTimeStays() throws Exception {
        Payload state = TestGateway.state("G1", "fault").toPayload(clock.instant());
        Payload older =
                TestGateway.state("G1", "online").toPayload(clock.instant().minusSeconds(1));
        take(STATE, PayloadCodec.encode(state));
        take(STATE, PayloadCodec.encode(state));
        take(STATE, PayloadCodec.encode(older));

        awaitAcknowledged(3);
        assertThat(gateway().received()).isEqualTo(3);
        assertThat(gateStatus("G1")).isEqualTo("fault");
    }

    @Test
    void aNewEpochIsNewerThanAnyNumberOfTheOldOne() throws Exception {
        take(STATE, payload("old", 1_000, "G1", "online"));
        take(STATE, payload("new", 1, "G1", "fault"));
        take(STATE, payload("old", 1_001, "G1", "maintenance"));

        awaitAcknowledged(3);
        assertThat(gateStatus("G1")).isEqualTo("fault");
    }

    @Test
    void aClockThatRanAheadIsPutRightByTheNextMessage() throws Exception {
        take(STATE, payload("e", 1, "G1", "online"));
        take("scs/GW/SCS-V1/gate/beats", beats(2, clock.instant().plus(Duration.ofDays(3650))));
        take("scs/GW/SCS-V1/gate/beats", beats(3, clock.instant()));
        take("scs/GW/SCS-V1/gate/beats", beats(2, clock.instant().plusSeconds(9)));

        awaitAcknowledged(4);
        assertThat(devices.gate(new GateKey("GW", "G1")).orElseThrow().lastSeen())
                .isEqualTo(clock.instant());
    }

    @Test
    void aGatewayHasALimitedNumberOfGates() throws Exception {
        for (int i = 0; i <= GateTable.MAX_GATES; i++) {
            take("scs/GW/SCS-V1/gate/G" + i + "/state", payload("e", i + 1, "G" + i, "online"));
        }

        awaitAcknowledged(GateTable.MAX_GATES + 1);
        assertThat(gateway().gates()).isEqualTo(GateTable.MAX_GATES);
        assertThat(ingest.counts().bad()).isEqualTo(1);
        assertThat(gateway().gaps()).isZero();
    }

    @Test
    void dataThatWaitedInTheBrokerDoesNotBringBackAGatewayThatHasGone() throws Exception {
        connected.clear();
        take("$EDC/scs/GW/MQTT/BIRTH", new byte[0]);
        take(STATE, payload("e", 1, "G1", "online"));

        awaitAcknowledged(2);
        assertThat(gateway().status()).isEqualTo(GatewayStatus.MISSING);
        assertThat(gateStatus("G1")).isEqualTo("unknown");
    }

    @Test
    void aGatewayThatSaidGoodbyeStaysSoWhenOlderDataArrives() throws Exception {
        take("$EDC/scs/GW/MQTT/BIRTH", new byte[0]);
        take("$EDC/scs/GW/MQTT/DC", new byte[0]);
        take(STATE, payload("e", 1, "G1", "online"));

        awaitAcknowledged(3);
        assertThat(gateway().status()).isEqualTo(GatewayStatus.DISCONNECTED);
    }

    private void limitPages(long pages) {
        database.write(transaction -> transaction.number("pragma max_page_count = " + pages));
    }

    private byte[] beats(long seq, Instant at) {
        GateBeats beats = new GateBeats(Map.of("G1", new GateBeats.Beat(at, at)));
        return PayloadCodec.encode(new Sequence("e", seq).on(beats.toPayload(clock.instant())));
    }

    private void take(String topic, byte[] payload) throws InterruptedException {
        ingest.take(topic, payload, () -> acknowledged.add(topic));
    }

    private void awaitAcknowledged(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() >= count);
    }

    private GatewayView gateway() {
        return devices.gateway("GW").orElseThrow();
    }

    private String gateStatus(String id) {
        return devices.gate(new GateKey("GW", id)).orElseThrow().status();
    }

    private long number(String sql) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
