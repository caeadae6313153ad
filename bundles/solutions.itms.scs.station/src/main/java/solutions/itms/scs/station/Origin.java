package solutions.itms.scs.station;

import org.jspecify.annotations.Nullable;

/**
 * Who wants a change, and why, as the audit keeps it.
 *
 * @param who where the request came from, such as {@code http 192.168.1.101}, {@code screen} or {@code command 7f3a}
 * @param reason in the words of whoever wants it
 * @param mayLeaveEmergency whether the change may take a device out of {@code emergency}
 */
record Origin(String who, @Nullable String reason, boolean mayLeaveEmergency) {}
