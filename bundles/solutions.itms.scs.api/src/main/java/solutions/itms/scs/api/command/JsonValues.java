package solutions.itms.scs.api.command;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies values that have a form in JSON, so that nobody can change them any more and each kind has one Java type. */
final class JsonValues {
    private static final int MAX_DEPTH = 16;

    private JsonValues() {}

    /** A copy that can't be changed, in the same order. */
    static Map<String, @Nullable Object> object(Map<String, ? extends @Nullable Object> values) {
        return object(values, 0);
    }

    private static Map<String, @Nullable Object> object(Map<?, ?> values, int depth) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("the name of a member must be a text, not " + name);
            }
            copy.put(text, value(value, depth + 1));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static List<@Nullable Object> array(Iterable<?> values, int depth) {
        List<@Nullable Object> copy = new ArrayList<>();
        for (Object value : values) {
            copy.add(value(value, depth + 1));
        }
        return Collections.unmodifiableList(copy);
    }

    private static @Nullable Object value(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("more than " + MAX_DEPTH + " levels");
        }
        if (value == null || value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, depth);
        }
        if (value instanceof Iterable<?> list) {
            return array(list, depth);
        }
        throw new IllegalArgumentException(value.getClass().getName() + " has no form in JSON");
    }

    /** A whole number that fits is a Long, as 2.0 is, too; every other one a Double. */
    private static Number number(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (number instanceof BigInteger whole && whole.bitLength() < Long.SIZE) {
            return whole.longValue();
        }
        if (number instanceof BigDecimal decimal && isLong(decimal)) {
            return decimal.longValueExact();
        }
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(number + " has no form in JSON");
        }
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? (Number) (long) value : (Number) value;
    }

    private static boolean isLong(BigDecimal decimal) {
        // without the first check, 1e999999999 would be written out in full
        return decimal.precision() - decimal.scale() <= 19
                && decimal.scale() <= 1_000
                && decimal.stripTrailingZeros().scale() <= 0
                && decimal.toBigInteger().bitLength() < Long.SIZE;
    }
}
