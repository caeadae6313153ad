package solutions.itms.scs.station;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One row of the self-check: what the station itself can say of one item that the operator of the line has to confirm.
 *
 * @param id {@code B1} to {@code B10}
 * @param state what can be told
 * @param facts what was found
 */
record CheckRow(String id, State state, List<Fact> facts) {
    /** So many names stand in a row; how many there are stands beside them. */
    private static final int MAX_NAMES = 20;

    /** What can be told of an item. */
    enum State {
        /** As it should be, as far as the station sees. */
        OK,
        /** Somebody should look. */
        ATTENTION,
        /** The station can't tell. */
        UNKNOWN,
        /** Nothing that software could find out: a person has to say. */
        ASK
    }

    /**
     * Something that was found. Screens have a text for each code, in each language, into which the values go.
     *
     * @param code names the text
     * @param values texts, numbers, flags and lists of texts
     */
    record Fact(String code, Map<String, Object> values) {}

    /** Collects the facts of one row. */
    static final class Builder {
        private final String id;
        private final List<Fact> facts = new ArrayList<>();
        private State state = State.OK;

        Builder(String id) {
            this.id = id;
        }

        /** A fact, with its values as name and value in turn. */
        Builder fact(String code, Object... values) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i += 2) {
                map.put((String) values[i], values[i + 1]);
            }
            facts.add(new Fact(code, map));
            return this;
        }

        /** A fact about these, when there are any, which somebody should look at. */
        Builder concern(String code, List<String> names) {
            if (!names.isEmpty()) {
                List<String> first = names.subList(0, Math.min(MAX_NAMES, names.size()));
                fact(code, "count", names.size(), "names", first);
                attention();
            }
            return this;
        }

        /** Somebody should look when this is so. */
        Builder attentionWhen(boolean so) {
            return so ? attention() : this;
        }

        Builder attention() {
            state = State.ATTENTION;
            return this;
        }

        /** Unless there is something to look at, this is what can be told. */
        Builder otherwise(State other) {
            state = state == State.ATTENTION ? state : other;
            return this;
        }

        CheckRow row() {
            return new CheckRow(id, state, List.copyOf(facts));
        }
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", id);
        out.writeStringField("state", state.name().toLowerCase(Locale.ROOT));
        out.writeArrayFieldStart("facts");
        for (Fact fact : facts) {
            out.writeStartObject();
            out.writeStringField("code", fact.code);
            out.writeObjectFieldStart("values");
            for (Map.Entry<String, Object> value : fact.values.entrySet()) {
                out.writeFieldName(value.getKey());
                writeValue(out, value.getValue());
            }
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void writeValue(JsonGenerator out, Object value) throws IOException {
        if (value instanceof Number number) {
            out.writeNumber(number.longValue());
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof List<?> names) {
            out.writeStartArray();
            for (Object name : names) {
                out.writeString(String.valueOf(name));
            }
            out.writeEndArray();
        } else {
            out.writeString(String.valueOf(value));
        }
    }
}
