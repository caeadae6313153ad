package solutions.itms.scs.station;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A heartbeat that was refused, though it names a gate of this station. */
record Rejection(Instant at, String reason, @Nullable String sourceIp) {}
