package solutions.itms.scs.station.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.station.StationDeviceRules;
import solutions.itms.scs.station.config.ConfigOutcome.Loaded;
import solutions.itms.scs.station.config.ConfigOutcome.Refused;

/** Configurations to start from. */
final class Fixtures {
    static final Path FOLDER = Path.of("/etc/station").toAbsolutePath();

    private Fixtures() {}

    /** The text of the interface's appendix E, byte for byte. */
    static String appendixE() {
        try (InputStream in = Objects.requireNonNull(Fixtures.class.getResourceAsStream("appendix-e.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Appendix E as a tree that may be changed. */
    static Map<String, Object> document() {
        try {
            return new LinkedHashMap<>(Schema.object(JsonText.parse(appendixE())));
        } catch (JsonText.Fault e) {
            throw new AssertionError(e);
        }
    }

    /** Appendix E with other members; a null takes one out. */
    static String with(String key, @Nullable Object value) {
        Map<String, Object> document = document();
        if (value == null) {
            document.remove(key);
        } else {
            document.put(key, value);
        }
        return json(document);
    }

    static ConfigOutcome read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    static ConfigOutcome read(byte[] content) {
        return new StationFileReader(new StationDeviceRules()).read(content, FOLDER, Map.of());
    }

    static Loaded loaded(String text) {
        ConfigOutcome outcome = read(text);
        assertThat(outcome).isInstanceOf(Loaded.class);
        return (Loaded) outcome;
    }

    /** What is wrong, one text each. */
    static List<String> problems(String text) {
        ConfigOutcome outcome = read(text);
        assertThat(outcome).as(text).isInstanceOf(Refused.class);
        return ((Refused) outcome)
                .problems().stream().map(ConfigProblem::toString).toList();
    }

    /** Writes a tree as JSON. */
    static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> json(e.getKey()) + ":" + json(e.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Fixtures::json).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String text
                ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u0000", "\\u0000") + '"'
                : String.valueOf(value);
    }
}
