package solutions.itms.scs.station;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of answers, as UTF-8 JSON. */
final class Answers {
    static final byte[] OK = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);

    private static final JsonFactory JSON = new JsonFactory();

    private Answers() {}

    static byte[] count(int count) {
        return ("{\"ok\":true,\"count\":" + count + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** The documented error text, and behind it what is wrong with which field. */
    static byte[] error(String error, List<FieldError> details) {
        return json(out -> {
            out.writeBooleanField("ok", false);
            out.writeStringField("error", error);
            if (!details.isEmpty()) {
                out.writeArrayFieldStart("details");
                for (FieldError detail : details) {
                    writeDetail(out, detail);
                }
                out.writeEndArray();
            }
        });
    }

    /** One operation under this name; JSON's null when there is none. */
    static byte[] operation(String name, @Nullable Operation operation) {
        return json(out -> {
            out.writeBooleanField("ok", true);
            out.writeStringField(name, operation == null ? null : operation.text());
        });
    }

    static byte[] aisleMode(@Nullable Integer mode) {
        return ("{\"ok\":true,\"aisleMode\":" + mode + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** The last in-service operation of every device that has one. */
    static byte[] inserviceLast(List<Wish> wishes) {
        return json(out -> {
            out.writeBooleanField("ok", true);
            out.writeArrayFieldStart("items");
            for (Wish wish : wishes) {
                Operation last = wish.inserviceLast();
                if (last != null) {
                    out.writeStartObject();
                    out.writeStringField("id", wish.id());
                    out.writeStringField("op", last.text());
                    out.writeEndObject();
                }
            }
            out.writeEndArray();
        });
    }

    static byte[] time(Instant now, ZoneId zone) {
        return json(out -> {
            out.writeBooleanField("ok", true);
            out.writeStringField("nowUtc", Timestamps.millis(now));
            out.writeNumberField("epochMs", now.toEpochMilli());
            out.writeStringField("tz", zone.getId());
            out.writeNumberField("offsetMinutes", zone.getRules().getOffset(now).getTotalSeconds() / 60);
        });
    }

    private static void writeDetail(JsonGenerator out, FieldError detail) throws IOException {
        out.writeStartObject();
        if (detail.index() != null) {
            out.writeNumberField("index", detail.index());
        }
        writeText(out, "field", detail.field());
        out.writeStringField("reason", detail.reason());
        out.writeEndObject();
    }

    /** A text field, unless there is none. */
    static void writeText(JsonGenerator out, String name, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    /** An object with these fields. */
    static byte[] json(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes the fields of an object. */
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator out) throws IOException;
    }
}
