package solutions.itms.scs.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateHealthTest {
    private final GateHealth health = new GateHealth();

    @Test
    void oneLateProbeTellsNobodyAndTwoDoOnce() {
        health.take(result(null));
        assertThat(health.take(result(null))).isTrue();
        assertThat(health.take(result(Level.TCP))).isFalse();
        assertThat(health.take(result(null))).isFalse();
        assertThat(health.take(result(null))).isFalse();
        assertThat(health.take(result(Level.TCP))).isFalse();
        assertThat(health.take(result(Level.TCP))).isTrue();
        assertThat(health.take(result(Level.TCP))).isFalse();
    }

    @Test
    void anotherReasonIsNews() {
        health.take(result(Level.TCP));
        assertThat(health.take(result(Level.TCP))).isTrue();
        health.take(result(Level.HOST_KEY));
        assertThat(health.take(result(Level.HOST_KEY))).isTrue();
    }

    @Test
    void aGateThatDoesNotAnswerIsProbedLessAndLessOftenUntilItDoes() {
        assertThat(IntStream.range(0, 7)
                        .map(i -> {
                            health.take(result(Level.TCP));
                            return health.intervalsToNext();
                        })
                        .toArray())
                .containsExactly(1, 1, 2, 4, 8, 8, 8);
        health.take(result(null));
        assertThat(health.intervalsToNext()).isEqualTo(1);
    }

    private static ProbeResult result(@Nullable Level failed) {
        return new ProbeResult(
                "G1", Instant.EPOCH, Map.of(), failed, failed == null ? null : "for a reason", Vitals.NONE);
    }
}
