package solutions.itms.scs.server.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a metric's values are, as in a Kura payload. */
public enum SampleType {
    DOUBLE,
    FLOAT,
    INT64,
    INT32,
    BOOL,
    STRING,
    /** Kept, and shown, as Base64. */
    BYTES;

    /** Longest text, or Base64 of bytes, that is kept. */
    static final int MAX_TEXT = 4_096;

    /** The name in the database and in the API. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SampleType ofCode(String code) {
        return Arrays.stream(values())
                .filter(type -> type.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    static SampleType of(Object value) {
        if (value instanceof Double) {
            return DOUBLE;
        } else if (value instanceof Float) {
            return FLOAT;
        } else if (value instanceof Long) {
            return INT64;
        } else if (value instanceof Integer) {
            return INT32;
        } else if (value instanceof Boolean) {
            return BOOL;
        }
        return value instanceof String ? STRING : BYTES;
    }

    /** What is stored of the value: a {@link Double}, {@link Long} or {@link String}; null when it can't be kept. */
    static @Nullable Object stored(Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? number : null;
        } else if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        } else if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        String text = value instanceof byte[] bytes ? base64(bytes) : (String) value;
        // PostgreSQL has no text with the character 0 in it
        return text == null || text.length() > MAX_TEXT || text.indexOf('\0') >= 0 ? null : text;
    }

    /** As the API shows what was stored. */
    Object shown(Object stored) {
        if (this == BOOL && stored instanceof Long whole) {
            return whole != 0;
        }
        return stored;
    }

    private static @Nullable String base64(byte[] bytes) {
        return bytes.length > MAX_TEXT ? null : Base64.getEncoder().encodeToString(bytes);
    }
}
