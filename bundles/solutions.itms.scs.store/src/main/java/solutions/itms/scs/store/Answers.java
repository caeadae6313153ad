package solutions.itms.scs.store;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what has become of transactions, in the order of their commits. Where somebody gathers what hangs on the
 * futures, that is done while the next group is already on its way to the disk, by whichever thread comes by; else
 * before anybody else can write. Thread-safe.
 */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final Queue<List<Work<?>>> settled = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean telling = new AtomicBoolean();
    private volatile @Nullable Consumer<Runnable> around;

    /** @param gatherer runs what completes the futures of one group */
    void gather(Consumer<Runnable> gatherer) {
        around = gatherer;
    }

    /** These are committed, or have failed. To be called under the lock of the writer, in the order of the commits. */
    void add(List<Work<?>> group) {
        if (around == null) {
            group.forEach(Work::complete);
        } else {
            settled.add(group);
        }
    }

    /** Tells of what was added, unless another thread does; not to be called under the lock of the writer. */
    void tell() {
        Consumer<Runnable> gatherer = around;
        while (gatherer != null && !settled.isEmpty() && telling.compareAndSet(false, true)) {
            try {
                for (List<Work<?>> group = settled.poll(); group != null; group = settled.poll()) {
                    tell(gatherer, group);
                }
            } finally {
                telling.set(false);
            }
        }
    }

    private static void tell(Consumer<Runnable> gatherer, List<Work<?>> group) {
        try {
            gatherer.accept(() -> group.forEach(Work::complete));
        } catch (RuntimeException e) {
            LOG.error("What hangs on a commit failed", e);
            group.forEach(Work::complete);
        }
    }
}
