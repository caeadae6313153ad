package solutions.itms.scs.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.api.gate.GateAddress;

class GateTurnsTest {
    private static final List<GateAddress> GATES = IntStream.range(0, 50)
            .mapToObj(number -> new GateAddress("G" + number, "127.0.0.1", 22))
            .toList();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(90));
    private final Set<String> busy = new HashSet<>();
    private final GateTurns turns = new GateTurns(Duration.ofSeconds(60), nanos::get, busy::contains);

    @Test
    void theFirstTurnsAreSpreadOverTheIntervalAndTheNextFollowAfterOne() {
        assertThat(turns.begin(GATES)).hasSizeLessThan(10);
        pass(30);
        assertThat(turns.begin(GATES)).hasSizeBetween(5, 45);
        pass(30);
        turns.begin(GATES);
        GATES.forEach(gate -> {
            assertThat(turns.isRunning(gate.id())).isTrue();
            turns.next(gate.id(), 1);
            turns.end(gate.id());
        });
        pass(53);
        assertThat(turns.begin(GATES)).isEmpty();
        pass(14);
        assertThat(turns.begin(GATES)).hasSize(50);
    }

    @Test
    void aGateThatSomebodyTalksToHasItsTurnAsSoonAsTheyHaveEnded() {
        turns.begin(GATES);
        pass(60);
        busy.add("G7");
        assertThat(turns.begin(GATES)).noneMatch(gate -> gate.id().equals("G7"));
        busy.clear();
        assertThat(turns.begin(GATES)).extracting(GateAddress::id).containsExactly("G7");
    }

    @Test
    void aGateThatWentAndCameBackIsSpreadOverTheIntervalAgain() {
        turns.begin(GATES);
        pass(60);
        turns.begin(List.of());
        assertThat(turns.begin(GATES)).hasSizeLessThan(10);
    }

    private void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
