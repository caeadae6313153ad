package solutions.itms.scs.server.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.server.TestPostgres;

@ExtendWith(TestPostgres.class)
class PostgresAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/scs?password=hush",
                "jdbc:postgresql://db/scs?ssl=true&PASSWORD=hush",
                "jdbc:postgresql://me:hush@db/scs",
                "jdbc:sqlite:/tmp/hush",
                "postgresql://db/scs?x=hush"
            })
    void anAddressWithAPasswordOrOfAnotherKindIsRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> new PostgresAddress(url, "scs", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hush");
    }

    @Test
    void thePasswordIsNotShown(PostgresAddress address) {
        assertThat(address.toString()).doesNotContain(address.password());
    }

    @Test
    void aWrongPasswordIsToldWithoutIt(PostgresAddress address) {
        PostgresAddress wrong = new PostgresAddress(address.url(), address.user(), "hush");

        assertThatThrownBy(() -> Database.open(wrong))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(address.url())
                .hasMessageNotContaining("hush");
    }

    @Test
    void aCommitIsDurableEvenWhereTheDatabasesOwnSettingIsNot(PostgresAddress address) throws Exception {
        try (Database database = Database.open(address)) {
            database.write(transaction -> transaction.update("alter role current_user set synchronous_commit = off"));
        }
        try (Database database = Database.open(address)) {
            assertThat(database.<String>write(transaction ->
                            transaction.first("select current_setting('synchronous_commit')", row -> row.getString(1))))
                    .isEqualTo("on");
            database.write(transaction -> transaction.update("alter role current_user reset synchronous_commit"));
        }
    }
}
