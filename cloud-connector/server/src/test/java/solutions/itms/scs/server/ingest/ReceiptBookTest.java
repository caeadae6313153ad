package solutions.itms.scs.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
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

class ReceiptBookTest {
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
                ReceiptBook.Taken result = take(transaction, new Sequence("e", seq));

                assertThat(result.isNew()).isEqualTo(!taken.get(seq));
                taken.set(seq);
                missing += result.missingChange();
                assertThat(missing).isEqualTo(taken.length() - 1 - taken.cardinality());
            }
            assertThat(ranges(transaction)).isEqualTo(runs(taken));
            transaction.commit();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void inBatchesAsOneByOne(long seed) throws Exception {
        Random random = new Random(seed);
        BitSet taken = new BitSet();
        try (Transaction transaction = database.begin()) {
            for (int batch = 0; batch < 60; batch++) {
                List<ReceiptBook.Wanted> wanted = new ArrayList<>();
                for (int i = random.nextInt(20); i >= 0; i--) {
                    wanted.add(new ReceiptBook.Wanted("GW", new Sequence("e", 1 + random.nextInt(300))));
                }
                ReceiptBook book = ReceiptBook.open(transaction, wanted, NOW);
                for (ReceiptBook.Wanted one : wanted) {
                    int seq = (int) one.sequence().seq();
                    assertThat(book.take("GW", one.sequence()).isNew()).isEqualTo(!taken.get(seq));
                    taken.set(seq);
                }
                book.save();
                assertThat(ranges(transaction)).isEqualTo(runs(taken));
                assertThat(transaction.number("select sum(last_seq - first_seq + 1) from receipt"))
                        .isEqualTo(taken.cardinality());
            }
        }
    }

    @Test
    void numbersInOrderNeedOneRow() throws Exception {
        try (Transaction transaction = database.begin()) {
            for (int seq = 1; seq <= 1_000; seq++) {
                take(transaction, new Sequence("e", seq));
            }
            assertThat(ranges(transaction)).isEqualTo(1);
        }
    }

    @Test
    void theLargestNumberThereIsDoesNoHarm() throws Exception {
        try (Transaction transaction = database.begin()) {
            assertThat(take(transaction, new Sequence("e", Long.MAX_VALUE)).isNew())
                    .isTrue();
            assertThat(take(transaction, new Sequence("e", Long.MAX_VALUE)).isNew())
                    .isFalse();
            assertThat(take(transaction, new Sequence("e", Long.MAX_VALUE - 1)).isNew())
                    .isTrue();
        }
    }

    @Test
    void rangesAreLimitedByGivingUpTheLowestGaps() throws Exception {
        try (Transaction transaction = database.begin()) {
            int batch = 500;
            for (long from = 0; from < ReceiptBook.MAX_RANGES + batch; from += batch) {
                List<ReceiptBook.Wanted> odd = LongStream.range(from, from + batch)
                        .mapToObj(i -> new ReceiptBook.Wanted("GW", new Sequence("e", 1 + 2 * i)))
                        .toList();
                ReceiptBook book = ReceiptBook.open(transaction, odd, NOW);
                odd.forEach(one -> book.take("GW", one.sequence()));
                book.save();
            }
            assertThat(ranges(transaction)).isEqualTo(ReceiptBook.MAX_RANGES);
            assertThat(take(transaction, new Sequence("e", 2)).isNew()).isFalse();
        }
    }

    @Test
    void onlyTheLatestEpochsAreRemembered() throws Exception {
        try (Transaction transaction = database.begin()) {
            for (int i = 0; i < ReceiptBook.MAX_EPOCHS + 5; i++) {
                take(transaction, new Sequence("e" + i, 1));
            }
            assertThat(transaction.number("select count(*) from epoch")).isEqualTo(ReceiptBook.MAX_EPOCHS);
            assertThat(ranges(transaction)).isEqualTo(ReceiptBook.MAX_EPOCHS);
        }
    }

    private static ReceiptBook.Taken take(Transaction transaction, Sequence sequence) throws Exception {
        ReceiptBook book = ReceiptBook.open(transaction, List.of(new ReceiptBook.Wanted("GW", sequence)), NOW);
        ReceiptBook.Taken taken = book.take("GW", sequence);
        book.save();
        return taken;
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
