package solutions.itms.scs.station.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of keys that {@code config.json} leaves out: what the component's properties say, else what section 5.2
 * documents. They are filled in before the file is checked, because the schema requires the very keys that have
 * defaults. Immutable.
 */
final class Defaults {
    private final Schema schema;
    private final Map<String, Object> documented = new LinkedHashMap<>();

    Defaults(Schema schema) {
        this.schema = schema;
        // the two that section 5.2 has and the schema has not
        documented.put("databasePath", "./database/app.sqlite");
        documented.put("stationIp", "127.0.0.1");
        documented.putAll(schema.defaults());
    }

    /**
     * Fills what is missing.
     *
     * @param document the file's object, to which is added
     * @param properties the component's properties, by the document's keys; what does not suit the schema is passed over
     * @return one line for each value that was filled in
     */
    List<String> fill(Map<String, Object> document, Map<String, ?> properties) {
        List<String> lines = new ArrayList<>();
        documented.forEach((key, standard) -> {
            if (!document.containsKey(key)) {
                Object property = asJson(properties.get(key));
                boolean usable =
                        schema.property(key).check(property, "$." + key).isEmpty();
                document.put(key, usable ? property : standard);
                lines.add(key + " is not in the file: " + document.get(key)
                        + (usable ? " from the component's properties" : " by default"));
            }
        });
        return lines;
    }

    private static Object asJson(@Nullable Object property) {
        if (property instanceof Integer || property instanceof Long) {
            return BigDecimal.valueOf(((Number) property).longValue());
        }
        return property instanceof Boolean || (property instanceof String text && !text.isBlank())
                ? property
                : JsonText.NULL;
    }
}
