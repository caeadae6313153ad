package solutions.itms.scs.server.auth;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How often somebody may fail to log in, by address and by user name. A login that works costs nothing. Thread-safe.
 */
final class LoginLimits {
    private static final int FAILURES_PER_ADDRESS = 10;
    private static final int FAILURES_PER_USER = 10;
    private static final Duration REFILL = Duration.ofMinutes(5);
    private static final int MAX_KEYS = 10_000;

    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_KEYS;
        }
    };

    LoginLimits(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts an attempt.
     *
     * @return how long to wait before the next, if this one came too soon; it must be refused then
     */
    Optional<Duration> attempt(String address, String user) {
        Bucket byAddress = bucket("address " + address, FAILURES_PER_ADDRESS);
        Bucket byUser = bucket(userKey(user), FAILURES_PER_USER);
        ConsumptionProbe address1 = byAddress.tryConsumeAndReturnRemaining(1);
        if (!address1.isConsumed()) {
            return Optional.of(Duration.ofNanos(address1.getNanosToWaitForRefill()));
        }
        ConsumptionProbe user1 = byUser.tryConsumeAndReturnRemaining(1);
        if (!user1.isConsumed()) {
            return Optional.of(Duration.ofNanos(user1.getNanosToWaitForRefill()));
        }
        return Optional.empty();
    }

    /** Takes back the attempt, which worked. */
    void worked(String address, String user) {
        bucket("address " + address, FAILURES_PER_ADDRESS).addTokens(1);
        bucket(userKey(user), FAILURES_PER_USER).addTokens(1);
    }

    private static String userKey(String user) {
        return "user " + user.toLowerCase(Locale.ROOT);
    }

    private Bucket bucket(String key, int capacity) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(
                    key,
                    unused -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, REFILL))
                            .withCustomTimePrecision(new ClockMeter(clock))
                            .build());
        }
    }

    private record ClockMeter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return Duration.ofMillis(clock.millis()).toNanos();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
