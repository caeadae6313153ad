package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovedQueuesTest {
    @TempDir
    Path directory;

    private RemovedQueues queues;

    @BeforeEach
    void two_queues() throws IOException {
        for (String file : new String[] {"outbox-one.sqlite", "outbox-one.sqlite-wal", "outbox-two.sqlite"}) {
            Files.writeString(directory.resolve(file), "x");
        }
        queues = new RemovedQueues(directory);
    }

    @Test
    void the_queue_of_a_removed_connection_is_deleted_after_thirty_days_of_running() throws Exception {
        queues.removed("outbox-one");
        pass(RemovedQueues.KEPT_HOURS - 1);
        assertThat(files()).contains("outbox-one.sqlite", "outbox-one.sqlite-wal");

        // a restart in between changes nothing
        queues = new RemovedQueues(directory);
        pass(1);

        assertThat(files()).containsExactly("outbox-two.sqlite");
    }

    @Test
    void a_connection_that_is_made_again_keeps_its_queue() throws Exception {
        queues.removed("outbox-one");
        pass(RemovedQueues.KEPT_HOURS - 1);

        queues.used("outbox-one");

        pass(RemovedQueues.KEPT_HOURS);
        assertThat(files()).containsExactly("outbox-one.sqlite", "outbox-one.sqlite-wal", "outbox-two.sqlite");
    }

    @Test
    void what_has_no_file_is_not_marked_and_a_mark_that_is_damaged_counts_anew() throws Exception {
        queues.removed("outbox-none");
        assertThat(files()).doesNotContain("outbox-none.removed");
        queues.removed("outbox-two");
        Files.writeString(directory.resolve("outbox-two.removed"), "?");

        pass(RemovedQueues.KEPT_HOURS - 1);
        assertThat(files()).contains("outbox-two.sqlite");
        pass(1);

        assertThat(files()).doesNotContain("outbox-two.sqlite");
        new RemovedQueues(directory.resolve("nowhere")).hourPassed();
    }

    private void pass(int hours) {
        for (int i = 0; i < hours; i++) {
            queues.hourPassed();
        }
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }
}
