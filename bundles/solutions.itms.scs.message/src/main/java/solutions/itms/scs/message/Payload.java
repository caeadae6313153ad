package solutions.itms.scs.message;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The content of one message, with the parts that a Kura payload has. Immutable, but for the body, which nobody may
 * change.
 *
 * @param timestamp device time in whole milliseconds, if the sender gave one
 * @param position where it was taken, if the sender gave it
 * @param metrics named values in the order of the message: {@link Double}, {@link Float}, {@link Long},
 *     {@link Integer}, {@link Boolean}, {@link String} or {@code byte[]}
 * @param body free bytes, if there are any
 */
public record Payload(
        @Nullable Instant timestamp, @Nullable Position position, Map<String, Object> metrics, byte @Nullable [] body) {

    public Payload {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** A payload of metrics alone. */
    public static Payload of(Instant timestamp, Map<String, ?> metrics) {
        return new Payload(timestamp, null, Collections.unmodifiableMap(metrics), null);
    }

    /** A payload of metrics alone, without a time. */
    public static Payload of(Map<String, ?> metrics) {
        return new Payload(null, null, Collections.unmodifiableMap(metrics), null);
    }

    /** This payload with one metric more, or with another value for it. */
    public Payload with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(metrics);
        more.put(name, value);
        return new Payload(timestamp, position, more, body);
    }

    /** The text metric of this name; null when there is none. */
    public @Nullable String text(String name) throws MalformedPayloadException {
        return metric(name, String.class);
    }

    /** The whole number of this name, of 32 or 64 bits; null when there is none. */
    public @Nullable Long number(String name) throws MalformedPayloadException {
        Object value = metrics.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        throw new MalformedPayloadException("metric '" + name + "' is not a whole number");
    }

    private <T> @Nullable T metric(String name, Class<T> type) throws MalformedPayloadException {
        Object value = metrics.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new MalformedPayloadException("metric '" + name + "' is not a " + type.getSimpleName());
        }
        return type.cast(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Payload that
                && Objects.equals(timestamp, that.timestamp)
                && Objects.equals(position, that.position)
                && sameMetrics(that.metrics)
                && Arrays.equals(body, that.body);
    }

    private boolean sameMetrics(Map<String, Object> others) {
        return metrics.keySet().equals(others.keySet())
                && metrics.entrySet().stream().allMatch(e -> Objects.deepEquals(e.getValue(), others.get(e.getKey())));
    }

    @Override
    public int hashCode() {
        return Objects.hash(timestamp, position, metrics.keySet(), Arrays.hashCode(body));
    }
}
