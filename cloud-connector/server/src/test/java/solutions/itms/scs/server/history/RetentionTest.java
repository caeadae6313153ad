package solutions.itms.scs.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.server.ManualClock;
import solutions.itms.scs.server.TestDatabase;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.GatewayRegistry;

class RetentionTest {
    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private Database database;
    private HistoryWriter writer;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.open(directory);
        writer = new HistoryWriter(TestDatabase.latest(database, clock));
        new GatewayRegistry(database, clock).add(new GatewayIdentity("GW", "scs"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsTooOldIsDeletedAndWhatIsNotStays() throws Exception {
        Instant now = clock.instant();
        database.inTransaction(transaction -> {
            HistoryWriter.Page page = writer.begin();
            for (int i = 0; i < 9_000; i++) {
                take(page, now.minus(Duration.ofDays(31)).plusMillis(i), Map.of("a", 1.5, "b", 2L));
            }
            take(page, now.minus(Duration.ofDays(29)), Map.of("a", 1.5, "c", 2L));
            page.save(transaction);
            return true;
        });
        Retention retention = new Retention(database, clock, Duration.ofDays(30));

        retention.sweep();

        assertThat(samples()).isEqualTo(2);
        assertThat(retention.deleted()).isEqualTo(18_000);

        clock.advance(Duration.ofDays(2));
        retention.sweep();
        assertThat(samples()).isZero();
    }

    private static void take(HistoryWriter.Page page, Instant at, Map<String, Object> metrics) {
        try {
            page.take("GW", 0, "gateway/metrics", Payload.of(at, metrics), at, null);
        } catch (solutions.itms.scs.message.MalformedPayloadException e) {
            throw new IllegalStateException(e);
        }
    }

    private long samples() {
        return database.reading()
                .withHandle(handle -> handle.createQuery("select count(*) from sample")
                        .mapTo(Long.class)
                        .one());
    }
}
