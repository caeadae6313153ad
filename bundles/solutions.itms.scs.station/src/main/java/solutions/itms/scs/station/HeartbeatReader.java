package solutions.itms.scs.station;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads heartbeats from JSON, straight from the bytes. Fields that are not known are ignored or kept: newer gates may
 * send more. Of a field given twice the last one counts. Thread-safe.
 */
final class HeartbeatReader {
    static final int MAX_BULK = 1_000;

    private static final int MAX_ERRORS = 100;

    private final JsonFactory json = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(64 * 1024)
                    .maxNameLength(256)
                    .maxNumberLength(64)
                    .build())
            .build();
    private final boolean keepUnknown;

    /** @param keepUnknown whether fields that are not known are kept */
    HeartbeatReader(boolean keepUnknown) {
        this.keepUnknown = keepUnknown;
    }

    /** One heartbeat. */
    Heartbeat one(byte[] body) throws BadRequest {
        try (JsonParser in = json.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw BadRequest.of("the body must be one JSON object");
            }
            Findings findings = new Findings(MAX_ERRORS);
            Heartbeat beat = heartbeat(in, null, findings);
            requireEnd(in);
            if (beat == null) {
                throw findings.asBadRequest();
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
            Findings findings = new Findings(MAX_ERRORS);
            for (int index = 0; in.nextToken() != JsonToken.END_ARRAY; index++) {
                if (index >= MAX_BULK) {
                    throw BadRequest.tooLarge("at most " + MAX_BULK + " heartbeats may come in one request");
                }
                Heartbeat beat = element(in, index, findings);
                if (beat != null) {
                    beats.add(beat);
                }
            }
            requireEnd(in);
            if (!findings.isEmpty()) {
                throw findings.asBadRequest();
            }
            return beats;
        } catch (IOException e) {
            throw BadRequest.malformed(e);
        }
    }

    private @Nullable Heartbeat element(JsonParser in, int index, Findings findings) throws IOException {
        if (in.currentToken() == JsonToken.START_OBJECT) {
            return heartbeat(in, index, findings);
        }
        in.skipChildren();
        findings.add(new FieldError(index, null, "must be a JSON object"));
        return null;
    }

    /** The object that begins here; null when something was wrong with it, which is then among the findings. */
    private @Nullable Heartbeat heartbeat(JsonParser in, @Nullable Integer index, Findings findings)
            throws IOException {
        HeartbeatFields fields = new HeartbeatFields();
        ExtraFields extra = keepUnknown ? new ExtraFields(json) : null;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            JsonToken token = in.nextToken();
            if (!fields.take(name, token, in) && extra != null) {
                extra.take(name, in);
            }
            in.skipChildren();
        }
        return fields.heartbeat(index, findings, extra == null ? null : extra.json());
    }

    private static void requireEnd(JsonParser in) throws IOException, BadRequest {
        if (in.nextToken() != null) {
            throw BadRequest.of("there is text behind the JSON value");
        }
    }
}
