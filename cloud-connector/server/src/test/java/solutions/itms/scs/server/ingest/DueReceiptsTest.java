package solutions.itms.scs.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.server.device.GatewayIdentity;

class DueReceiptsTest {
    private static final GatewayIdentity ONE = new GatewayIdentity("one", "scs");
    private static final GatewayIdentity TWO = new GatewayIdentity("two", "scs");

    private long now = TimeUnit.HOURS.toNanos(3);
    private final DueReceipts due = new DueReceipts(() -> now);

    @Test
    void theFirstReceiptIsDueAtOnceAndTheNextOneASecondLaterWithAllThatCameMeanwhile() {
        due.touch(List.of(span(ONE, "e", 5)));
        assertThat(due.take()).containsExactly(span(ONE, "e", 5));
        due.touch(List.of(span(ONE, "e", 9), span(ONE, "e", 7)));
        pass(999);
        due.touch(List.of(span(ONE, "e", 8)));
        assertThat(due.take()).isEmpty();
        pass(1);
        assertThat(due.take()).containsExactly(new DueReceipts.Span(ONE, "e", 1, 7, 9));
        pass(5_000);
        assertThat(due.take()).isEmpty();
    }

    @Test
    void oneGatewayDoesNotWaitForAnother() {
        due.touch(List.of(span(ONE, "e", 5)));
        due.take();
        due.touch(List.of(span(ONE, "e", 6), span(TWO, "e", 1)));
        assertThat(due.take()).containsExactly(span(TWO, "e", 1));
    }

    @Test
    void theEpochsOfOneGatewayAreToldTogether() {
        due.touch(List.of(span(ONE, "old", 5), span(ONE, "new", 1)));
        assertThat(due.take()).containsExactlyInAnyOrder(span(ONE, "old", 5), span(ONE, "new", 1));
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static DueReceipts.Span span(GatewayIdentity gateway, String epoch, long seq) {
        return new DueReceipts.Span(gateway, epoch, 1, seq, seq);
    }
}
