package solutions.itms.scs.media.clip;

import java.time.Instant;

/**
 * A span of recorded time.
 *
 * @param from its first moment
 * @param to the first moment after it
 */
public record Span(Instant from, Instant to) {}
