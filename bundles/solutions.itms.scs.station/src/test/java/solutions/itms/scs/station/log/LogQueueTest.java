package solutions.itms.scs.station.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LogQueueTest {
    private final LogQueue queue = new LogQueue(3, 1_000);

    @Test
    void whatMattersLeastGoesFirst() throws InterruptedException {
        offer(Level.INFO, "info 1");
        offer(Level.DEBUG, "debug 1");
        offer(Level.DEBUG, "debug 2");
        offer(Level.ERROR, "error 1");
        offer(Level.DEBUG, "debug 3");
        offer(Level.WARN, "warn 1");
        assertThat(texts()).containsExactly("info 1", "error 1", "warn 1");
        assertThat(queue.dropped()).isEqualTo(3);
    }

    @Test
    void amongEqualsTheFirstStays() throws InterruptedException {
        for (int i = 1; i <= 5; i++) {
            offer(Level.INFO, "info " + i);
        }
        assertThat(texts()).containsExactly("info 1", "info 2", "info 3");
        assertThat(queue.dropped()).isEqualTo(2);
    }

    @Test
    void lengthIsLimitedToo() throws InterruptedException {
        offer(Level.DEBUG, "x".repeat(900));
        offer(Level.INFO, "y".repeat(500));
        assertThat(texts()).containsExactly("y".repeat(500));
    }

    @Test
    void aClosedQueueGivesWhatItHasAndTakesNoMore() throws InterruptedException {
        offer(Level.INFO, "last");
        queue.close();
        offer(Level.ERROR, "late");
        assertThat(texts()).containsExactly("last");
        assertThat(queue.take()).isNull();
        assertThat(queue.await(0)).isTrue();
    }

    private void offer(Level level, String text) {
        queue.offer(new Entry(Instant.EPOCH, level, Folder.APP, "", text));
    }

    private List<String> texts() throws InterruptedException {
        return Objects.requireNonNull(queue.take()).stream().map(Entry::text).toList();
    }
}
