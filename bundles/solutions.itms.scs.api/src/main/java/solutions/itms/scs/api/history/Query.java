package solutions.itms.scs.api.history;

import java.time.Instant;

/**
 * Which samples are wanted.
 *
 * @param subject the subject itself, or with a slash at its end all that begin with it; empty = all
 * @param from the earliest time
 * @param to the latest time
 * @param after only samples with a greater number; 0 = all
 * @param limit how many at most, 1 to {@link #MAX_LIMIT}
 */
public record Query(String subject, Instant from, Instant to, long after, int limit) {
    public static final int MAX_LIMIT = 10_000;

    /** @throws IllegalArgumentException if the limit is out of its range */
    public Query {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
        }
    }
}
