package solutions.itms.scs.command;

import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.GatewayState;

/**
 * A command as the journal knows it.
 *
 * @param position in the order of acceptance
 * @param envelope null for one that was cancelled before it came
 * @param hash of the signed content; empty for one that was cancelled before it came
 * @param runs how often it was begun
 * @param startedAt ms since 1970; 0 = it did not begin
 * @param cancelled whether somebody asked to stop it
 * @param result the signed result of a final one; null = none yet
 * @param confirmed whether the server has the result
 */
record Entry(
        long position,
        String id,
        @Nullable Envelope envelope,
        String hash,
        GatewayState state,
        int runs,
        long startedAt,
        boolean cancelled,
        @Nullable String result,
        boolean confirmed) {}
