package solutions.itms.scs.ssh;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one probe of one gate.
 *
 * @param gateId the device
 * @param at when it began
 * @param millis time from the start to the end of each level that was reached, in milliseconds
 * @param failed the level that was not; null when all were
 * @param reason why not, in words for people; null when all were
 * @param vitals what the gate said of itself, as far as it did
 */
record ProbeResult(
        String gateId,
        Instant at,
        Map<Level, Long> millis,
        @Nullable Level failed,
        @Nullable String reason,
        Vitals vitals) {
    boolean isWell() {
        return failed == null;
    }
}
