package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import solutions.itms.scs.server.TestDatabase;
import solutions.itms.scs.server.bench.ServerProcess;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.PostgresAddress;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.GatewayRegistry;

/**
 * Nothing that the gateway's connection accepted is missing in the server's database, or there twice: the gateway is
 * killed in every round, the line cut at random, and the broker killed twice in ten rounds, with the server.
 * {@code -Dscs.loss.rounds=50 -Dscs.loss.minutes=60} is a run of some minutes.
 */
class ServerLossTest {
    private static final int ROUNDS = Integer.getInteger("scs.loss.rounds", 2);
    private static final int MESSAGES = Integer.getInteger("scs.loss.messages", 300);
    private static final long SEED = Long.getLong("scs.loss.seed", 20_261_121);
    private static final Duration PATIENCE = Duration.ofMinutes(Integer.getInteger("scs.loss.minutes", 2));

    @TempDir
    Path directory;

    private @Nullable Process gateway;
    private String password = "secret";

    @AfterEach
    void killGateway() throws Exception {
        if (gateway != null) {
            gateway.destroyForcibly().waitFor();
        }
    }

    private enum Kind {
        EMBEDDED,
        MOSQUITTO
    }

    /** What is killed: the server with its broker, or another broker. */
    private interface Victim {
        void kill() throws Exception;

        void start() throws Exception;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void everyMessageThatWasAcceptedIsInTheDatabaseOnce(Kind kind) throws Exception {
        PostgresAddress postgres = TestDatabase.freshPostgres();
        Files.createDirectories(directory.resolve("data"));
        try (Database database =
                postgres == null ? Database.open(directory.resolve("data/scs.db")) : Database.open(postgres)) {
            password = new GatewayRegistry(database, Clock.systemUTC())
                    .add(new GatewayIdentity("gw1", "scs"))
                    .orElseThrow();
            if (kind == Kind.EMBEDDED) {
                try (ServerProcess server = ServerProcess.start(directory, postgres)) {
                    run(database, kind, server.mqttPort(), victim(server));
                }
            } else {
                try (BrokerProcess broker = BrokerProcess.mosquitto(directory);
                        ServerProcess server = ServerProcess.start(directory, postgres, "--broker-url", broker.url())) {
                    run(database, kind, broker.port(), victim(broker, server));
                    server.kill();
                }
            }
        }
    }

    private void run(Database database, Kind kind, int brokerPort, Victim victim) throws Exception {
        Random random = new Random(SEED);
        Path queue = Files.createDirectory(directory.resolve("gateway"));
        try (Proxy line = new Proxy(brokerPort)) {
            for (int round = 0; round < ROUNDS; round++) {
                round(random, queue, line, round, victim);
            }
            Files.deleteIfExists(queue.resolve("empty"));
            startGateway(queue, line, 0);
            await().atMost(PATIENCE).until(() -> Files.exists(queue.resolve("empty")));
        }
        long accepted = LossGateway.accepted(queue);
        assertThat(accepted).isGreaterThanOrEqualTo((long) ROUNDS * MESSAGES / 2);
        String ofEpoch = " from epoch e join receipt r on r.epoch_id = e.id where e.name = 'loss'";
        assertThat(number(database, "select count(*)" + ofEpoch)).as("ranges").isEqualTo(1);
        assertThat(number(database, "select first_seq" + ofEpoch)).isEqualTo(1);
        long last = number(database, "select last_seq" + ofEpoch);
        assertThat(last).isGreaterThanOrEqualTo(accepted);
        String samples = " from sample x join series s on s.id = x.series_id where s.metric = 'n'";
        assertThat(number(database, "select count(*)" + samples)).isEqualTo(last);
        assertThat(number(database, "select count(distinct x.whole)" + samples)).isEqualTo(last);
        assertThat(number(database, "select max(x.whole)" + samples)).isEqualTo(last);
        System.out.printf(
                "%s: %d rounds, %d messages accepted, all in the database once; %d came twice and were recognised%n",
                kind, ROUNDS, accepted, number(database, "select duplicate_count from gateway"));
    }

    private void round(Random random, Path queue, Proxy line, int round, Victim victim) throws Exception {
        long before = LossGateway.accepted(queue);
        startGateway(queue, line, MESSAGES);
        line.refuse(random.nextInt(3) == 0);
        awaitAccepted(queue, before + random.nextInt(MESSAGES / 2));
        line.cut();
        boolean killed = round % 10 == 1 || round % 10 == 6;
        if (killed) {
            victim.kill();
            awaitAccepted(queue, before + MESSAGES / 2 + random.nextInt(MESSAGES / 4));
            victim.start();
        }
        line.refuse(false);
        awaitAccepted(queue, before + MESSAGES / 2 + random.nextInt(MESSAGES / 2));
        gateway.destroyForcibly().waitFor();
    }

    private static Victim victim(ServerProcess server) {
        return new Victim() {
            @Override
            public void kill() throws Exception {
                server.kill();
            }

            @Override
            public void start() throws Exception {
                server.start();
            }
        };
    }

    /** Both at once, which is the worst: the broker forgets what the server has not written. */
    private static Victim victim(BrokerProcess broker, ServerProcess server) {
        return new Victim() {
            @Override
            public void kill() throws Exception {
                broker.kill();
                server.kill();
            }

            @Override
            public void start() throws Exception {
                broker.start();
                server.start();
            }
        };
    }

    private void startGateway(Path queue, Proxy line, int messages) throws IOException {
        gateway = new ProcessBuilder(BrokerProcess.java(
                        LossGateway.class, queue.toString(), line.url(), Integer.toString(messages), password))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("gateway.log").toFile()))
                .start();
    }

    private void awaitAccepted(Path queue, long number) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .failFast("the gateway ended by itself", () -> !gateway.isAlive())
                .until(() -> LossGateway.accepted(queue) >= number);
    }

    private static long number(Database database, String sql) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
