package solutions.itms.scs.station;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One bucket for each source and class of traffic, for a bounded number of sources. Thread-safe. */
final class RateLimits {
    static final int MAX_SOURCES = 4_096;

    private final ConcurrentHashMap<String, Map<Traffic, TokenBucket>> sources = new ConcurrentHashMap<>();
    private final Map<Traffic, Integer> perSecond;
    private final Map<Traffic, TokenBucket> others;
    private final Ticker ticker;

    /** @param perSecond requests of each class that one source may send each second; twice as many at once */
    RateLimits(Map<Traffic, Integer> perSecond, Ticker ticker) {
        this.perSecond = Map.copyOf(perSecond);
        this.ticker = ticker;
        this.others = buckets();
    }

    /** The buckets of a source; beyond the bound on sources they share one set. */
    Map<Traffic, TokenBucket> of(String source) {
        Map<Traffic, TokenBucket> known = sources.get(source);
        if (known != null) {
            return known;
        }
        if (sources.size() >= MAX_SOURCES) {
            long now = ticker.nanos();
            sources.values().removeIf(buckets -> buckets.values().stream().allMatch(bucket -> bucket.isFull(now)));
        }
        return sources.size() >= MAX_SOURCES ? others : sources.computeIfAbsent(source, key -> buckets());
    }

    private Map<Traffic, TokenBucket> buckets() {
        Map<Traffic, TokenBucket> buckets = new EnumMap<>(Traffic.class);
        perSecond.forEach((traffic, rate) -> buckets.put(traffic, new TokenBucket(rate, 2 * rate, ticker.nanos())));
        return buckets;
    }
}
