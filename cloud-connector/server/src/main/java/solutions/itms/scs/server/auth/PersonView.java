package solutions.itms.scs.server.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody as administrators see them.
 *
 * @param disabledAt since when they may not log in; null for who may
 */
record PersonView(
        String username,
        String role,
        Instant createdAt,
        Instant passwordAt,
        @Nullable Instant disabledAt) {}
