package solutions.itms.scs.station;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the screen sends. Thread-safe. */
final class ScreenReader {
    /** A hundred characters for each of as many devices as there may be. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final int MAX_TEXT = 256;

    private final JsonFactory json = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxStringLength(1024)
                    .maxNameLength(64)
                    .maxNumberLength(16)
                    .build())
            .build();

    /** An order: {@code all} or {@code devices}, and one of {@code operation}, {@code aisleMode} and {@code restore}. */
    ScreenOrder order(byte[] body) throws BadRequest {
        Map<String, Object> values = values(body);
        return new ScreenOrder(
                devices(values),
                wanted(values),
                Boolean.TRUE.equals(values.get("confirmed")),
                text(values, "reason"),
                text(values, "pin"));
    }

    /** The id of an alarm. */
    String alarm(byte[] body) throws BadRequest {
        String id = text(values(body), "id");
        if (id == null) {
            throw BadRequest.of(new FieldError(null, "id", "must be the id of an alarm"));
        }
        return id;
    }

    private static @Nullable List<String> devices(Map<String, Object> values) throws BadRequest {
        boolean all = Boolean.TRUE.equals(values.get("all"));
        Object devices = values.get("devices");
        if (all && devices == null) {
            return null;
        }
        if (all || !(devices instanceof List<?> list) || list.isEmpty() || list.size() > Gates.MAX_GATES) {
            throw BadRequest.of(
                    new FieldError(null, "devices", "must be the ids of 1 to 10000 devices, or all must be true"));
        }
        List<String> ids = new ArrayList<>(list.size());
        for (Object id : list) {
            if (!(id instanceof String text) || !DeviceId.isValid(text)) {
                throw BadRequest.of(new FieldError(ids.size(), "devices", "must be the id of a device"));
            }
            ids.add(text);
        }
        return ids;
    }

    private static Wanted wanted(Map<String, Object> values) throws BadRequest {
        Object operation = values.get("operation");
        Object mode = values.get("aisleMode");
        boolean restore = Boolean.TRUE.equals(values.get("restore"));
        if (mode != null) {
            if (operation != null || restore) {
                throw BadRequest.of(new FieldError(null, "aisleMode", "can't be set together with an operation"));
            }
            return new Wanted.AisleMode(aisleMode(mode));
        }
        if (restore && operation == null) {
            return new Wanted.Restore();
        }
        Operation wanted = operation instanceof String text ? Operation.of(text) : null;
        if (wanted == null || (restore && !wanted.isInService())) {
            throw BadRequest.named(
                    "invalid operation",
                    new FieldError(
                            null,
                            "operation",
                            "must be one of the six operations; to restore, an in-service one or none"));
        }
        return restore ? new Wanted.RestoreOr(wanted) : new Wanted.Operate(wanted);
    }

    private static int aisleMode(Object value) throws BadRequest {
        if (value instanceof Double number && number >= 0 && number <= Wanted.AisleMode.MAX && number % 1 == 0) {
            return number.intValue();
        }
        throw BadRequest.named(
                "invalid aisleMode (0..3)", new FieldError(null, "aisleMode", "must be a whole number from 0 to 3"));
    }

    private static @Nullable String text(Map<String, Object> values, String name) throws BadRequest {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String text
                && text.length() <= MAX_TEXT
                && text.chars().noneMatch(Character::isISOControl)) {
            return text.isBlank() ? null : text;
        }
        throw BadRequest.of(
                new FieldError(null, name, "must be a text of at most " + MAX_TEXT + " printable characters"));
    }

    private Map<String, Object> values(byte[] body) throws BadRequest {
        Map<String, Object> values = new HashMap<>();
        try (JsonParser in = json.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw BadRequest.of("must be a JSON object");
            }
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String name = in.currentName();
                Object value = value(in, in.nextToken());
                if (value == null) {
                    values.remove(name);
                } else {
                    values.put(name, value);
                }
            }
            if (in.nextToken() != null) {
                throw BadRequest.of("there is text behind the JSON value");
            }
            return values;
        } catch (IOException e) {
            throw BadRequest.malformed(e);
        }
    }

    private static @Nullable Object value(JsonParser in, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_TRUE, VALUE_FALSE -> in.getBooleanValue();
            case VALUE_NULL -> null;
            case START_ARRAY -> texts(in);
            default -> {
                in.skipChildren();
                yield Map.of();
            }
        };
    }

    /** What is no text stands as an empty one, which is no valid id. */
    private static List<Object> texts(JsonParser in) throws IOException {
        List<Object> texts = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            texts.add(in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : "");
            in.skipChildren();
        }
        return texts;
    }
}
