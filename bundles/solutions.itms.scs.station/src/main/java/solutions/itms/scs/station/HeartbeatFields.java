package solutions.itms.scs.station;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The known fields of one heartbeat on their way to being checked: section 6.0.1. Not thread-safe. */
final class HeartbeatFields {
    private static final int MAX_TEXT = 256;
    private static final int MAX_MESSAGE = 1_024;

    private @Nullable String id;
    private @Nullable String ip;
    private @Nullable String status;
    private @Nullable String ts;
    private @Nullable String message;
    private @Nullable String type;
    private @Nullable String side;
    private @Nullable String gateId;
    private @Nullable String stationId;
    /** Fields that are there, but neither as a text nor as null. */
    private final List<String> notText = new ArrayList<>(0);

    /** Takes the field at whose value the parser stands; false when it is not known. */
    boolean take(String name, JsonToken token, JsonParser in) throws IOException {
        switch (name) {
            case "id" -> id = text(name, token, in);
            case "ip" -> ip = text(name, token, in);
            case "status" -> status = text(name, token, in);
            case "ts" -> ts = text(name, token, in);
            case "message" -> message = text(name, token, in);
            case "type" -> type = text(name, token, in);
            case "side" -> side = text(name, token, in);
            case "gateId" -> gateId = text(name, token, in);
            case "stationId" -> stationId = text(name, token, in);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The heartbeat; null when something is wrong with it, which is then among the findings. */
    @Nullable
    Heartbeat heartbeat(@Nullable Integer index, Findings findings, @Nullable String extra) {
        Check check = new Check(index, findings, notText, findings.count());
        check.required("id", id, DeviceId.MAX_LENGTH);
        check.required("ip", ip, MAX_TEXT);
        check.required("status", status, MAX_TEXT);
        check.optional("ts", ts, MAX_TEXT);
        check.optional("side", side, MAX_TEXT);
        check.optional("type", type, MAX_TEXT);
        check.optional("gateId", gateId, MAX_TEXT);
        check.optional("stationId", stationId, MAX_TEXT);
        check.optional("message", message, Integer.MAX_VALUE);
        String address = ip != null ? IpLiteral.canonical(ip) : null;
        Status reported = status != null ? Status.reported(status) : null;
        Instant time = ts != null ? Timestamps.parse(ts) : null;
        check.that(id == null || DeviceId.isValid(id), "id", DeviceId.RULE);
        check.that(ip == null || address != null, "ip", "must be an IPv4 or IPv6 address");
        check.that(status == null || reported != null, "status", "must be online, maintenance or fault");
        check.that(ts == null || time != null, "ts", "must be an ISO-8601 time with Z or an offset, 2000 to 2099");
        check.that(side == null || side.equals("north") || side.equals("south"), "side", "must be north or south");
        if (check.hasFound() || id == null || address == null || reported == null) {
            findings.concern(id);
            return null;
        }
        return new Heartbeat(id, address, reported, time, printable(message), type, side, gateId, stationId, extra);
    }

    private @Nullable String text(String name, JsonToken token, JsonParser in) throws IOException {
        if (!notText.isEmpty()) {
            notText.remove(name);
        }
        if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
            notText.add(name);
        }
        return token == JsonToken.VALUE_STRING ? in.getText() : null;
    }

    private static @Nullable String printable(@Nullable String message) {
        if (message == null) {
            return null;
        }
        String cut = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
        for (int i = 0; i < cut.length(); i++) {
            if (Character.isISOControl(cut.charAt(i))) {
                return cut.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", " ");
            }
        }
        return cut;
    }

    /** Checks the fields of one heartbeat, and notes what is wrong. */
    private record Check(@Nullable Integer index, Findings findings, List<String> notText, int foundBefore) {
        void required(String name, @Nullable String value, int max) {
            that(value != null || notText.contains(name), name, "is required");
            optional(name, value, max);
        }

        void optional(String name, @Nullable String value, int max) {
            that(!notText.contains(name), name, "must be a string");
            if (value != null && value.length() > max) {
                that(false, name, "must have at most " + max + " characters");
            }
        }

        void that(boolean holds, String field, String reason) {
            if (!holds) {
                findings.add(new FieldError(index, field, reason));
            }
        }

        boolean hasFound() {
            return findings.count() > foundBefore;
        }
    }
}
