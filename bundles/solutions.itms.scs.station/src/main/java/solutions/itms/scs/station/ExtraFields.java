package solutions.itms.scs.station;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** The fields of one heartbeat that are not known, as one JSON object; those beyond the limit are left out. */
final class ExtraFields {
    static final int MAX_LENGTH = 2_048;

    private final JsonFactory json;
    private final StringBuilder kept = new StringBuilder();

    ExtraFields(JsonFactory json) {
        this.json = json;
    }

    /** Takes the value at which the parser stands; it then stands at its end. */
    void take(String name, JsonParser in) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = json.createGenerator(text)) {
            out.writeStartObject();
            out.writeFieldName(name);
            out.copyCurrentStructureExact(in);
            out.writeEndObject();
        }
        // without the braces around it
        int length = text.getBuffer().length() - 2;
        if (kept.length() + length < MAX_LENGTH) {
            kept.append(kept.isEmpty() ? "" : ",").append(text.getBuffer(), 1, length + 1);
        }
    }

    /** The object; null when there is nothing in it. */
    @Nullable
    String json() {
        return kept.isEmpty() ? null : "{" + kept + "}";
    }
}
