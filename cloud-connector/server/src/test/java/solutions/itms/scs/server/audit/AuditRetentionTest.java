package solutions.itms.scs.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.server.ManualClock;
import solutions.itms.scs.server.TestDatabase;
import solutions.itms.scs.server.db.Database;

/** What is too old leaves the audit, and what is left can still be checked. */
class AuditRetentionTest {
    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private Database database;
    private AuditRetention retention;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.open(directory);
        retention = new AuditRetention(database, clock, Duration.ofDays(30));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void oldRowsAreDeletedAndTheChainOfTheOthersIsStillWhole() throws Exception {
        append(4_500);
        clock.advance(Duration.ofDays(20));
        append(10);
        clock.advance(Duration.ofDays(11));

        retention.sweep();

        assertThat(retention.deleted()).isEqualTo(4_500);
        // with a row for each part that was deleted
        assertThat(rows()).isEqualTo(10 + 3);
        assertThat(number("select min(seq) from audit")).isEqualTo(4_501);
        assertThat(AuditChain.firstBroken(database)).isEmpty();
        retention.sweep();
        assertThat(rows()).isEqualTo(13);
        append(1);
        assertThat(AuditChain.firstBroken(database)).isEmpty();
    }

    @Test
    void everythingMayBeOldAndTheChainGoesOn() throws Exception {
        append(3);
        clock.advance(Duration.ofDays(31));
        retention.sweep();
        assertThat(rows()).isEqualTo(1);

        clock.advance(Duration.ofDays(31));
        append(1);
        retention.sweep();

        assertThat(AuditChain.firstBroken(database)).isEmpty();
        assertThat(number("select seq from audit_anchor")).isEqualTo(4);
    }

    @Test
    void whatIsNotOldEnoughCannotBeDeletedNorTheBeginningMovedBack() throws Exception {
        append(3);
        clock.advance(Duration.ofDays(31));
        retention.sweep();
        append(3);

        for (String sql : new String[] {
            "delete from audit where seq > 4",
            "delete from audit",
            "update audit set reason = 'x'",
            "update audit_anchor set seq = 1",
            "delete from audit_anchor"
        }) {
            assertThatThrownBy(() -> database.write(transaction -> transaction.update(sql)))
                    .as(sql)
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(AuditChain.firstBroken(database)).isEmpty();
    }

    @Test
    void whoMovesTheBeginningForwardToHideRowsIsFound() throws Exception {
        append(5);
        database.write(transaction -> {
            transaction.update("update audit_anchor set seq = 3, sha256 = (select sha256 from audit where seq = 3)");
            return transaction.update("delete from audit where seq <= 3");
        });

        assertThat(AuditChain.firstBroken(database)).contains(4L);
    }

    @Test
    void aChainThatIsBrokenIsNotDeleted() throws Exception {
        append(5);
        database.write(transaction -> transaction.update("drop trigger audit_never_changes" + onTable()));
        database.write(transaction -> transaction.update("update audit set reason = 'x' where seq = 2"));
        clock.advance(Duration.ofDays(31));

        retention.sweep();

        assertThat(number("select min(seq) from audit")).isEqualTo(1);
        assertThat(AuditChain.firstBroken(database)).contains(2L);
    }

    /** PostgreSQL wants to know whose trigger it is. */
    private static String onTable() {
        return TestDatabase.isPostgres() ? " on audit" : "";
    }

    private void append(int count) {
        database.write(transaction -> {
            for (int i = 0; i < count; i++) {
                Audit.append(
                        transaction,
                        AuditEntry.of(clock.instant(), "test", "somebody", null, "reason " + i, Map.of("n", (long) i)));
            }
            return count;
        });
    }

    private long rows() {
        return number("select count(*) from audit");
    }

    private long number(String sql) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
