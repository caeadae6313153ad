package solutions.itms.scs.nvr;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A disk of a recorder, as the maker's own interface tells of it.
 *
 * @param name of the recorder's
 * @param totalBytes 0 when it does not say
 * @param usedBytes of recordings, old ones that will be overwritten among them
 * @param state in the recorder's word
 * @param failed whether that means that it does not take recordings
 */
record Disk(String name, long totalBytes, long usedBytes, String state, boolean failed) {
    static final int MOST = 64;

    /** Of all disks together; null when there are none. */
    static @Nullable Long total(List<Disk> disks) {
        return disks.isEmpty()
                ? null
                : (Long) disks.stream().mapToLong(Disk::totalBytes).sum();
    }

    /** Of all disks together; null when there are none. */
    static @Nullable Long used(List<Disk> disks) {
        return disks.isEmpty()
                ? null
                : (Long) disks.stream().mapToLong(Disk::usedBytes).sum();
    }

    Map<String, Object> toJson() {
        return Map.of("name", name, "totalBytes", totalBytes, "usedBytes", usedBytes, "state", state, "failed", failed);
    }
}
