package solutions.itms.scs.message.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.message.MalformedPayloadException;

class SchemaTest {
    private static final JsonSchemaFactory REFERENCE = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    @Test
    void agreesWithTheReferenceOnRandomDocumentsForEveryCommand() {
        Random random = new Random(42);
        int valid = 0;
        int count = 0;
        for (CommandType type : CommandRegistry.standard().all()) {
            for (Schema schema : List.of(type.parameters(), type.result())) {
                JsonSchema reference = reference(schema.json());
                for (int i = 0; i < 60; i++) {
                    Object document = document(schema, random, 3);
                    boolean isValid = agree(schema, reference, document);
                    valid += isValid ? 1 : 0;
                    count++;
                }
            }
        }
        // both kinds must be there for the comparison to mean anything
        assertThat(valid).isBetween(count / 10, count * 9 / 10);
    }

    @Test
    void agreesWithTheReferenceOnRandomSchemas() throws MalformedPayloadException {
        Random random = new Random(43);
        for (int i = 0; i < 500; i++) {
            Map<String, @Nullable Object> json = randomSchema(random, 3);
            Schema schema = Schema.of(JsonText.readObject(JsonText.write(json), 100_000));
            JsonSchema reference = reference(schema.json());
            for (int j = 0; j < 10; j++) {
                agree(schema, reference, random.nextBoolean() ? document(schema, random, 3) : any(random, 3));
            }
        }
    }

    @Test
    void problemsTellWhere() {
        Schema schema = schema("{\"type\":\"object\",\"properties\":{\"a/b\":{\"type\":\"array\",\"items\":"
                + "{\"type\":\"integer\",\"maximum\":3}}}}");
        assertThat(schema.validate(Map.of("a/b", List.of(1L, 4L, "x"))))
                .containsExactly(
                        new Problem("/a~1b/1", "must be 3 or less"), new Problem("/a~1b/2", "must be a whole number"));
    }

    @Test
    void aDocumentFullOfProblemsIsNotReadToItsEnd() {
        Schema schema = schema("{\"items\":{\"type\":\"string\"}}");
        List<@Nullable Object> numbers = new ArrayList<>();
        for (long i = 0; i < 100_000; i++) {
            numbers.add(i);
        }
        assertThat(schema.validate(numbers)).hasSize(20);
    }

    @Test
    void whatItCannotCheckIsRefusedRatherThanIgnored() {
        for (String faulty : List.of(
                "{\"anyOf\":[]}",
                "{\"type\":\"text\"}",
                "{\"type\":[]}",
                "{\"enum\":[]}",
                "{\"minimum\":\"1\"}",
                "{\"maxLength\":-1}",
                "{\"pattern\":\"(\"}",
                "{\"items\":[]}",
                "{\"additionalProperties\":{}}",
                "{\"properties\":{\"a\":1}}",
                "{\"type\":\"integer\",\"default\":\"x\"}")) {
            assertThatThrownBy(() -> schema(faulty)).as(faulty).isInstanceOf(RegistryException.class);
        }
    }

    private static boolean agree(Schema schema, JsonSchema reference, @Nullable Object document) {
        String text = new String(JsonText.write(document), StandardCharsets.UTF_8);
        boolean expected = reference.validate(text, InputFormat.JSON).isEmpty();
        assertThat(schema.validate(document).isEmpty())
                .as("%s by %s", text, new String(JsonText.write(schema.json()), StandardCharsets.UTF_8))
                .isEqualTo(expected);
        return expected;
    }

    private static JsonSchema reference(Map<String, @Nullable Object> json) {
        return REFERENCE.getSchema(new String(JsonText.write(json), StandardCharsets.UTF_8));
    }

