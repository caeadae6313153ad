package solutions.itms.scs.station;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code GET /hb}: of each device the documented fields first, then what else is known. Section 6.1.3 of the
 * station interface.
 */
final class Snapshot {
    private Snapshot() {}

    static byte[] of(List<Device> devices, Wishes wishes) {
        return Answers.json(out -> {
            out.writeBooleanField("ok", true);
            out.writeArrayFieldStart("devices");
            for (Device device : devices) {
                out.writeStartObject();
                writeDevice(out, device, wishes.of(device.id()));
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    /** The fields of one device, into an object that was begun. */
    static void writeDevice(JsonGenerator out, Device device, Wish wish) throws IOException {
        Gate gate = device.gate();
        out.writeStringField("id", device.id());
        if (gate == null) {
            writePlanned(out, device.planned());
        } else {
            writeGate(out, gate);
        }
        Rejection rejection = device.rejection();
        if (rejection != null) {
            writeInstant(out, "rejectedAt", rejection.at());
            out.writeStringField("rejectedReason", rejection.reason());
            Answers.writeText(out, "rejectedSourceIp", rejection.sourceIp());
        }
        writeWish(out, wish);
        if (gate != null && gate.extra() != null) {
            out.writeFieldName("extra");
            out.writeRawValue(gate.extra());
        }
    }

    private static void writeGate(JsonGenerator out, Gate gate) throws IOException {
        out.writeStringField("deviceIp", gate.ip());
        out.writeStringField("status", gate.status().text());
        out.writeStringField("lastHeartbeat", Timestamps.shortest(gate.lastHeartbeat()));
        out.writeStringField("reportedStatus", gate.reported().text());
        out.writeStringField("receivedAt", Timestamps.millis(gate.receivedAt()));
        Answers.writeText(out, "sourceIp", gate.sourceIp());
        Answers.writeText(out, "gateId", gate.gateId());
        Answers.writeText(out, "side", gate.side());
        Answers.writeText(out, "type", gate.type());
        Answers.writeText(out, "message", gate.message());
    }

    /** A planned device that was never heard counts as offline. */
    private static void writePlanned(JsonGenerator out, @Nullable PlannedDevice planned) throws IOException {
        out.writeStringField("deviceIp", planned == null ? null : planned.ip());
        out.writeStringField("status", Status.OFFLINE.text());
        out.writeNullField("lastHeartbeat");
        out.writeNullField("reportedStatus");
        out.writeNullField("receivedAt");
        if (planned != null) {
            Answers.writeText(out, "gateId", planned.gateId());
            Answers.writeText(out, "side", planned.side());
            Answers.writeText(out, "type", planned.type());
        }
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
        Answers.writeText(out, name, at == null ? null : Timestamps.millis(at));
    }
}
