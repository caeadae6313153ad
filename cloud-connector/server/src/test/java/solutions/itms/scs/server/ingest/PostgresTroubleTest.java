package solutions.itms.scs.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static solutions.itms.scs.server.TestGateway.payload;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.server.ManualClock;
import solutions.itms.scs.server.PostgresCluster;
import solutions.itms.scs.server.TestDatabase;
import solutions.itms.scs.server.command.TestCommands;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.PostgresAddress;
import solutions.itms.scs.server.device.Devices;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.GatewayRegistry;

/** Ingest when PostgreSQL goes away or others write at the same time. */
class PostgresTroubleTest {
    private static final String STATE = "scs/GW/SCS-V1/gate/G1/state";

    private final ManualClock clock = new ManualClock();
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private PostgresCluster cluster;
    private PostgresAddress address;
    private Database database;

    @BeforeEach
    void start() throws Exception {
        cluster = PostgresCluster.start("fsync=off");
        address = cluster.freshDatabase();
        database = Database.open(address);
        new GatewayRegistry(database, clock).add(new GatewayIdentity("GW", "scs"));
    }

    @AfterEach
    void stop() {
        database.close();
        cluster.close();
    }

    @Test
    void whileTheDatabaseIsDownNothingIsAcknowledgedAndAfterwardsNothingIsLost() throws Exception {
        try (Ingest ingest = new Ingest(
                database,
                id -> true,
                TestCommands.reports(),
                changes -> {},
                TestDatabase.latest(database, clock),
                clock)) {
            ingest.start();
            take(ingest, 1);
            await().until(() -> acknowledged.size() == 1);

            cluster.kill();
            for (int seq = 2; seq <= 20; seq++) {
                take(ingest, seq);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> ingest.failure() != null);
            assertThat(database.answers()).isFalse();
            assertThat(acknowledged).hasSize(1);
            cluster.resume();

            await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() == 20);
            assertThat(ingest.failure()).isNull();
            // a connection of the time before may be asked first
            await().until(database::answers);
            assertThat(new Devices(database).gateway("GW").orElseThrow().received())
                    .isEqualTo(20);
            assertThat(new Devices(database).gateway("GW").orElseThrow().gaps()).isZero();
        }
    }

    @Test
    void twoServersOnOneDatabaseTakeEachNumberOnce() throws Exception {
        try (Database other = Database.open(address);
                Ingest first = new Ingest(
                        database,
                        id -> true,
                        TestCommands.reports(),
                        changes -> {},
                        TestDatabase.latest(database, clock),
                        clock);
                Ingest second = new Ingest(
                        other,
                        id -> true,
                        TestCommands.reports(),
                        changes -> {},
                        TestDatabase.latest(other, clock),
                        clock)) {
            first.start();
            second.start();

            for (int seq = 1; seq <= 200; seq++) {
                take(seq % 2 == 0 ? first : second, seq);
                take(seq % 3 == 0 ? first : second, seq);
            }

            await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() == 400);
            assertThat(new Devices(database).gateway("GW").orElseThrow().received())
                    .isEqualTo(200);
            assertThat(new Devices(database).gateway("GW").orElseThrow().duplicates())
                    .isEqualTo(200);
            assertThat(new Devices(database).gateway("GW").orElseThrow().gaps()).isZero();
        }
    }

    @Test
    void aTransactionThatSomebodyCameBeforeIsDoneAgain() throws Exception {
        new GatewayRegistry(database, clock).add(new GatewayIdentity("GW2", "scs"));
        CountDownLatch bothHaveOne = new CountDownLatch(2);
        Thread other = new Thread(() -> lockBoth("GW2", "GW", bothHaveOne));
        other.start();

        lockBoth("GW", "GW2", bothHaveOne);
        other.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(database.<Long>write(transaction -> transaction.number("select sum(received_count) from gateway")))
                .isEqualTo(4);
    }

    private void lockBoth(String one, String two, CountDownLatch bothHaveOne) {
        database.write(transaction -> {
            transaction.update("update gateway set received_count = received_count + 1 where id = ?", one);
            bothHaveOne.countDown();
            try {
                bothHaveOne.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return transaction.update("update gateway set received_count = received_count + 1 where id = ?", two);
        });
    }

    private void take(Ingest ingest, long seq) throws InterruptedException {
        ingest.take(STATE, payload("e", seq, "G1", "online"), () -> acknowledged.add("seq " + seq));
    }
}
