package solutions.itms.scs.station.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final int DOCUMENTS = 5_000;
    private static final List<Object> VALUES = List.of(
            "x",
            "",
            "info",
            "production",
            "north",
            "192.168.1.1",
            0,
            1,
            -1,
            14,
            65535,
            65536,
            1.5,
            true,
            false,
            JsonText.NULL,
            List.of(),
            Map.of(),
            List.of(1),
            Map.of("en", "a", "th", "b"),
            Map.of("tz", "UTC"),
            Map.of("tz", 7),
            List.of(Map.of("id", "G1", "ip", "10.0.0.1")),
            List.of(Map.of("id", 1)),
            List.of(Map.of("id", "G1", "ip", "10.0.0.1", "side", "south", "type", "t", "gateId", "g"), "x"));
    private static final List<String> EXTRA_KEYS = List.of("x", "Devices", "en", "id", "a b", "ไทย");

    @Test
    @DisplayName("C2: documents are refused for the very rules for which a complete validator refuses them")
    void documentsAreJudgedAsByACompleteValidator() throws Exception {
        JsonSchema reference;
        try (InputStream in = Schema.class.getResourceAsStream("config.schema.json")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            reference =
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(text);
        }
        Schema ours = Schema.ofConfigFile();
        Random random = new Random(4);
        int good = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            String text = Fixtures.json(changed(Fixtures.document(), random));
            TreeSet<String> expected = new TreeSet<>();
            reference
                    .validate(text, InputFormat.JSON)
                    .forEach(message -> expected.add(message.getType() + " "
                            + place(message.getInstanceLocation().toString(), message.getProperty())));
            // of a value of the wrong type we say that alone
            Set<String> wrongTypes = expected.stream()
                    .filter(each -> each.startsWith("type "))
                    .map(each -> each.replaceFirst("type", "enum"))
                    .collect(Collectors.toSet());
            expected.removeAll(wrongTypes);
            TreeSet<String> found = new TreeSet<>();
            ours.check(JsonText.parse(text), "$")
                    .forEach(problem -> found.add(problem.rule() + " " + parentOfMissing(problem)));
            assertThat(found).as(text).isEqualTo(expected);
            good += expected.isEmpty() ? 1 : 0;
        }
        assertThat(good).isBetween(DOCUMENTS / 50, DOCUMENTS / 2);
    }

    @Test
    void anUnknownKeywordIsRefused() {
        assertThatThrownBy(() -> Schema.of("{\"properties\":{\"a\":{\"pattern\":\"x\"}}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pattern");
    }

    /** Changes one to three things anywhere in a document. */
    private static Map<String, Object> changed(Map<String, Object> document, Random random) {
        Map<String, Object> changed = new LinkedHashMap<>(document);
        if (random.nextBoolean()) {
            changed.put("devices", List.of(Map.of("id", "G1", "ip", "10.0.0.1", "side", "north"), any(random)));
        }
        if (random.nextBoolean()) {
            changed.put("time", Map.of("tz", any(random)));
        }
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            List<String> keys = new ArrayList<>(changed.keySet());
            String key = keys.get(random.nextInt(keys.size()));
            switch (random.nextInt(3)) {
                case 0 -> changed.remove(key);
                case 1 -> changed.put(key, any(random));
                default -> changed.put(EXTRA_KEYS.get(random.nextInt(EXTRA_KEYS.size())), any(random));
            }
        }
        return changed;
    }

    private static Object any(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    /** The reference names the object that has an unknown key or misses one, and the key apart. */
    private static String place(String location, @Nullable String property) {
        return property == null ? location : location + " " + property;
    }

    private static String parentOfMissing(ConfigProblem problem) {
        String path = problem.path();
        if (!problem.rule().equals("required") && !problem.rule().equals("additionalProperties")) {
            return path;
        }
        int bracket = path.endsWith("']") ? path.lastIndexOf("['") : -1;
        return bracket >= 0
                ? path.substring(0, bracket) + " " + path.substring(bracket + 2, path.length() - 2)
                : path.substring(0, path.lastIndexOf('.')) + " " + path.substring(path.lastIndexOf('.') + 1);
    }
}