    private static Schema schema(String json) {
        try {
            return Schema.of(JsonText.readObject(json.getBytes(StandardCharsets.UTF_8), 10_000));
        } catch (MalformedPayloadException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A document that is near to what the schema wants. */
    private static @Nullable Object document(Schema schema, Random random, int depth) {
        if (random.nextInt(12) == 0 || depth == 0) {
            return any(random, depth);
        }
        Object allowed = schema.keyword("enum").orElse(List.of());
        if (allowed instanceof List<?> list && !list.isEmpty() && random.nextInt(8) > 0) {
            return list.get(random.nextInt(list.size()));
        }
        Object types = schema.keyword("type").orElse("object");
        Object type = types instanceof List<?> list ? list.get(random.nextInt(list.size())) : types;
        return switch (type.toString()) {
            case "object" -> object(schema, random, depth);
            case "array" -> {
                List<@Nullable Object> list = new ArrayList<>();
                Schema items = schema.keyword("items").isPresent()
                        ? Schema.of(JsonText.members(
                                (Map<?, ?>) schema.keyword("items").orElseThrow()))
                        : Schema.of(Map.of());
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(document(items, random, depth - 1));
                }
                yield list;
            }
            case "integer" -> number(schema, random);
            case "number" -> random.nextBoolean() ? (Object) number(schema, random) : random.nextGaussian() * 3;
            case "boolean" -> random.nextBoolean();
            case "null" -> null;
            default -> text(random);
        };
    }

    private static Map<String, @Nullable Object> object(Schema schema, Random random, int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        Object required = schema.keyword("required").orElse(List.of());
        schema.properties().forEach((name, property) -> {
            boolean needed = required instanceof List<?> list && list.contains(name);
            if (needed ? random.nextInt(15) > 0 : random.nextInt(3) == 0) {
                object.put(name, document(property, random, depth - 1));
            }
        });
        if (random.nextInt(10) == 0) {
            object.put("other", any(random, depth - 1));
        }
        return object;
    }

    private static long number(Schema schema, Random random) {
        long least =
                schema.keyword("minimum").map(n -> ((Number) n).longValue()).orElse(-3L);
        long most = schema.keyword("maximum").map(n -> ((Number) n).longValue()).orElse(least + 10);
        return switch (random.nextInt(6)) {
            case 0 -> least - 1;
            case 1 -> most + 1;
            case 2 -> least;
            case 3 -> most;
            default -> least + (long) (random.nextDouble() * (most - least));
        };
    }

    private static String text(Random random) {
        String letters = "ab0_-./ กข\uD83D\uDE00\"\\é";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(20) == 0 ? 80 : 8); i > 0; i--) {
            int at = letters.offsetByCodePoints(0, random.nextInt(letters.codePointCount(0, letters.length())));
            text.appendCodePoint(letters.codePointAt(at));
        }
        return text.toString();
    }

    private static @Nullable Object any(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> (long) random.nextInt(10) - 5;
            case 3 -> random.nextDouble() * 10;
            case 4 -> (double) random.nextInt(5);
            case 5 -> text(random);
            case 6 -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(any(random, depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(String.valueOf((char) ('a' + random.nextInt(4))), any(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static Map<String, @Nullable Object> randomSchema(Random random, int depth) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        String[] types = {"object", "array", "string", "integer", "number", "boolean", "null"};
        if (random.nextInt(4) > 0) {
            json.put(
                    "type",
                    random.nextBoolean()
                            ? types[random.nextInt(types.length)]
                            : List.of(types[random.nextInt(3)], types[3 + random.nextInt(4)]));
        }
        if (random.nextInt(3) == 0) {
            json.put("minimum", (long) random.nextInt(6) - 3);
            json.put("maximum", random.nextBoolean() ? (Object) 2.5 : (Object) 4L);
        }
        if (random.nextInt(3) == 0) {
            json.put("minLength", (long) random.nextInt(3));
            json.put("maxLength", (long) random.nextInt(6));
        }
        if (random.nextInt(4) == 0) {
            json.put("pattern", List.of("^a", "b$", "[0-9]", "^[ab0_-]*$").get(random.nextInt(4)));
        }
        if (random.nextInt(5) == 0) {
            json.put("enum", List.of("a", 1L, 2.5, true, any(random, 0) instanceof Long n ? n : "b"));
        }
        if (random.nextInt(8) == 0) {
            json.put("const", (long) random.nextInt(3));
        }
        if (depth > 0 && random.nextInt(2) == 0) {
            Map<String, @Nullable Object> properties = new LinkedHashMap<>();
            properties.put("a", randomSchema(random, depth - 1));
            properties.put("b", randomSchema(random, depth - 1));
            json.put("properties", properties);
            json.put("required", random.nextBoolean() ? List.of("a") : List.of("a", "b"));
            json.put("additionalProperties", random.nextBoolean());
        }
        if (depth > 0 && random.nextInt(3) == 0) {
            json.put("items", randomSchema(random, depth - 1));
            json.put("minItems", (long) random.nextInt(2));
            json.put("maxItems", (long) random.nextInt(4));
        }
        return json;
    }
}
