package solutions.itms.scs.station;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of control writes: one documented field each, and beside it a {@code reason} for the audit, if
 * somebody gives one. Thread-safe.
 */
final class ControlReader {
    private static final int MAX_REASON = 256;

    private final JsonFactory json = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(4 * 1024)
                    .maxNameLength(256)
                    .maxNumberLength(64)
                    .build())
            .build();

    /** What the sender wants, and why, if it says so. */
    record Change(Wanted wanted, @Nullable String reason) {}

    /** @param field {@code operation}, {@code aisleMode} or {@code op} */
    Change read(byte[] body, String field) throws BadRequest {
        Map<String, Object> values = values(body);
        Object value = values.get(field);
        Wanted wanted = switch (field) {
            case "operation" -> new Wanted.Operate(operation(value, field));
            case "aisleMode" -> new Wanted.AisleMode(aisleMode(value, field));
            case "op" -> new Wanted.InserviceLast(inService(value, field));
            default -> throw new IllegalArgumentException(field);
        };
        return new Change(wanted, reason(values.get("reason")));
    }

    private static Operation operation(@Nullable Object value, String field) throws BadRequest {
        Operation operation = value instanceof String text ? Operation.of(text) : null;
        if (operation == null) {
            throw invalid("invalid operation", field, "must be one of the six operations, in lower case");
        }
        return operation;
    }

    private static Operation inService(@Nullable Object value, String field) throws BadRequest {
        Operation operation = value instanceof String text ? Operation.of(text) : null;
        if (operation == null || !operation.isInService()) {
            throw invalid("invalid operation", field, "must be inservice_entry, inservice_exit or inservice_bidirect");
        }
        return operation;
    }

    private static int aisleMode(@Nullable Object value, String field) throws BadRequest {
        if (value instanceof Double number && number >= 0 && number <= Wanted.AisleMode.MAX && number % 1 == 0) {
            return number.intValue();
        }
        throw invalid("invalid aisleMode (0..3)", field, "must be a whole number from 0 to 3");
    }

    private static @Nullable String reason(@Nullable Object value) throws BadRequest {
        if (value == null) {
            return null;
        }
        if (value instanceof String text
                && text.length() <= MAX_REASON
                && text.chars().noneMatch(Character::isISOControl)) {
            return text.isBlank() ? null : text;
        }
        throw BadRequest.of(
                new FieldError(null, "reason", "must be a text of at most " + MAX_REASON + " printable characters"));
    }

    private static BadRequest invalid(String error, String field, String reason) {
        return BadRequest.named(error, new FieldError(null, field, reason));
    }

    /** The texts and numbers of the object's fields; of a field given twice the last counts. */
    private Map<String, Object> values(byte[] body) throws BadRequest {
        Map<String, Object> values = new HashMap<>();
        try (JsonParser in = json.createParser(body)) {
            JsonToken first = in.nextToken();
            if (first != JsonToken.START_OBJECT) {
                in.skipChildren();
            } else {
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    readField(in, values);
                }
            }
            if (first != null && in.nextToken() != null) {
                throw BadRequest.of("there is text behind the JSON value");
            }
            return values;
        } catch (IOException e) {
            throw BadRequest.malformed(e);
        }
    }

    private static void readField(JsonParser in, Map<String, Object> values) throws IOException {
        String name = in.currentName();
        switch (in.nextToken()) {
            case VALUE_STRING -> values.put(name, in.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> values.put(name, in.getDoubleValue());
            case VALUE_NULL -> values.remove(name);
            case VALUE_TRUE, VALUE_FALSE -> values.put(name, in.getBooleanValue());
            default -> {
                in.skipChildren();
                values.put(name, Map.of());
            }
        }
    }
}
