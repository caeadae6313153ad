package solutions.itms.scs.message.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;

/** Reads commands.json, and refuses one that contradicts itself. */
final class RegistryReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Pattern PATH = Pattern.compile("/\\d{1,5}/\\d{1,5}/\\d{1,5}");
    private static final Pattern GROUP = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final Set<String> LANGUAGES = Set.of("en", "th");
    private static final int MAX_SECONDS = 86_400;

    private final Map<String, @Nullable Object> definitions;
    private final Set<String> names = new HashSet<>();
    private final Set<String> paths = new HashSet<>();

    private RegistryReader(Map<String, @Nullable Object> definitions) {
        this.definitions = definitions;
    }

    static List<CommandType> read(byte[] utf8, int maxBytes) {
        try {
            Members file = new Members(JsonText.readObject(utf8, maxBytes));
            RegistryReader reader = new RegistryReader(file.object("$defs"));
            List<CommandType> types = new ArrayList<>();
            for (Object entry : file.list("commands", 1_000)) {
                types.add(reader.type(entry));
            }
            file.end();
            return types;
        } catch (MalformedPayloadException | CommandRefusedException e) {
            throw new RegistryException("the registry: " + e.getMessage(), e);
        }
    }

    private CommandType type(Object entry) throws CommandRefusedException {
        if (!(entry instanceof Map<?, ?> map)) {
            throw new RegistryException("the registry: each command must be an object");
        }
        String name = map.get("name") instanceof String text ? text : "without name";
        try {
            return type(new Members(JsonText.members(map)));
        } catch (CommandRefusedException | IllegalArgumentException | RegistryException e) {
            throw new RegistryException("command " + name + ": " + e.getMessage(), e);
        }
    }

    private CommandType type(Members in) throws CommandRefusedException {
        String name = matching(in.text("name", 64), NAME, "name");
        Safety safety = Safety.valueOf(in.text("safety", 32));
        Approval approval = in.has("approval")
                ? Approval.valueOf(in.text("approval", 32))
                : safety.needsSecondPerson() ? Approval.SECOND_PERSON : Approval.NONE;
        String group = in.optionalText("exclusiveGroup", 32);
        CommandType type = new CommandType(
                name,
                matching(in.text("path", 32), PATH, "path"),
                Operation.of(in.text("operation", 1)),
                DeviceType.valueOf(in.text("target", 32)),
                in.optionalText("targetParameter", 64),
                Way.valueOf(in.text("way", 32)),
                Duration.ofSeconds(in.number("timeoutSeconds", 1, MAX_SECONDS)),
                Duration.ofSeconds(in.number("stepTimeoutSeconds", 1, MAX_SECONDS)),
                safety,
                approval,
                in.has("breakGlass") ? breakGlass(in.object("breakGlass")) : null,
                in.flag("idempotent"),
                group == null ? null : matching(group, GROUP, "exclusiveGroup"),
                schema(in.object("parameters"), "parameters"),
                schema(in.object("result"), "result"),
                texts(in.object("title"), "title", 64),
                texts(in.object("help"), "help", 400));
        in.end();
        check(type);
        return type;
    }

    private void check(CommandType type) {
        if (!names.add(type.name())) {
            throw new RegistryException("its name is there twice");
        }
        if (!paths.add(type.operation().letter() + type.path())) {
            throw new RegistryException("another command has its path and operation");
        }
        if (type.stepTimeout().compareTo(type.totalTimeout()) > 0) {
            throw new RegistryException("stepTimeoutSeconds must not be above timeoutSeconds");
        }
        if (type.safety() == Safety.READ_ONLY && (type.operation() == Operation.WRITE || !type.idempotent())) {
            throw new RegistryException("what only reads must be idempotent and no W");
        }
        String target = type.targetParameter();
        Map<String, Schema> parameters = type.parameters().properties();
        if (target != null && !parameters.containsKey(target)) {
            throw new RegistryException("targetParameter must name a parameter");
        }
        BreakGlass breakGlass = type.breakGlass();
        if (breakGlass != null) {
            Schema parameter = parameters.get(breakGlass.parameter());
            if (type.approval() == Approval.NONE
                    || parameter == null
                    || !parameter.validate(breakGlass.equals()).isEmpty()) {
                throw new RegistryException(
                        "breakGlass must name a value of a parameter, and an approval must be needed");
            }
        }
    }

    private static BreakGlass breakGlass(Map<String, @Nullable Object> json) throws CommandRefusedException {
        Members in = new Members(json);
        BreakGlass breakGlass = new BreakGlass(in.text("parameter", 64), in.text("equals", 64));
        in.end();
        return breakGlass;
    }

    private Schema schema(Map<String, @Nullable Object> json, String where) {
        Map<String, @Nullable Object> resolved = JsonText.members((Map<?, ?>) resolve(json, where, 0));
        Schema schema = Schema.of(resolved);
        if (!"object".equals(resolved.get("type")) || !resolved.containsKey("additionalProperties")) {
            throw new RegistryException(where + " must have type object and say additionalProperties");
        }
        schema.properties().forEach((name, property) -> {
            if (where.equals("parameters")
                    && !(isDescribed(property, "title") && isDescribed(property, "description"))) {
                throw new RegistryException(
                        where + "/" + name + " must have a title and a description, and x-…-th of both in Thai");
            }
        });
        return schema;
    }

    private static boolean isDescribed(Schema schema, String keyword) {
        return schema.keyword(keyword).isPresent()
                && schema.keyword("x-" + keyword + "-th").isPresent();
    }

    /** Puts definitions in the place of what refers to them; members beside the reference go before theirs. */
    private Object resolve(Object value, String where, int depth) {
        if (depth > JsonText.MAX_DEPTH) {
            throw new RegistryException(where + " refers to itself");
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(element -> resolve(element, where, depth + 1))
                    .toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, @Nullable Object> resolved = new LinkedHashMap<>();
        if (map.get("$ref") instanceof String reference) {
            String name = reference.startsWith("#/$defs/") ? reference.substring(8) : "";
            if (!(definitions.get(name) instanceof Map<?, ?> definition)) {
                throw new RegistryException(where + " refers to " + reference + ", which is not there");
            }
            resolved.putAll(JsonText.members((Map<?, ?>) resolve(definition, where, depth + 1)));
        }
        JsonText.members(map).forEach((name, member) -> {
            if (!name.equals("$ref")) {
                resolved.put(name, member == null ? null : resolve(member, where + "/" + name, depth + 1));
            }
        });
        return resolved;
    }

    private static Map<String, String> texts(Map<String, @Nullable Object> json, String where, int maxLength)
            throws CommandRefusedException {
        if (!json.keySet().equals(LANGUAGES)) {
            throw new RegistryException(where + " must be given in en and th");
        }
        Members in = new Members(json);
        return Map.of("en", in.text("en", maxLength), "th", in.text("th", maxLength));
    }

    private static String matching(String text, Pattern pattern, String where) {
        if (!pattern.matcher(text).matches()) {
            throw new RegistryException(where + " must match " + pattern.pattern());
        }
        return text;
    }
}
