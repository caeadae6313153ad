package solutions.itms.scs.station;

import org.jspecify.annotations.Nullable;

/**
 * What one device is to do.
 *
 * @param inserviceLast the last operation with which it was in service; null when it never was
 * @param revision grows with every change of any device, within one run of the station
 */
record Wish(
        String id,
        Setting<Operation> operation,
        Setting<Integer> aisleMode,
        @Nullable Operation inserviceLast,
        long revision) {

    static Wish none(String id) {
        return new Wish(id, Setting.unset(), Setting.unset(), null, 0);
    }

    Wish withRevision(long number) {
        return new Wish(id, operation, aisleMode, inserviceLast, number);
    }

    /** The newer of both; what is known of the device's asking is kept. */
    Wish following(@Nullable Wish before) {
        if (before == null) {
            return this;
        }
        return revision < before.revision
                ? before
                : new Wish(
                        id,
                        operation.following(before.operation),
                        aisleMode.following(before.aisleMode),
                        inserviceLast,
                        revision);
    }
}
