package solutions.itms.scs.station.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A JSON Schema (draft-07) of the few keywords that the station's one uses; any other keyword is refused when the schema
 * is read, so that no rule is ever skipped. Immutable.
 */
final class Schema {
    /** More than anybody mends in one go; a file of a million errors must not fill the log. */
    static final int MAX_PROBLEMS = 100;

    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "type",
            "enum",
            "minimum",
            "maximum",
            "required",
            "properties",
            "additionalProperties",
            "items",
            "default");

    private final Map<String, Object> root;

    private Schema(Map<String, Object> root) {
        this.root = root;
        refuseUnknownKeywords(root);
    }

    /** The schema of {@code config.json}: the text of the interface's section 5.4, as it stands. */
    static Schema ofConfigFile() {
        try (InputStream resource = Schema.class.getResourceAsStream("config.schema.json")) {
            if (resource == null) {
                throw new IllegalStateException("config.schema.json is not in the bundle");
            }
            return of(JsonText.decode(resource.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonText.Fault e) {
            throw new IllegalStateException("config.schema.json: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if the schema uses what is not known here */
    static Schema of(String text) throws JsonText.Fault {
        return new Schema(object(JsonText.parse(text)));
    }

    /** The rules of one property of the described object, as a schema of their own. */
    Schema property(String name) {
        Object rules = object(root.getOrDefault("properties", Map.of())).get(name);
        if (rules == null) {
            throw new IllegalArgumentException("the schema has no property " + name);
        }
        return new Schema(object(rules));
    }

    /** The defaults of the object's own properties, in the schema's order. */
    Map<String, Object> defaults() {
        Map<String, Object> defaults = new LinkedHashMap<>();
        object(root.getOrDefault("properties", Map.of())).forEach((name, rules) -> {
            Object standard = object(rules).get("default");
            if (standard != null) {
                defaults.put(name, standard);
            }
        });
        return defaults;
    }

    /** Everything in which a value breaks the rules; at most {@value #MAX_PROBLEMS}. */
    List<ConfigProblem> check(Object value, String path) {
        List<ConfigProblem> problems = new ArrayList<>();
        check(root, value, path, problems);
        return problems.size() > MAX_PROBLEMS ? problems.subList(0, MAX_PROBLEMS) : problems;
    }

    private static void check(Map<String, Object> rules, Object value, String path, List<ConfigProblem> problems) {
        if (problems.size() > MAX_PROBLEMS) {
            return;
        }
        Object type = rules.get("type");
        if (type != null && !isOfType(value, (String) type)) {
            problems.add(new ConfigProblem(path, "type", "must be " + named((String) type) + ", is " + shown(value)));
            return;
        }
        checkEnum(rules, value, path, problems);
        if (value instanceof BigDecimal number) {
            checkRange(rules, number, path, problems);
        } else if (value instanceof Map<?, ?>) {
            checkObject(rules, object(value), path, problems);
        } else if (value instanceof List<?> items && rules.get("items") != null) {
            Map<String, Object> itemRules = object(rules.get("items"));
            for (int i = 0; i < items.size(); i++) {
                check(itemRules, items.get(i), path + "[" + i + "]", problems);
            }
        }
    }

    private static void checkEnum(Map<String, Object> rules, Object value, String path, List<ConfigProblem> problems) {
        if (rules.get("enum") instanceof List<?> allowed && allowed.stream().noneMatch(value::equals)) {
            String all = allowed.stream().map(String::valueOf).collect(Collectors.joining(", "));
            problems.add(new ConfigProblem(path, "enum", "must be one of " + all + ", is " + shown(value)));
        }
    }

    private static void checkRange(
            Map<String, Object> rules, BigDecimal number, String path, List<ConfigProblem> problems) {
        if (rules.get("minimum") instanceof BigDecimal minimum && number.compareTo(minimum) < 0) {
            problems.add(new ConfigProblem(path, "minimum", "must be " + minimum + " or more, is " + shown(number)));
        }
        if (rules.get("maximum") instanceof BigDecimal maximum && number.compareTo(maximum) > 0) {
            problems.add(new ConfigProblem(path, "maximum", "must be " + maximum + " or less, is " + shown(number)));
        }
    }

    private static void checkObject(
            Map<String, Object> rules, Map<String, Object> value, String path, List<ConfigProblem> problems) {
        if (rules.get("required") instanceof List<?> required) {
            for (Object name : required) {
                if (!value.containsKey(name)) {
                    problems.add(new ConfigProblem(path(path, (String) name), "required", "is missing"));
                }
            }
        }
        Map<String, Object> properties = object(rules.getOrDefault("properties", Map.of()));
        boolean closed = Boolean.FALSE.equals(rules.get("additionalProperties"));
        value.forEach((name, member) -> {
            Object memberRules = properties.get(name);
            if (memberRules != null) {
                check(object(memberRules), member, path(path, name), problems);
            } else if (closed) {
                problems.add(new ConfigProblem(path(path, name), "additionalProperties", "is an unknown key"));
            }
        });
    }

    private static boolean isOfType(Object value, String type) {
        return switch (type) {
            case "object" -> value instanceof Map<?, ?>;
            case "array" -> value instanceof List<?>;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "number" -> value instanceof BigDecimal;
            // 14.0 is an integer since draft-06
            case "integer" ->
                value instanceof BigDecimal number
                        && number.stripTrailingZeros().scale() <= 0;
            case "null" -> value == JsonText.NULL;
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private static String named(String type) {
        return (type.matches("[aeio].*") ? "an " : "a ") + type;
    }

    /** A value as an error message shows it; it may be long or strange. */
    private static String shown(Object value) {
        if (value instanceof String text) {
            return '"' + printable(text, 40) + '"';
        }
        return value instanceof Map ? "an object" : value instanceof List ? "an array" : String.valueOf(value);
    }

    /** Errors are shown in logs and on screens: what a file holds must not become lines of its own there. */
    private static String printable(String text, int length) {
        String head = text.length() > length ? text.substring(0, length) + "…" : text;
        return head.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "?");
    }

    /** The JSON path of a member. */
    private static String path(String parent, String name) {
        String shown = printable(name, 80);
        return shown.matches("[A-Za-z_][A-Za-z0-9_]*")
                ? parent + "." + shown
                : parent + "['" + shown.replace("\\", "\\\\").replace("'", "\\'") + "']";
    }

    private static void refuseUnknownKeywords(Map<String, Object> rules) {
        for (String keyword : rules.keySet()) {
            if (!KEYWORDS.contains(keyword)) {
                throw new IllegalArgumentException("keyword " + keyword + " is not supported");
            }
        }
        object(rules.getOrDefault("properties", Map.of()))
                .values()
                .forEach(each -> refuseUnknownKeywords(object(each)));
        if (rules.get("items") != null) {
            refuseUnknownKeywords(object(rules.get("items")));
        }
        if (rules.get("additionalProperties") instanceof Map) {
            throw new IllegalArgumentException("additionalProperties is not supported as a schema");
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("not an object: " + value);
    }
}
