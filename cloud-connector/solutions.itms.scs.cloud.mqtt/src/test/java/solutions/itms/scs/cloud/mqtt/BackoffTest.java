package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofSeconds(10);

    @Test
    void pauses_double_up_to_the_longest() {
        Backoff backoff = new Backoff(MIN, MAX, always(0));

        assertThat(Stream.generate(backoff::next).limit(6).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
    }

    @Test
    void pauses_differ_between_gateways_by_up_to_a_half() {
        Backoff backoff = new Backoff(Duration.ofSeconds(10), MAX, new Random(1));

        assertThat(Stream.generate(backoff::next).limit(100))
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(5), MAX))
                .anySatisfy(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(6)))
                .anySatisfy(pause -> assertThat(pause).isGreaterThan(Duration.ofSeconds(9)));
    }

    @Test
    void only_a_connection_that_held_longer_than_the_last_pause_starts_over() {
        Backoff backoff = new Backoff(MIN, MAX, always(0));
        backoff.next();
        backoff.next();
        backoff.connectionHeld(Duration.ofSeconds(2));
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(4));

        backoff.connectionHeld(Duration.ofSeconds(5));
        assertThat(backoff.next()).isEqualTo(MIN);
    }

    @Test
    void a_longest_pause_below_the_shortest_gives_way() {
        Backoff backoff = new Backoff(MAX, Duration.ofSeconds(1), always(0));

        assertThat(Stream.generate(backoff::next).limit(2)).containsExactly(MAX, MAX);
    }

    private static RandomGenerator always(long value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return value;
            }

            @Override
            public long nextLong(long bound) {
                return value;
            }
        };
    }
}
