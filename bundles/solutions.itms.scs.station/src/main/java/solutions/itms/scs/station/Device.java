package solutions.itms.scs.station;

import org.jspecify.annotations.Nullable;

/**
 * A device of the station: one that was heard, or planned, or both.
 *
 * @param gate what is known of it; null = never heard
 * @param planned what it is to be; null = not planned
 * @param rejection its last heartbeat that was refused, when that is newer than what is known
 */
record Device(
        String id,
        @Nullable Gate gate,
        @Nullable PlannedDevice planned,
        @Nullable Rejection rejection) {}
