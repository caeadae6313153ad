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

    static byte[] snapshot(List<Gate> gates, Wishes wishes) {
        return json(out -> {
            out.writeBooleanField("ok", true);
            out.writeArrayFieldStart("devices");
            for (Gate gate : gates) {
                writeGate(out, gate, wishes.of(gate.id()));
            }
            out.writeEndArray();
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

    private static void writeGate(JsonGenerator out, Gate gate, Wish wish) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", gate.id());
        out.writeStringField("deviceIp", gate.ip());
        out.writeStringField("status", gate.status().text());
        out.writeStringField("lastHeartbeat", Timestamps.shortest(gate.lastHeartbeat()));
        out.writeStringField("reportedStatus", gate.reported().text());
        out.writeStringField("receivedAt", Timestamps.millis(gate.receivedAt()));
        writeText(out, "sourceIp", gate.sourceIp());
        writeText(out, "gateId", gate.gateId());
        writeText(out, "side", gate.side());
        writeText(out, "type", gate.type());
        writeText(out, "message", gate.message());
        writeWish(out, wish);
        out.writeEndObject();
    }

    private static void writeWish(JsonGenerator out, Wish wish) throws IOException {
        Operation operation = wish.operation().value();
        Operation last = wish.inserviceLast();
        out.writeStringField("operation", operation == null ? null : operation.text());
        writeDelivery(out, "operation", wish.operation());
        Integer mode = wish.aisleMode().value();
        if (mode == null) {
            out.writeNullField("aisleMode");
        } else {
            out.writeNumberField("aisleMode", mode);
        }
        writeDelivery(out, "aisleMode", wish.aisleMode());
        out.writeStringField("inserviceLast", last == null ? null : last.text());
    }

    private static void writeDelivery(JsonGenerator out, String name, Setting<?> setting) throws IOException {
        writeInstant(out, name + "RequestedAt", setting.requestedAt());
        writeInstant(out, name + "PolledAt", setting.polledAt());
        writeInstant(out, name + "DeliveredAt", setting.deliveredAt());
    }

    private static void writeInstant(JsonGenerator out, String name, @Nullable Instant at) throws IOException {
        writeText(out, name, at == null ? null : Timestamps.millis(at));
    }

    private static void writeText(JsonGenerator out, String name, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    private static byte[] json(Fields fields) {
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

    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator out) throws IOException;
    }
}
