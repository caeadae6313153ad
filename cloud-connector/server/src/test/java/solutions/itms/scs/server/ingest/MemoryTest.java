package solutions.itms.scs.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;

/** What ingest holds in memory while the database does not answer: bounded by bytes, not by a number alone. */
class MemoryTest extends IngestFixture {
    private static final int MIB = 1024 * 1024;
    private static final long LIMIT =
            Math.min(Ingest.MAX_WAITING_BYTES, Runtime.getRuntime().maxMemory() / 10);

    @Test
    void largeMessagesWaitOutsideUntilTheDatabaseTakesThem() throws Exception {
        int messages = (int) (2 * LIMIT / (8 * MIB)) + 4;
        byte[] large = new byte[8 * MIB];
        assertHeldBack(large, messages);
    }

    @Test
    void messagesThatUnpackToMuchWaitAsWell() throws Exception {
        byte[] packed = PayloadCodec.encode(new Payload(clock.instant(), null, Map.of(), new byte[8 * MIB]));
        assertThat(packed).hasSizeLessThan(64 * 1024);
        assertHeldBack(packed, (int) (2 * LIMIT / (8 * MIB)) + 4);
    }

    @Test
    void aSmallMessageCostsWhatItHolds() throws Exception {
        ByteBudget budget = new ByteBudget(10 * 1024);
        budget.acquire(100);
        assertThat(budget.held()).isEqualTo(1024);
        assertThat(budget.acquire(50_000, 1)).isFalse();
        budget.release(100);
        // what is larger than all there is, takes all there is
        assertThat(budget.acquire(50_000, 1)).isTrue();
        budget.release(50_000);
        assertThat(budget.held()).isZero();
    }

    private void assertHeldBack(byte[] payload, int messages) throws Exception {
        AtomicInteger handedOver = new AtomicInteger();
        Thread broker = new Thread(() -> handOver(payload, messages, handedOver), "broker");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("scs.db"));
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            broker.start();
            await().until(() -> broker.getState() == Thread.State.WAITING);
            assertThat(ingest.waitingBytes()).isBetween(LIMIT / 2, LIMIT);
            assertThat(handedOver.get()).isLessThan(messages);
            assertThat(acknowledged).isEmpty();
            statement.execute("rollback");
        }
        broker.join(Duration.ofSeconds(60).toMillis());
        awaitAcknowledged(messages);
        await().until(() -> ingest.waitingBytes() == 0);
    }

    private void handOver(byte[] payload, int messages, AtomicInteger handedOver) {
        try {
            for (int i = 0; i < messages; i++) {
                take("scs/GW/SCS-V1/gate/G" + i + "/state", payload);
                handedOver.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
