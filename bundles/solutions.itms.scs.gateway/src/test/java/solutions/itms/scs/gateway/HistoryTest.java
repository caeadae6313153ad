package solutions.itms.scs.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.history.Query;
import solutions.itms.scs.api.history.Sample;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.store.FileStores;

class HistoryTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final History.Retention WEEK = new History.Retention(Duration.ofDays(7), 100_000_000);

    @TempDir
    Path directory;

    private Instant now = START;
    private History history;

    @BeforeEach
    void open() {
        history = open(WEEK);
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void samples_are_found_by_subject_time_and_number() throws Exception {
        for (int i = 0; i < 10; i++) {
            record("gate/G1/state", i);
            record("gate/G10/state", i);
            record("gateway/metrics", i);
            now = now.plusSeconds(60);
        }
        history.keep();

        assertThat(history.read(all(1_000))).hasSize(30);
        assertThat(history.read(query("gate/", 0, 100))).hasSize(20);
        assertThat(history.read(query("gate/G1/", 0, 100))).hasSize(10);
        assertThat(values(history.read(query("gate/G1/state", 0, 3)))).containsExactly(0L, 1L, 2L);
        Sample third = history.read(query("gate/G1/state", 0, 3)).get(2);
        assertThat(third.at()).isEqualTo(START.plusSeconds(120));
        assertThat(values(history.read(query("gate/G1/state", third.number(), 2))))
                .containsExactly(3L, 4L);
        assertThat(values(history.read(
                        new Query("gate/G1/state", START.plusSeconds(60), START.plusSeconds(180), 0, 100))))
                .containsExactly(1L, 2L, 3L);
        assertThatIllegalArgumentException().isThrownBy(() -> all(0));
    }

    @Test
    void gates_that_live_on_unchanged_fill_no_disk() throws Exception {
        record("gate/beats", 1);
        record("gate/G1/state", 2);
        history.keep();
        assertThat(values(history.read(all(10)))).containsExactly(2L);
    }

    @Test
    void a_restart_keeps_what_there_is_and_age_removes_it() throws Exception {
        record("a", 1);
        now = now.plus(Duration.ofDays(1));
        record("a", 2);
        history.close();
        history = open(WEEK);
        assertThat(values(history.read(all(10)))).containsExactly(1L, 2L);

        for (int day = 2; day <= 7; day++) {
            now = START.plus(Duration.ofDays(day)).plusSeconds(1);
            history.keep();
        }
        assertThat(values(history.read(all(10)))).containsExactly(2L);
    }

    @Test
    void a_clock_that_jumps_removes_nothing() throws Exception {
        record("a", 1);
        history.keep();
        now = START.plus(Duration.ofDays(30_000));
        history.keep();
        now = START.plusSeconds(10);
        history.keep();
        assertThat(values(history.read(all(10)))).containsExactly(1L);
    }

    @Test
    void too_much_is_cut_at_the_oldest_end() throws Exception {
        history.keepFor(new History.Retention(Duration.ofDays(7), 1_000_000));
        for (int i = 0; i < 3_000; i++) {
            byte[] body = new byte[700];
            new java.util.Random(i).nextBytes(body);
            history.record("a", new Payload(now, null, Map.of("n", (long) i), body));
        }
        for (int i = 0; i < 10; i++) {
            history.keep();
        }
        List<Long> left = values(history.read(all(10_000)));
        assertThat(left).hasSizeBetween(500, 1_500).last().isEqualTo(2_999L);
        assertThat(directory.resolve("history.sqlite").toFile().length()).isLessThan(1_100_000);
    }

    @Test
    void without_days_nothing_is_kept() throws Exception {
        history.keepFor(new History.Retention(Duration.ZERO, 1_000_000));
        record("a", 1);
        history.keep();
        assertThat(history.read(all(10))).isEmpty();
    }

    private History open(History.Retention retention) {
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new History(new FileStores(directory, clock), clock, retention, Duration.ofHours(1));
    }

    private void record(String subject, long n) {
        history.record(subject, Payload.of(now, Map.of("n", n)));
    }

    private static Query all(int limit) {
        return query("", 0, limit);
    }

    private static Query query(String subject, long after, int limit) {
        return new Query(subject, START.minusSeconds(1), START.plus(Duration.ofDays(40_000)), after, limit);
    }

    private static List<Long> values(List<Sample> samples) {
        return samples.stream()
                .map(sample -> (Long) sample.payload().metrics().get("n"))
                .toList();
    }
}
