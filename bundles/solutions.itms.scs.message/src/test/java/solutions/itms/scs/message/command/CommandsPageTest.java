package solutions.itms.scs.message.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The list of commands in the page of the commands is made from the registry. Run with {@code -Dscs.docs.write=true} to
 * write it anew.
 */
class CommandsPageTest {
    private static final Path PAGE = Path.of("../../docs/reference/commands.md");
    private static final String BEGIN = "<!-- made from the registry: do not edit by hand -->\n";
    private static final String END = "<!-- end of what is made from the registry -->\n";

    private static final Map<DeviceType, String> SECTIONS = new LinkedHashMap<>();

    static {
        SECTIONS.put(DeviceType.EDGE_CONTROLLER, "Gateway");
        SECTIONS.put(DeviceType.GATE, "Gates");
        SECTIONS.put(DeviceType.CAMERA, "Cameras");
        SECTIONS.put(DeviceType.NVR, "Recorders");
    }

    @Test
    void thePageListsWhatTheRegistryHolds() throws IOException {
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        assertThat(begin).as("the first mark in %s", PAGE).isPositive();
        assertThat(end).as("the second mark in %s", PAGE).isGreaterThan(begin);
        String expected = page.substring(0, begin) + BEGIN + list() + page.substring(end);
        if (Boolean.getBoolean("scs.docs.write")) {
            Files.writeString(PAGE, expected, StandardCharsets.UTF_8);
        }
        assertThat(Files.readString(PAGE, StandardCharsets.UTF_8)).isEqualTo(expected);
    }

    private static String list() {
        StringBuilder out = new StringBuilder();
        SECTIONS.forEach((target, section) -> {
            out.append("\n## ").append(section).append("\n\n");
            List<CommandType> types = CommandRegistry.standard().all().stream()
                    .filter(type -> type.target() == target)
                    .toList();
            out.append("| Command | | Object | Way | Safety | Approval | Again after a restart | Time-outs |\n");
            out.append("|---|---|---|---|---|---|:--:|---|\n");
            types.forEach(type -> row(out, type));
            types.forEach(type -> details(out, type));
        });
        out.append("\n## Failures\n\n| Code | Reply | Means | |\n|---|---|---|---|\n");
        for (ErrorCode code : ErrorCode.values()) {
            out.append("| `")
                    .append(code.text())
                    .append("` | ")
                    .append(code.status())
                    .append(" | ");
            out.append(code.explanation().get("en")).append(" | ");
            out.append(code.explanation().get("th")).append(" |\n");
        }
        return out.append('\n').toString();
    }

    private static void row(StringBuilder out, CommandType type) {
        String approval = type.approval() == Approval.NONE ? "" : "second person";
        if (type.breakGlass() != null) {
            approval += ", not for " + type.breakGlass().parameter() + " `"
                    + type.breakGlass().equals() + "`";
        }
        out.append("| `").append(type.name()).append("` | ").append(CommandType.in(type.title(), "en"));
        out.append(" · ").append(CommandType.in(type.title(), "th"));
        out.append(" | `")
                .append(type.operation().letter())
                .append(' ')
                .append(type.path())
                .append("` | ");
        out.append(words(type.way())).append(" | ").append(words(type.safety())).append(" | ");
        out.append(approval)
                .append(" | ")
                .append(type.idempotent() ? "yes" : "no")
                .append(" | ");
        out.append(type.totalTimeout().toSeconds()).append(" s, ");
        out.append(type.stepTimeout().toSeconds()).append(" s without progress");
        out.append(type.exclusiveGroup() == null ? "" : "; group `" + type.exclusiveGroup() + "`")
                .append(" |\n");
    }

    private static void details(StringBuilder out, CommandType type) {
        out.append("\n### ").append(type.name()).append("\n\n");
        out.append(CommandType.in(type.help(), "en"));
        if (type.targetParameter() != null) {
            out.append(" Sent to one gate, `")
                    .append(type.targetParameter())
                    .append("` is that gate; sent to the gateway, it says which are meant.");
        }
        out.append("\n");
        if (!type.parameters().properties().isEmpty()) {
            out.append("\n| Parameter | Type | Allowed | Default | |\n|---|---|---|---|---|\n");
            Object required = type.parameters().keyword("required").orElse(List.of());
            type.parameters().properties().forEach((name, schema) -> {
                boolean needed = required instanceof List<?> list && list.contains(name);
                out.append("| `")
                        .append(name)
                        .append('`')
                        .append(needed ? ", required" : "")
                        .append(" | ");
                out.append(type(schema)).append(" | ").append(allowed(schema)).append(" | ");
                out.append(schema.keyword("default")
                                .map(value -> "`" + value + "`")
                                .orElse(""))
                        .append(" | ");
                out.append(schema.keyword("description").orElse("")).append(" |\n");
            });
        }
        String result = type.result().properties().keySet().stream()
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", "));
        if (!result.isEmpty()) {
            out.append("\nResult: ").append(result).append(".\n");
        }
    }

    private static String type(Schema schema) {
        Object type = schema.keyword("type").orElse("");
        return type instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(" or "))
                : type.toString();
    }

    private static String allowed(Schema schema) {
        List<String> parts = new ArrayList<>();
        schema.keyword("enum")
                .ifPresent(values -> parts.add(((List<?>) values)
                        .stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "))));
        range(schema, parts, "minimum", "maximum", "");
        range(schema, parts, "minLength", "maxLength", " characters");
        range(schema, parts, "minItems", "maxItems", " elements");
        return String.join("; ", parts);
    }

    private static void range(Schema schema, List<String> parts, String least, String most, String unit) {
        if (schema.keyword(least).isPresent() && schema.keyword(most).isPresent()) {
            parts.add(schema.keyword(least).orElseThrow() + " to "
                    + schema.keyword(most).orElseThrow() + unit);
        }
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
