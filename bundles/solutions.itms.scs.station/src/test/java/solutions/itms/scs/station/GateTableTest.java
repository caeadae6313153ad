package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Durability;
import solutions.itms.scs.store.FileStores;

class GateTableTest {
    @TempDir
    Path directory;

    private Database database;

    @BeforeEach
    void open() throws Exception {
        database = new FileStores(directory, Clock.systemUTC()).open("station", StationSchema.SCHEMA, Durability.FULL);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aGateThatChangedOnlyInTimesIsWholeAfterBeingWrittenAgain() throws Exception {
        TrackedGate tracked = TrackedGate.heardFirst(gate(Status.ONLINE, 1), 0);
        save(tracked);
        tracked.refresh(gate(Status.ONLINE, 2));
        save(tracked);
        assertThat(rows()).containsExactly(gate(Status.ONLINE, 2));
        tracked.change(gate(Status.FAULT, 3));
        save(tracked);
        assertThat(rows()).containsExactly(gate(Status.FAULT, 3));
    }

    @Test
    void whatWasRolledBackIsWrittenAgainInFull() throws Exception {
        TrackedGate tracked = TrackedGate.heardFirst(gate(Status.ONLINE, 1), 0);
        save(tracked);
        tracked.change(gate(Status.FAULT, 2));
        assertThatThrownBy(() -> database.write(statements -> {
                            GateTable.save(statements, tracked);
                            throw new SQLException("the disk is full");
                        })
                        .get(10, TimeUnit.SECONDS))
                .hasMessageContaining("the disk is full");
        assertThat(rows()).containsExactly(gate(Status.ONLINE, 1));
        tracked.refresh(gate(Status.FAULT, 3));
        save(tracked);
        assertThat(rows()).containsExactly(gate(Status.FAULT, 3));
    }

    @Test
    void timesAreWrittenToARowOfTheirOwnAndTheGatesRowStaysAsItIs() throws Exception {
        TrackedGate tracked = TrackedGate.heardFirst(gate(Status.ONLINE, 1), 0);
        save(tracked);
        tracked.refresh(gate(Status.ONLINE, 2));
        save(tracked);
        assertThat(number("SELECT last_heartbeat_ms FROM gate")).isEqualTo(1_700_000_001_000L);
        assertThat(number("SELECT last_heartbeat_ms FROM beat")).isEqualTo(1_700_000_002_000L);
        assertThat(number("SELECT count(*) FROM beat")).isEqualTo(1);
    }

    @Test
    void afterAStartAGateKeepsTheRowOfItsTimes() throws Exception {
        save(TrackedGate.heardFirst(gate(Status.ONLINE, 1), 0));
        TrackedGate loaded = TrackedGate.loaded(gate(Status.ONLINE, 1), 0);
        loaded.refresh(gate(Status.ONLINE, 5));
        save(loaded);
        assertThat(rows()).containsExactly(gate(Status.ONLINE, 5));
        assertThat(number("SELECT count(*) FROM beat")).isEqualTo(1);
    }

    private long number(String sql) throws Exception {
        return database.read(statements -> {
            try (ResultSet rows = statements.get(sql).executeQuery()) {
                return rows.next() ? rows.getLong(1) : -1;
            }
        });
    }

    private void save(TrackedGate tracked) throws Exception {
        database.write(statements -> GateTable.save(statements, tracked)).get(10, TimeUnit.SECONDS);
    }

    private List<Gate> rows() throws Exception {
        return database.read(GateTable::loadAll);
    }

    private static Gate gate(Status status, long second) {
        Instant at = Instant.ofEpochSecond(1_700_000_000 + second);
        return new Gate(
                "G1",
                "10.0.0.1",
                status,
                status,
                at,
                at,
                "10.0.0.1",
                "G",
                "north",
                "entry-reader",
                "text",
                "{\"x\":1}");
    }
}
