package solutions.itms.scs.server.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.audit.AuditEntry;

/**
 * Who or what makes something happen to a command.
 *
 * @param actor a person, {@code gateway:<id>} or {@code system}
 * @param requestId of the HTTP request, if there was one
 * @param reason in the actor's words
 * @param at by the server's clock
 */
record Cause(
        String actor, @Nullable String requestId, @Nullable String reason, Instant at) {
    static Cause system(Instant at) {
        return new Cause(AuditEntry.SYSTEM, null, null, at);
    }

    static Cause gateway(String id, Instant at) {
        return new Cause("gateway:" + id, null, null, at);
    }
}
