package solutions.itms.scs.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.server.ManualClock;
import solutions.itms.scs.server.TestDatabase;
import solutions.itms.scs.server.command.GatewayRemoval;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.GatewayRegistry;
import solutions.itms.scs.server.device.Presence;

class LatestValuesTest {
    private static final Duration KEEP = Duration.ofDays(30);

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private Database database;
    private LatestValues latest;
    private HistoryWriter writer;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.open(directory);
        latest = new LatestValues(database, clock, KEEP);
        writer = new HistoryWriter(latest);
        add("A");
        add("B");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsCommittedAfterItWasReadIsThereAtOnceAndWhatIsLateChangesNothing() throws Exception {
        commit("A", 10, Map.of("cpu", 1.5));
        assertThat(shown("A")).containsExactly("cpu=1.5");

        commit("A", 20, Map.of("cpu", 2.5, "up", true));
        commit("A", 15, Map.of("cpu", 9.5, "late", 7L));

        assertThat(shown("A")).containsExactly("cpu=2.5", "late=7", "up=true");
        assertThat(shown("B")).isEmpty();
        assertThat(shown("nobody")).isEmpty();
    }

    @Test
    void memoryAndDatabaseTellTheSameWhateverTheOrder() throws Exception {
        Random random = new Random(5);
        latest.all();
        for (int i = 0; i < 300; i++) {
            Map<String, Object> metrics = random.nextBoolean()
                    ? Map.of("m" + random.nextInt(4), random.nextDouble())
                    : Map.of("text", "t" + random.nextInt(50), "n", random.nextLong());
            commit(random.nextBoolean() ? "A" : "B", random.nextInt(40), metrics);
            if (i % 20 == 0) {
                assertThat(latest.all()).isEqualTo(new LatestValues(database, clock, KEEP).all());
            }
        }
        assertThat(latest.all()).hasSizeGreaterThan(8).isEqualTo(new LatestValues(database, clock, KEEP).all());
    }

    @Test
    void whatIsNotCommittedIsNotShown() throws Exception {
        commit("A", 10, Map.of("cpu", 1.5));
        latest.all();
        Presence gateway = presence("A");
        database.inTransaction(transaction -> {
            HistoryWriter.Page page = writer.begin();
            take(page, gateway, 20, Map.of("cpu", 2.5));
            page.save(transaction);
            return true;
        });

        assertThat(shown("A")).containsExactly("cpu=1.5");
    }

    @Test
    void whatIsOldEnoughToBeDeletedIsShownNoMore() throws Exception {
        commit("A", 10, Map.of("cpu", 1.5));
        assertThat(shown("A")).hasSize(1);

        clock.advance(KEEP.plusSeconds(60));

        assertThat(shown("A")).isEmpty();
    }

    @Test
    void memoryIsBoundedAndWhatWasForgottenIsReadAgain() throws Exception {
        latest = new LatestValues(database, clock, KEEP, 60);
        writer = new HistoryWriter(latest);
        for (String gateway : List.of("A", "B")) {
            for (int i = 0; i < 50; i++) {
                commit(gateway, 10, Map.of("m" + i, (long) i));
            }
        }

        for (int i = 0; i < 3; i++) {
            assertThat(latest.all()).hasSize(100);
            assertThat(latest.remembered()).isLessThanOrEqualTo(60);
            assertThat(latest.of("A")).hasSize(50);
        }
    }

    @Test
    void aGatewayThatIsTakenOutTakesItsHistoryAlongAndTheNextOfItsNameBeginsAnew() throws Exception {
        IntStream.range(0, 5_000).forEach(i -> commit("A", i, Map.of("cpu", 1.5, "up", true)));
        commit("B", 1, Map.of("cpu", 3.5));
        assertThat(shown("A")).hasSize(2);

        GatewayRemoval.remove(database, "A", "test", clock.instant());
        assertThat(shown("A")).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        add("C");
        commit("C", 1, Map.of("load", 0.5));
        assertThat(shown("C"))
                .as("a new series has nothing of one that was deleted")
                .containsExactly("load=0.5");
        add("A");
        commit("A", 6_000, Map.of("cpu", 7.5));

        assertThat(shown("A")).containsExactly("cpu=7.5");
        assertThat(new LatestValues(database, clock, KEEP).of("A")).hasSize(1);
        Retention retention = new Retention(database, clock, KEEP);
        retention.sweep();
        assertThat(retention.deleted()).isEqualTo(10_000);
        assertThat(count("sample")).isEqualTo(3);
        assertThat(count("removed_series")).isZero();
        assertThat(new LatestValues(database, clock, KEEP).of("A")).hasSize(1);
    }

    private void add(String id) {
        assertThat(new GatewayRegistry(database, clock).add(new GatewayIdentity(id, "scs")))
                .isPresent();
    }

    private void commit(String gatewayId, int second, Map<String, Object> metrics) {
        try {
            Presence gateway = presence(gatewayId);
            HistoryWriter.Page page = writer.begin();
            take(page, gateway, second, metrics);
            database.inTransaction(transaction -> {
                page.save(transaction);
                return true;
            });
            page.committed();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Presence presence(String id) throws java.sql.SQLException {
        return database.inTransaction(
                transaction -> Presence.load(transaction, List.of(id)).get(0));
    }

    private long seq;

    private void take(HistoryWriter.Page page, Presence gateway, int second, Map<String, Object> metrics) {
        Instant at = clock.instant().minusSeconds(10_000 - second);
        try {
            page.take(
                    gateway.gateway().id(),
                    gateway.addedAtMillis(),
                    "gateway/metrics",
                    Payload.of(at, metrics),
                    clock.instant(),
                    new HistoryWriter.Number(1, ++seq));
        } catch (MalformedPayloadException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> shown(String gatewayId) {
        return latest.of(gatewayId).stream()
                .map(each -> each.metric() + "=" + each.value())
                .toList();
    }

    private long count(String table) {
        return database.reading()
                .withHandle(handle -> handle.createQuery("select count(*) from " + table)
                        .mapTo(Long.class)
                        .one());
    }
}
