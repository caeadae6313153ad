package solutions.itms.scs.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kura's other payload encoding, {@code simple-json}: {@code sentOn} in ms, {@code position}, {@code metrics} and a
 * {@code body} in base64. JSON does not tell 32 from 64 bits: whole numbers are read as {@link Long}, others as
 * {@link Double}; bytes come as text.
 */
public final class JsonPayloadCodec {
    private static final int MAX_METRICS = 10_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxStringLength(PayloadCodec.MAX_BYTES)
                    .maxNameLength(1_024)
                    .maxNumberLength(64)
                    .build())
            .build();

    private JsonPayloadCodec() {}

    /** The payload as UTF-8 JSON; metrics of bytes become base64. */
    public static byte[] encode(Payload payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            if (payload.timestamp() != null) {
                out.writeNumberField("sentOn", payload.timestamp().toEpochMilli());
            }
            if (payload.position() != null) {
                write(out, payload.position());
            }
            out.writeObjectFieldStart("metrics");
            for (Map.Entry<String, Object> metric : payload.metrics().entrySet()) {
                write(out, metric.getKey(), metric.getValue());
            }
            out.writeEndObject();
            if (payload.body() != null) {
                out.writeStringField("body", Base64.getEncoder().encodeToString(payload.body()));
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Whether the bytes look like JSON: no other payload begins with a brace. */
    public static boolean isJson(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == '{';
            }
        }
        return false;
    }

    /** Reads a payload; unknown fields are skipped. */
    public static Payload decode(byte[] bytes) throws MalformedPayloadException {
        if (bytes.length > PayloadCodec.MAX_BYTES) {
            throw new MalformedPayloadException(
                    bytes.length + " bytes; at most " + PayloadCodec.MAX_BYTES + " are allowed");
        }
        try (JsonParser in = JSON.createParser(bytes)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedPayloadException("the payload is no JSON object");
            }
            Payload payload = payload(in);
            if (in.nextToken() != null) {
                throw new MalformedPayloadException("there is text behind the JSON payload");
            }
            return payload;
        } catch (JsonProcessingException e) {
            throw new MalformedPayloadException("not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedPayloadException("not a JSON payload: " + e.getMessage(), e);
        }
    }

    private static Payload payload(JsonParser in) throws IOException, MalformedPayloadException {
        Instant timestamp = null;
        Position position = null;
        Map<String, Object> metrics = Map.of();
        byte[] body = null;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (name) {
                case "sentOn" -> timestamp = Instant.ofEpochMilli(in.getLongValue());
                case "position" -> position = position(values(in, name));
                case "metrics" -> metrics = values(in, name);
                case "body" -> body = Base64.getDecoder().decode(in.getText());
                default -> in.skipChildren();
            }
        }
        return new Payload(timestamp, position, metrics, body);
    }

    private static Map<String, Object> values(JsonParser in, String where)
            throws IOException, MalformedPayloadException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedPayloadException("'" + where + "' is no JSON object");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            Object value = switch (in.nextToken()) {
                case VALUE_STRING -> in.getText();
                case VALUE_NUMBER_INT -> in.getLongValue();
                case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_NULL -> null;
                default -> throw new MalformedPayloadException("'" + name + "' in '" + where + "' is no value");
            };
            if (value != null) {
                values.put(name, value);
            }
            if (values.size() > MAX_METRICS) {
                throw new MalformedPayloadException("more than " + MAX_METRICS + " metrics");
            }
        }
        return values;
    }

    private static Position position(Map<String, Object> values) throws MalformedPayloadException {
        Double latitude = number(values, "latitude");
        Double longitude = number(values, "longitude");
        if (latitude == null || longitude == null) {
            throw new MalformedPayloadException("the position has no latitude or no longitude");
        }
        Double timestamp = number(values, "timestamp");
        Double satellites = number(values, "satellites");
        Double status = number(values, "status");
        return new Position(
                latitude,
                longitude,
                number(values, "altitude"),
                number(values, "precision"),
                number(values, "heading"),
                number(values, "speed"),
                timestamp == null ? null : Instant.ofEpochMilli(timestamp.longValue()),
                satellites == null ? null : satellites.intValue(),
                status == null ? null : status.intValue());
    }

    private static @Nullable Double number(Map<String, Object> values, String name) throws MalformedPayloadException {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new MalformedPayloadException("'" + name + "' of the position is no number");
    }

    private static void write(JsonGenerator out, Position position) throws IOException {
        out.writeObjectFieldStart("position");
        out.writeNumberField("latitude", position.latitude());
        out.writeNumberField("longitude", position.longitude());
        optional(out, "altitude", position.altitude());
        optional(out, "precision", position.precision());
        optional(out, "heading", position.heading());
        optional(out, "speed", position.speed());
        optional(
                out,
                "timestamp",
                position.timestamp() == null ? null : position.timestamp().toEpochMilli());
        optional(out, "satellites", position.satellites());
        optional(out, "status", position.status());
        out.writeEndObject();
    }

    private static void optional(JsonGenerator out, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            write(out, name, value);
        }
    }

    private static void write(JsonGenerator out, String name, Object value) throws IOException {
        if (value instanceof Long || value instanceof Integer) {
            out.writeNumberField(name, ((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            out.writeNumberField(name, ((Number) value).doubleValue());
        } else if (value instanceof Boolean flag) {
            out.writeBooleanField(name, flag);
        } else if (value instanceof byte[] bytes) {
            out.writeStringField(name, Base64.getEncoder().encodeToString(bytes));
        } else {
            out.writeStringField(name, value.toString());
        }
    }
}
