package solutions.itms.scs.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(5);
    private final Pace pace = new Pace(1_000, nanos::get);

    @Test
    void bytesAreSpreadEvenlyOverTime() {
        assertThat(pace.next(500, 1_000)).isEqualTo(5);
        assertThat(pace.next(500, 1_000)).isEqualTo(5 + SECOND / 2);
        assertThat(pace.next(1, 1_000)).isEqualTo(5 + SECOND);
    }

    @Test
    void whatWasNotUsedIsNotSavedUp() {
        pace.next(1_000, 1_000);
        nanos.set(100 * SECOND);

        assertThat(pace.next(1_000, 1_000)).isEqualTo(100 * SECOND);
        assertThat(pace.next(1, 1_000)).isEqualTo(101 * SECOND);
    }
}
