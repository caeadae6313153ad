package solutions.itms.scs.nvr;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.DeviceInformation;

/**
 * What the last look at a recorder found. Immutable.
 *
 * @param reachable whether it answered at all
 * @param authenticated whether it let us in; null when that was not tried
 * @param latencyMillis of the first answer
 * @param clockAheadMillis null when its clock can't be read
 * @param information null as long as it was never read
 * @param profileG whether it can be searched
 * @param jobErrors of recording jobs, in words
 * @param disks where it stores, as it says; empty when it does not say
 * @param capacity how full its disks are, by the maker's own interface; empty when that is not asked or does not say
 * @param reason why something is wrong; empty when nothing is
 */
record Health(
        boolean reachable,
        @Nullable Boolean authenticated,
        @Nullable Long latencyMillis,
        @Nullable Long clockAheadMillis,
        @Nullable DeviceInformation information,
        boolean profileG,
        List<Channel> channels,
        List<String> jobErrors,
        List<String> disks,
        List<Disk> capacity,
        String authentication,
        String reason) {
    static final Health UNKNOWN =
            new Health(false, null, null, null, null, false, List.of(), List.of(), List.of(), List.of(), "", "");

    /** Channels that ought to record and don't. */
    List<Channel> idle() {
        return channels.stream().filter(Channel::idle).toList();
    }

    /** Names of disks that take no recordings. */
    List<String> failedDisks() {
        return capacity.stream().filter(Disk::failed).map(Disk::name).toList();
    }

    /** Whether nothing is wrong. */
    boolean well() {
        return reachable && !Boolean.FALSE.equals(authenticated) && idle().isEmpty() && jobErrors.isEmpty();
    }

    /** online, fault or offline. */
    String status() {
        return well() ? "online" : reachable ? "fault" : "offline";
    }

    /** The oldest data of the channel that reaches back the least; null when no channel tells. */
    @Nullable
    Instant reachesBack() {
        return channels.stream()
                .filter(channel -> !channel.status().equals(Channel.MISSING))
                .map(Channel::oldest)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
    }

    Map<String, Object> metrics() {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("reachable", reachable);
        metrics.put("status", status());
        put(metrics, "authenticated", authenticated);
        put(metrics, "latency.ms", latencyMillis);
        put(metrics, "clock.ahead.ms", clockAheadMillis);
        put(metrics, "firmware", information == null ? null : information.firmware());
        put(metrics, "authentication", authentication.isEmpty() ? null : authentication);
        metrics.put("profile.g", profileG);
        metrics.put("channels", (long) channels.size());
        metrics.put(
                "channels.recording",
                channels.stream()
                        .filter(channel -> channel.status().equals(Channel.RECORDING))
                        .count());
        channels.forEach(channel -> {
            String prefix = "channel." + channel.channel() + ".";
            metrics.put(prefix + "status", channel.status());
            put(metrics, prefix + "oldest", millis(channel.oldest()));
            put(metrics, prefix + "newest", millis(channel.newest()));
            put(metrics, prefix + "gap.s", channel.gapSeconds());
        });
        metrics.put("disks", (long) Math.max(disks.size(), capacity.size()));
        put(metrics, "storage.total.bytes", Disk.total(capacity));
        put(metrics, "storage.used.bytes", Disk.used(capacity));
        if (!capacity.isEmpty()) {
            metrics.put("disks.failed", (long) failedDisks().size());
        }
        put(metrics, "reason", reason.isEmpty() ? null : reason);
        return metrics;
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : (Long) time.toEpochMilli();
    }

    private static void put(Map<String, Object> metrics, String name, @Nullable Object value) {
        if (value != null) {
            metrics.put(name, value);
        }
    }
}
