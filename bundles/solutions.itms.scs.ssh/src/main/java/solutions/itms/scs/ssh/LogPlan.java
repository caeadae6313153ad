package solutions.itms.scs.ssh;

import java.time.Duration;
import solutions.itms.scs.api.settings.Options;

/**
 * How logs of gates are collected.
 *
 * @param interval from one collection of a gate to the next; zero = only when somebody asks
 * @param maxBytes of one gate in one collection
 * @param bytesPerSecond from one gate; 0 = as fast as it goes
 * @param age how long they are kept
 * @param quota bytes that all of them may take on the disk, compressed
 */
record LogPlan(Duration interval, long maxBytes, long bytesPerSecond, Duration age, long quota) {
    private static final long MEGABYTE = 1024L * 1024;

    boolean isScheduled() {
        return !interval.isZero();
    }

    static LogPlan of(Options options) {
        return new LogPlan(
                Duration.ofMinutes(options.number("logs.interval", 0, 10_080, 60)),
                options.number("logs.max.size", 1, 100_000, 200) * MEGABYTE,
                options.number("logs.rate", 0, 1_000_000, 2048) * 1024L,
                Duration.ofDays(options.number("logs.days", 1, 365, 14)),
                options.number("logs.quota", 10, 1_000_000, 1024) * MEGABYTE);
    }
}
