package solutions.itms.scs.message.command;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes rules of a schema's keywords, and refuses a schema that would not check what it seems to check. */
final class SchemaReader {
    private static final Set<String> DESCRIBING =
            Set.of("title", "description", "default", "format", "examples", "required", "properties");
    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "integer", "number", "boolean", "null");

    private final Map<String, @Nullable Object> json;
    private final String where;
    private final List<Schema.Rule> rules = new ArrayList<>();
    private final Map<String, Schema> properties = new LinkedHashMap<>();

    private SchemaReader(Map<String, @Nullable Object> json, String where) {
        this.json = json;
        this.where = where;
    }

    static Schema read(Map<String, @Nullable Object> json, String where) {
        return new SchemaReader(json, where).read();
    }

    private Schema read() {
        readProperties();
        json.forEach(this::keyword);
        Schema schema = new Schema(json, rules, Collections.unmodifiableMap(properties));
        if (json.containsKey("default") && !schema.validate(json.get("default")).isEmpty()) {
            throw faulty("default", "must be valid by the schema it belongs to");
        }
        return schema;
    }

    private void readProperties() {
        if (json.containsKey("properties")) {
            object("properties")
                    .forEach((name, schema) -> properties.put(
                            name, read(members(schema, "properties/" + name), where + "/properties/" + name)));
            rules.add((value, pointer, problems) -> {
                if (value instanceof Map<?, ?> map) {
                    properties.forEach((name, schema) -> {
                        if (map.containsKey(name)) {
                            schema.check(map.get(name), child(pointer, name), problems);
                        }
                    });
                }
            });
        }
        if (json.containsKey("required")) {
            List<String> required = texts("required");
            if (!properties.keySet().containsAll(required)) {
                throw faulty("required", "names a property that is not there");
            }
            rules.add((value, pointer, problems) -> {
                if (value instanceof Map<?, ?> map) {
                    required.stream()
                            .filter(name -> !map.containsKey(name))
                            .forEach(name -> problems.add(new Problem(child(pointer, name), "must be given")));
                }
            });
        }
    }

    private void keyword(String name, @Nullable Object value) {
        switch (name) {
            case "type" -> type(value);
            case "enum" -> oneOf(list(name));
            case "const" -> oneOf(Collections.singletonList(value));
            case "minimum" -> bound(name, true);
            case "maximum" -> bound(name, false);
            case "minLength" -> size(name, String.class, true, "characters");
            case "maxLength" -> size(name, String.class, false, "characters");
            case "minItems" -> size(name, List.class, true, "elements");
            case "maxItems" -> size(name, List.class, false, "elements");
            case "pattern" -> pattern(value);
            case "items" -> items(value);
            case "additionalProperties" -> additional(value);
            default -> {
                if (!DESCRIBING.contains(name) && !name.startsWith("x-")) {
                    throw faulty(name, "is no keyword that is known here");
                }
            }
        }
    }

    private void type(@Nullable Object value) {
        List<String> types = value instanceof String type ? List.of(type) : texts("type");
        if (types.isEmpty() || !TYPES.containsAll(types)) {
            throw faulty("type", "must be among " + TYPES.stream().sorted().collect(Collectors.joining(", ")));
        }
        String text = "must be " + types.stream().map(SchemaReader::article).collect(Collectors.joining(" or "));
        add(v -> types.stream().anyMatch(type -> isOf(v, type)), text);
    }

    private void oneOf(List<?> allowed) {
        if (allowed.isEmpty()) {
            throw faulty("enum", "must not be empty");
        }
        String text = allowed.size() == 1
                ? "must be " + allowed.get(0)
                : "must be one of " + allowed.stream().map(String::valueOf).collect(Collectors.joining(", "));
        add(v -> allowed.stream().anyMatch(one -> same(one, v)), text);
    }

    private void bound(String name, boolean least) {
        if (!(json.get(name) instanceof Number bound)) {
            throw faulty(name, "must be a number");
        }
        BigDecimal limit = decimal(bound);
        add(
                v -> !(v instanceof Number number) || decimal(number).compareTo(limit) * (least ? 1 : -1) >= 0,
                "must be " + bound + (least ? " or more" : " or less"));
    }

    private void size(String name, Class<?> kind, boolean least, String what) {
        if (!(json.get(name) instanceof Long limit) || limit < 0) {
            throw faulty(name, "must be a whole number of 0 or more");
        }
        add(
                v -> !kind.isInstance(v) || (least ? length(v) >= limit : length(v) <= limit),
                "must have " + limit + " " + what + (least ? " or more" : " or less"));
    }

    private void pattern(@Nullable Object value) {
        if (!(value instanceof String text)) {
            throw faulty("pattern", "must be a text");
        }
        try {
            Pattern pattern = Pattern.compile(text);
            add(v -> !(v instanceof String given) || pattern.matcher(given).find(), "must match " + text);
        } catch (PatternSyntaxException e) {
            throw faulty("pattern", "is no regular expression: " + e.getDescription());
        }
    }

    private void items(@Nullable Object value) {
        Schema schema = read(members(value, "items"), where + "/items");
        rules.add((v, pointer, problems) -> {
            if (v instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    schema.check(list.get(i), pointer + "/" + i, problems);
                }
            }
        });
    }

    private void additional(@Nullable Object value) {
        if (!(value instanceof Boolean allowed)) {
            throw faulty("additionalProperties", "must be true or false");
        }
        if (allowed) {
            return;
        }
        Set<String> known = properties.keySet();
        rules.add((v, pointer, problems) -> {
            if (v instanceof Map<?, ?> map) {
                map.keySet().stream()
                        .filter(name -> !known.contains(name))
                        .limit(20)
                        .forEach(name -> problems.add(new Problem(child(pointer, (String) name), "is not known")));
            }
        });
    }

    private void add(java.util.function.Predicate<@Nullable Object> holds, String text) {
        rules.add((value, pointer, problems) -> {
            if (!holds.test(value)) {
                problems.add(new Problem(pointer, text));
            }
        });
    }

    private Map<String, @Nullable Object> object(String name) {
        return members(json.get(name), name);
    }

    private Map<String, @Nullable Object> members(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return JsonText.members(map);
        }
        throw faulty(name, "must be an object");
    }

    private List<?> list(String name) {
        if (json.get(name) instanceof List<?> list) {
            return list;
        }
        throw faulty(name, "must be a list");
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof String text)) {
                throw faulty(name, "must be a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    private RegistryException faulty(String keyword, String text) {
        return new RegistryException("schema " + where + "/" + keyword + " " + text);
    }

    private static boolean isOf(@Nullable Object value, String type) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "integer" ->
                value instanceof Long
                        || value instanceof Double number && number == Math.rint(number) && !number.isInfinite();
            case "number" -> value instanceof Number;
            case "boolean" -> value instanceof Boolean;
            default -> value == null;
        };
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number a && other instanceof Number b) {
            return decimal(a).compareTo(decimal(b)) == 0;
        }
        return one == null ? other == null : one.equals(other);
    }

    private static BigDecimal decimal(Number number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : BigDecimal.valueOf(number.doubleValue());
    }

    private static long length(@Nullable Object value) {
        return value instanceof String text
                ? text.codePointCount(0, text.length())
                : value instanceof List<?> list ? list.size() : 0;
    }

    /** A level of a JSON pointer. */
    private static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String article(String type) {
        return switch (type) {
            case "object", "array" -> "an " + type;
            case "integer" -> "a whole number";
            case "string" -> "a text";
            case "boolean" -> "true or false";
            case "null" -> "null";
            default -> "a " + type;
        };
    }
}
