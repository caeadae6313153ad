package solutions.itms.scs.station;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads heartbeats from JSON, straight from the bytes. Unknown fields are ignored: newer gates may send more. Of a field
 * given twice the last one counts. Thread-safe.
 */
final class HeartbeatReader {
    static final int MAX_BULK = 1_000;

    private static final int MAX_ERRORS = 100;
    private static final int MAX_TEXT = 256;
    private static final int MAX_MESSAGE = 1_024;

    private final JsonFactory json = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(64 * 1024)
                    .maxNameLength(256)
                    .maxNumberLength(64)
                    .build())
            .build();

    /** One heartbeat. */
    Heartbeat one(byte[] body) throws BadRequest {
        try (JsonParser in = json.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw BadRequest.of("the body must be one JSON object");
            }
            List<FieldError> errors = new ArrayList<>();
            Heartbeat beat = heartbeat(in, null, errors);
            requireEnd(in);
            if (beat == null) {
                throw BadRequest.of(errors);
            }
            return beat;
        } catch (IOException e) {
            throw BadRequest.malformed(e);
        }
    }

    /** A bulk request: every heartbeat is valid, or none is taken. */
    List<Heartbeat> many(byte[] body) throws BadRequest {
        try (JsonParser in = json.createParser(body)) {
            if (in.nextToken() != JsonToken.START_ARRAY) {
                throw BadRequest.of("the body must be a JSON array of heartbeats");
            }
            List<Heartbeat> beats = new ArrayList<>();
            List<FieldError> errors = new ArrayList<>();
            for (int index = 0; in.nextToken() != JsonToken.END_ARRAY; index++) {
                if (index >= MAX_BULK) {
                    throw BadRequest.tooLarge("at most " + MAX_BULK + " heartbeats may come in one request");
                }
                Heartbeat beat = element(in, index, errors);
                if (beat != null) {
                    beats.add(beat);
                }
            }
            requireEnd(in);
            if (!errors.isEmpty()) {
                throw BadRequest.of(errors.subList(0, Math.min(errors.size(), MAX_ERRORS)));
            }
            return beats;
        } catch (IOException e) {
            throw BadRequest.malformed(e);
        }
    }

    private static @Nullable Heartbeat element(JsonParser in, int index, List<FieldError> errors) throws IOException {
        if (in.currentToken() == JsonToken.START_OBJECT) {
            return heartbeat(in, index, errors);
        }
        in.skipChildren();
        errors.add(new FieldError(index, null, "must be a JSON object"));
        return null;
    }

    /** The object that begins here; null when something was wrong with it, which is then among the errors. */
    private static @Nullable Heartbeat heartbeat(JsonParser in, @Nullable Integer index, List<FieldError> errors)
            throws IOException {
        Map<String, String> texts = new HashMap<>();
        List<String> notText = new ArrayList<>(0);
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            JsonToken token = in.nextToken();
            notText.remove(name);
            if (token == JsonToken.VALUE_STRING) {
                texts.put(name, in.getText());
            } else {
                texts.remove(name);
                if (token != JsonToken.VALUE_NULL) {
                    notText.add(name);
                }
                in.skipChildren();
            }
        }
        return new Fields(index, texts, notText, errors).heartbeat();
    }

    private static void requireEnd(JsonParser in) throws IOException, BadRequest {
        if (in.nextToken() != null) {
            throw BadRequest.of("there is text behind the JSON value");
        }
    }

    /** The fields of one heartbeat on their way to being checked. */
    private record Fields(
            @Nullable Integer index, Map<String, String> texts, List<String> notText, List<FieldError> errors) {

        @Nullable
        Heartbeat heartbeat() {
            int before = errors.size();
            String id = required("id", DeviceId.MAX_LENGTH);
            String ip = required("ip", MAX_TEXT);
            String status = required("status", MAX_TEXT);
            String ts = optional("ts", MAX_TEXT);
            String side = optional("side", MAX_TEXT);
            String type = optional("type", MAX_TEXT);
            String gateId = optional("gateId", MAX_TEXT);
            String stationId = optional("stationId", MAX_TEXT);
            String message = optional("message", Integer.MAX_VALUE);

            String address = ip == null ? null : IpLiteral.canonical(ip);
            Status reported = status == null ? null : Status.reported(status);
            Instant time = ts == null ? null : Timestamps.parse(ts);
            check(id == null || DeviceId.isValid(id), "id", DeviceId.RULE);
            check(ip == null || address != null, "ip", "must be an IPv4 or IPv6 address");
            check(status == null || reported != null, "status", "must be online, maintenance or fault");
            check(ts == null || time != null, "ts", "must be an ISO-8601 time with Z or an offset, 2000 to 2099");
            check(side == null || side.equals("north") || side.equals("south"), "side", "must be north or south");
            if (errors.size() > before || id == null || address == null || reported == null) {
                return null;
            }
            return new Heartbeat(id, address, reported, time, printable(message), type, side, gateId, stationId);
        }

        private @Nullable String required(String name, int max) {
            String value = optional(name, max);
            check(value != null || notText.contains(name), name, "is required");
            return value;
        }

        private @Nullable String optional(String name, int max) {
            check(!notText.contains(name), name, "must be a string");
            String value = texts.get(name);
            check(value == null || value.length() <= max, name, "must have at most " + max + " characters");
            return value;
        }

        private void check(boolean holds, String field, String reason) {
            if (!holds && errors.size() < MAX_ERRORS) {
                errors.add(new FieldError(index, field, reason));
            }
        }

        private static @Nullable String printable(@Nullable String message) {
            if (message == null) {
                return null;
            }
            String cut = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
            return cut.chars().anyMatch(Character::isISOControl) ? cut.replaceAll("\\p{Cntrl}", " ") : cut;
        }
    }
}
