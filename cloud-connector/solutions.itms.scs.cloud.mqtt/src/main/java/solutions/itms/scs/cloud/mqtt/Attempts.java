package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which broker is tried next, and after which pause: one after the other in quick succession, then a pause that grows
 * with every round. After a connection the first one is preferred again. For the loop's thread.
 */
final class Attempts {
    private final List<Broker> brokers;
    private final Duration shortest;
    private final RandomGenerator random;
    private final Backoff backoff;
    private int index;

    Attempts(Settings settings, RandomGenerator random) {
        this.brokers = settings.brokers();
        this.shortest = settings.reconnectMin();
        this.random = random;
        this.backoff = new Backoff(settings.reconnectMin(), settings.reconnectMax(), random);
    }

    /** The broker whose turn it is; null when there is none at all. */
    @Nullable
    Broker broker() {
        return brokers.isEmpty() ? null : brokers.get(index);
    }

    /** The attempt failed; the pause before the next one. */
    Duration failed() {
        index = (index + 1) % Math.max(1, brokers.size());
        return index == 0 ? backoff.next() : Duration.ofMillis(random.nextLong(shortest.toMillis() + 1));
    }

    /** A connection has ended that held so long; the pause before the next attempt. */
    Duration lost(Duration held) {
        backoff.connectionHeld(held);
        index = 0;
        return backoff.next();
    }
}
