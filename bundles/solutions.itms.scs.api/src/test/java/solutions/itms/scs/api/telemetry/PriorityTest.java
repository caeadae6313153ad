package solutions.itms.scs.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PriorityTest {
    @Test
    void commandsAreMoreUrgentThanEventsAndEventsThanMetrics() {
        assertThat(Arrays.stream(Priority.values()).map(Priority::level))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(Priority.COMMAND.level()).isLessThan(Priority.EVENT.level());
        assertThat(Priority.EVENT.level()).isLessThan(Priority.METRICS.level());
    }

    @Test
    void noMessageOfOursBypassesTheQueueAsKurasLifeCycleMessagesDo() {
        assertThat(Priority.values()).allMatch(priority -> priority.level() > 1);
    }
}
