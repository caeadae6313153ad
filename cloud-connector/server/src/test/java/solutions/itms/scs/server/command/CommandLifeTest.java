package solutions.itms.scs.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.server.TestDatabase;
import solutions.itms.scs.server.audit.AuditChain;
import solutions.itms.scs.server.db.Database;

/**
 * Whatever happens in whatever order to commands, on a real database. The property {@code scs.test.sequences} says how
 * many random sequences of events are played, {@code scs.test.seed} which ones.
 */
class CommandLifeTest {
    private static final int SEQUENCES = Integer.getInteger("scs.test.sequences", 100);
    private static final int EVENTS = 30;
    private static final int SEQUENCES_PER_DATABASE = 500;

    @TempDir
    Path directory;

    @Test
    void whateverHappensACommandEndsInTimeAndTellsTheTruth() throws Exception {
        long seed = Long.getLong("scs.test.seed", 20_261_121L);
        Map<String, Integer> reached = new TreeMap<>();
        int played = 0;
        for (int part = 0; played < SEQUENCES; part++) {
            Path folder = java.nio.file.Files.createDirectories(directory.resolve("part" + part));
            try (Database database = TestDatabase.open(folder)) {
                RandomLife life = new RandomLife(database, reached);
                for (int i = 0; i < SEQUENCES_PER_DATABASE && played < SEQUENCES; i++, played++) {
                    Random random = new Random(seed + played);
                    try {
                        life.play(random, EVENTS);
                    } catch (AssertionError | RuntimeException e) {
                        throw new AssertionError("with -Dscs.test.seed=" + (seed + played) + ": " + life.log(), e);
                    }
                }
                assertThat(AuditChain.firstBroken(database)).isEmpty();
            }
            deleteAll(folder);
        }
        assertThat(played).isEqualTo(SEQUENCES);
        // else the events would not have been random enough
        assertThat(reached)
                .containsKeys("SUCCESS", "FAILED", "REJECTED", "TIMEOUT", "CANCELLED", "EXPIRED")
                .hasSize(6);
        System.getLogger("lives").log(System.Logger.Level.INFO, "{0} sequences ended in {1}", played, reached);
    }

    private static void deleteAll(Path folder) throws java.io.IOException {
        try (var files = java.nio.file.Files.list(folder)) {
            for (Path file : files.toList()) {
                java.nio.file.Files.delete(file);
            }
        }
    }
}
