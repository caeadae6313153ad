package solutions.itms.scs.cloud.mqtt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.cloud.mqtt.outbox.OutboxCounts;

/**
 * What a person may want to know.
 *
 * @param broker the one that is connected to, or tried now; null when none is
 * @param connectedSince null when not connected
 * @param lastError in plain words, with its time; empty when there was none
 * @param counts how full the outbox is
 * @param unanswered whether the server sends no receipts, though they are waited for
 * @param newsLost calls of listeners that were not made
 */
record SessionStatus(
        @Nullable Broker broker,
        @Nullable Instant connectedSince,
        String lastError,
        OutboxCounts counts,
        boolean unanswered,
        long newsLost) {}
