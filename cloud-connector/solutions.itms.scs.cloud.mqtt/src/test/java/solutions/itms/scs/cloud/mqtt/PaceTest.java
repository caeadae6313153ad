package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong nanos = new AtomicLong(1_000);
    private final Pace pace = new Pace(nanos::get, new Random(7));

    @Test
    void so_many_messages_go_in_a_second_as_are_allowed() {
        pace.set(new Pacing(50, 0, Duration.ZERO));
        assertThat(sentIn(Duration.ofSeconds(10), 100)).isBetween(540, 552);
    }

    @Test
    void so_many_bytes_go_in_a_second_as_are_allowed_and_a_large_message_makes_the_next_wait() {
        pace.set(new Pacing(0, 10_000, Duration.ZERO));
        assertThat(sentIn(Duration.ofSeconds(10), 1_000)).isBetween(105, 112);
        pass(Duration.ofSeconds(5));
        pace.spend(100_000);
        assertThat(Duration.ofNanos(pace.waitNanos())).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
        assertThat(pace.leastUrgent()).isEqualTo(Pace.URGENT);
    }

    @Test
    void without_limits_nothing_waits() {
        pace.set(new Pacing(0, 0, Duration.ZERO));
        for (int i = 0; i < 1_000_000; i++) {
            pace.spend(1_000_000);
        }
        assertThat(pace.waitNanos()).isZero();
    }

    @Test
    void a_backlog_waits_for_a_random_time_and_a_few_messages_do_not() {
        pace.set(new Pacing(100, 0, Duration.ofSeconds(15)));
        pace.connected(Pace.BACKLOG);
        assertThat(pace.waitNanos()).isZero();
        pace.connected(Pace.BACKLOG + 1);
        long wait = pace.waitNanos();
        assertThat(wait).isBetween(1L, Duration.ofSeconds(15).toNanos());
        assertThat(pace.leastUrgent()).isEqualTo(Pace.URGENT);
        nanos.addAndGet(wait);
        assertThat(pace.leastUrgent()).isEqualTo(Pace.ALL);
    }

    private int sentIn(Duration time, long size) {
        long end = nanos.get() + time.toNanos();
        int sent = 0;
        while (true) {
            long wait = pace.waitNanos();
            if (nanos.get() + wait > end) {
                return sent;
            }
            nanos.addAndGet(wait);
            pace.spend(size);
            sent++;
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
