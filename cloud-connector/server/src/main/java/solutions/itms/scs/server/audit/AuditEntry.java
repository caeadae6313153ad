package solutions.itms.scs.server.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of the audit, before it has its number.
 *
 * @param action such as {@code command.move}
 * @param actor who did it: a person, {@code gateway:<id>} or {@code system}
 * @param requestId of the HTTP request, if there was one
 * @param about the command it is about, if it is about one
 * @param metadata free values
 */
public record AuditEntry(
        Instant at,
        String action,
        String actor,
        @Nullable String requestId,
        @Nullable About about,
        @Nullable String previousState,
        @Nullable String newState,
        @Nullable String reason,
        Map<String, @Nullable Object> metadata) {
    /** The server itself, when nobody asked it to. */
    public static final String SYSTEM = "system";

    private static final int MAX_REASON = 1_000;

    /** Which command it is about, and what that is. Parts that are not known are null. */
    public record About(
            @Nullable String commandId,
            @Nullable String gatewayId,
            @Nullable String target,
            @Nullable String type,
            @Nullable String objectPath,
            @Nullable String operation,
            @Nullable String paramsSha256) {
        /** A gateway alone. */
        public static About gateway(String id) {
            return new About(null, id, null, null, null, null, null);
        }
    }

    public AuditEntry {
        metadata = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        if (reason != null && reason.length() > MAX_REASON) {
            reason = reason.substring(0, MAX_REASON);
        }
    }

    /** Something that is about no command. */
    public static AuditEntry of(
            Instant at,
            String action,
            String actor,
            @Nullable String requestId,
            @Nullable String reason,
            Map<String, @Nullable Object> metadata) {
        return new AuditEntry(at, action, actor, requestId, null, null, null, reason, metadata);
    }
}
