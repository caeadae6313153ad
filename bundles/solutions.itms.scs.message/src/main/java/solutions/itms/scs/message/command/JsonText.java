package solutions.itms.scs.message.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;

/**
 * JSON as values: maps with texts as keys, lists, texts, booleans, {@link Long}, {@link Double} and null. Reading is
 * strict, because what is signed must mean the same to everybody: no member twice, no text behind the end, no broken
 * UTF-8, at most {@value #MAX_DEPTH} levels. A whole number is a Long, however it is written; one that does not fit is
 * refused.
 */
public final class JsonText {
    public static final int MAX_DEPTH = 32;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(256)
                    .maxNumberLength(64)
                    .build())
            .build();

    private JsonText() {}

    /** Reads a document of at most so many bytes. */
    public static @Nullable Object read(byte[] utf8, int maxBytes) throws MalformedPayloadException {
        if (utf8.length > maxBytes) {
            throw new MalformedPayloadException(utf8.length + " bytes; at most " + maxBytes + " are allowed");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedPayloadException("the text is not UTF-8", e);
        }
        try (JsonParser in = JSON.createParser(text)) {
            in.nextToken();
            Object value = value(in);
            if (in.nextToken() != null) {
                throw new MalformedPayloadException("there is text behind the JSON document");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new MalformedPayloadException("not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedPayloadException("not valid JSON: " + e.getMessage(), e);
        }
    }

    /** Reads a document that must be an object. */
    public static Map<String, @Nullable Object> readObject(byte[] utf8, int maxBytes) throws MalformedPayloadException {
        if (read(utf8, maxBytes) instanceof Map<?, ?> map) {
            return members(map);
        }
        throw new MalformedPayloadException("the document is no JSON object");
    }

    /** As UTF-8, in the order of the maps. @throws IllegalArgumentException when a value has no form in JSON */
    public static byte[] write(@Nullable Object value) {
        return text(value, false).getBytes(StandardCharsets.UTF_8);
    }

    /** As UTF-8 with sorted members and no blanks: the same for equal values. */
    public static byte[] canonical(@Nullable Object value) {
        return text(value, true).getBytes(StandardCharsets.UTF_8);
    }

    /** The map as one with texts as keys; what {@link #read} made is such. */
    static Map<String, @Nullable Object> members(Map<?, ?> map) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((name, value) -> members.put((String) name, value));
        return Collections.unmodifiableMap(members);
    }

    private static @Nullable Object value(JsonParser in) throws IOException, MalformedPayloadException {
        JsonToken token = in.currentToken();
        if (token == null) {
            throw new MalformedPayloadException("the JSON document is empty");
        }
        return switch (token) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> array(in);
            case VALUE_STRING -> wellFormed(in.getText());
            case VALUE_NUMBER_INT -> whole(in);
            case VALUE_NUMBER_FLOAT -> fraction(in);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new MalformedPayloadException("not valid JSON");
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser in) throws IOException, MalformedPayloadException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = wellFormed(in.currentName());
            in.nextToken();
            members.put(name, value(in));
        }
        return Collections.unmodifiableMap(members);
    }

    private static List<@Nullable Object> array(JsonParser in) throws IOException, MalformedPayloadException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(in));
        }
        return Collections.unmodifiableList(elements);
    }

    private static Long whole(JsonParser in) throws IOException, MalformedPayloadException {
        if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new MalformedPayloadException("a number is too large");
        }
        return in.getLongValue();
    }

    private static Number fraction(JsonParser in) throws IOException, MalformedPayloadException {
        double value = in.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw new MalformedPayloadException("a number is too large");
        }
        return normal(value);
    }

    private static Number normal(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? (Number) (long) value : (Number) value;
    }

    private static String wellFormed(String text) throws MalformedPayloadException {
        if (text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
            throw new MalformedPayloadException("a text holds half a character");
        }
        return text;
    }

    private static String text(@Nullable Object value, boolean sorted) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            write(out, value, sorted, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, @Nullable Object value, boolean sorted, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("more than " + MAX_DEPTH + " levels");
        }
        if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            Map<?, ?> members = sorted ? new TreeMap<>(map) : map;
            for (Map.Entry<?, ?> member : members.entrySet()) {
                out.writeFieldName((String) member.getKey());
                write(out, member.getValue(), sorted, depth + 1);
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                write(out, element, sorted, depth + 1);
            }
            out.writeEndArray();
        } else {
            writeScalar(out, value);
        }
    }

    private static void writeScalar(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Long || value instanceof Integer) {
            out.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double number && Double.isFinite(number)) {
            Number normal = normal(number);
            if (normal instanceof Long whole) {
                out.writeNumber(whole);
            } else {
                out.writeNumber(number);
            }
        } else {
            throw new IllegalArgumentException(value + " has no form in JSON");
        }
    }
}
