package solutions.itms.scs.cloud.mqtt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person may want to know.
 *
 * @param connectedSince null when not connected
 * @param lastError in plain words, with its time; empty when there was none
 * @param counts how full the outbox is
 * @param newsLost calls of listeners that were not made
 */
record SessionStatus(@Nullable Instant connectedSince, String lastError, Outbox.Counts counts, long newsLost) {}
