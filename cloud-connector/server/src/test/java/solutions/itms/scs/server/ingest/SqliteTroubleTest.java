package solutions.itms.scs.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static solutions.itms.scs.server.TestGateway.payload;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Ingest when the SQLite file takes no writes. */
class SqliteTroubleTest extends IngestFixture {
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

    private void limitPages(long pages) {
        database.write(transaction -> transaction.number("pragma max_page_count = " + pages));
    }
}
