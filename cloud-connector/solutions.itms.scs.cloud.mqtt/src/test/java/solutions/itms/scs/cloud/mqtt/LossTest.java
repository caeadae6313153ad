package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing that was accepted is lost: the gateway is killed in every round, the broker twice, and the line is cut at
 * random. A day of a site is {@code -Dscs.loss.rounds=50 -Dscs.loss.messages=17280}, 864,000 messages in all.
 */
class LossTest {
    private static final int ROUNDS = Integer.getInteger("scs.loss.rounds", 5);
    private static final int MESSAGES = Integer.getInteger("scs.loss.messages", 600);
    private static final long SEED = Long.getLong("scs.loss.seed", 20_261_121);
    private static final Duration PATIENCE = Duration.ofMinutes(Integer.getInteger("scs.loss.minutes", 2));

    @TempDir
    Path directory;

    private @Nullable Process gateway;

    @AfterEach
    void killGateway() throws Exception {
        if (gateway != null) {
            gateway.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mosquitto", "artemis"})
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void every_message_that_was_accepted_arrives_whatever_is_killed(String kind) throws Exception {
        Random random = new Random(SEED);
        Path queue = Files.createDirectory(directory.resolve("gateway"));
        try (BrokerProcess broker =
                        kind.equals("artemis") ? BrokerProcess.artemis(directory) : BrokerProcess.mosquitto(directory);
                Responder server = new Responder(broker.url());
                Proxy line = new Proxy(broker.port())) {
            for (int round = 0; round < ROUNDS; round++) {
                long before = LossGateway.accepted(queue);
                startGateway(queue, line, MESSAGES);
                line.refuse(random.nextInt(3) == 0);
                awaitAccepted(queue, before + random.nextInt(MESSAGES / 2));
                line.cut();
                if (round == ROUNDS / 3 || round == 2 * ROUNDS / 3) {
                    broker.kill();
                    awaitAccepted(queue, before + MESSAGES / 2 + random.nextInt(MESSAGES / 4));
                    broker.start();
                }
                line.refuse(false);
                awaitAccepted(queue, before + MESSAGES / 2 + random.nextInt(MESSAGES / 2));
                gateway.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(queue.resolve("empty"));
            startGateway(queue, line, 0);
            await().atMost(PATIENCE).until(() -> Files.exists(queue.resolve("empty")));

            long accepted = LossGateway.accepted(queue);
            assertThat(accepted).isGreaterThanOrEqualTo((long) ROUNDS * MESSAGES / 2);
            Map<Long, Long> taken = server.taken();
            assertThat(taken).hasSize(1).containsKey(1L);
            assertThat(taken.get(1L)).isGreaterThanOrEqualTo(accepted);
            System.out.printf(
                    "%s: %d rounds, %d messages accepted, all taken once; %d came twice and were recognised%n",
                    kind, ROUNDS, accepted, server.duplicates());
        }
    }

    private void startGateway(Path queue, Proxy line, int messages) throws IOException {
        gateway = new ProcessBuilder(
                        BrokerProcess.java(LossGateway.class, queue.toString(), line.url(), Integer.toString(messages)))
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
}
