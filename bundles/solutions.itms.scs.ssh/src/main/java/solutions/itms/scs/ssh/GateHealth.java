package solutions.itms.scs.ssh;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one gate from its probes, and when to probe it again. A verdict changes with the second probe that
 * says so, not with the first. Not thread-safe.
 */
final class GateHealth {
    /** Probes that have to agree before anybody is told. */
    static final int AGREEING = 2;

    private static final int MAX_BACKOFF = 8;

    private @Nullable ProbeResult last;
    private boolean told;
    private @Nullable Level toldFailure;
    private int agreeing;
    private int failures;

    /** Takes the result of a probe; true when the verdict has changed, and somebody is to be told. */
    boolean take(ProbeResult result) {
        boolean same = last != null && last.failed() == result.failed();
        agreeing = same ? agreeing + 1 : 1;
        failures = result.isWell() ? 0 : failures + 1;
        last = result;
        if (agreeing < AGREEING || (told && toldFailure == result.failed())) {
            return false;
        }
        told = true;
        toldFailure = result.failed();
        return true;
    }

    @Nullable
    ProbeResult last() {
        return last;
    }

    /** Whether it answers, as was told; empty when nothing was told yet. */
    Optional<Boolean> verdict() {
        return told ? Optional.of(toldFailure == null) : Optional.empty();
    }

    /** How many intervals to wait: gates that don't answer are asked less and less often. */
    int intervalsToNext() {
        return failures <= AGREEING ? 1 : Math.min(MAX_BACKOFF, 1 << Math.min(3, failures - AGREEING));
    }
}
