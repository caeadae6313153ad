package solutions.itms.scs.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.server.ManualClock;
import solutions.itms.scs.server.TestDatabase;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.GatewayRegistry;

class ReceiptsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir
    Path directory;

    private Database database;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.open(directory);
        new GatewayRegistry(database, new ManualClock()).add(new GatewayIdentity("GW", "scs"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void inAnyOrderEachNumberIsNewOnceAndTheGapsAreWhatIsMissing(long seed) throws Exception {
        Random random = new Random(seed);
        BitSet taken = new BitSet();
        long missing = 0;
        try (Transaction transaction = database.begin()) {
            for (int i = 0; i < 600; i++) {
                int seq = 1 + random.nextInt(300);
                Receipts.Taken result = Receipts.take(transaction, "GW", new Sequence("e", seq), NOW);

                assertThat(result.isNew()).isEqualTo(!taken.get(seq));
                taken.set(seq);
                missing += result.missingChange();
                assertThat(missing).isEqualTo(taken.length() - 1 - taken.cardinality());
            }
            assertThat(ranges(transaction)).isEqualTo(runs(taken));
            transaction.commit();
        }
    }

    @Test
    void numbersInOrderNeedOneRow() throws Exception {
        try (Transaction transaction = database.begin()) {
            for (int seq = 1; seq <= 1_000; seq++) {
                Receipts.take(transaction, "GW", new Sequence("e", seq), NOW);
            }
            assertThat(ranges(transaction)).isEqualTo(1);
        }
    }

    @Test
    void theLargestNumberThereIsDoesNoHarm() throws Exception {
        try (Transaction transaction = database.begin()) {
            assertThat(Receipts.take(transaction, "GW", new Sequence("e", Long.MAX_VALUE), NOW)
                            .isNew())
                    .isTrue();
            assertThat(Receipts.take(transaction, "GW", new Sequence("e", Long.MAX_VALUE), NOW)
                            .isNew())
                    .isFalse();
            assertThat(Receipts.take(transaction, "GW", new Sequence("e", Long.MAX_VALUE - 1), NOW)
                            .isNew())
                    .isTrue();
        }
    }

    @Test
    void rangesAreLimitedByGivingUpTheLowestGaps() throws Exception {
        try (Transaction transaction = database.begin()) {
            for (long i = 0; i < Receipts.MAX_RANGES + 10; i++) {
                Receipts.take(transaction, "GW", new Sequence("e", 1 + 2 * i), NOW);
            }
            assertThat(ranges(transaction)).isEqualTo(Receipts.MAX_RANGES);
            assertThat(Receipts.take(transaction, "GW", new Sequence("e", 2), NOW)
                            .isNew())
                    .isFalse();
        }
    }

    @Test
    void onlyTheLatestEpochsAreRemembered() throws Exception {
        try (Transaction transaction = database.begin()) {
            for (int i = 0; i < Receipts.MAX_EPOCHS + 5; i++) {
                Receipts.take(transaction, "GW", new Sequence("e" + i, 1), NOW);
            }
            assertThat(transaction.number("select count(*) from epoch")).isEqualTo(Receipts.MAX_EPOCHS);
            assertThat(ranges(transaction)).isEqualTo(Receipts.MAX_EPOCHS);
        }
    }

    private static long ranges(Transaction transaction) throws Exception {
        return transaction.number("select count(*) from receipt");
    }

    private static long runs(BitSet bits) {
        long runs = 0;
        for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(bits.nextClearBit(i))) {
            runs++;
        }
        return runs;
    }
}
