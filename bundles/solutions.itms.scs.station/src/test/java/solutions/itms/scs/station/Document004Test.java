package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every row of document 004 has a test whose display name begins with its id, and stands in {@code
 * docs/reference/document-004.md} with one of its tests.
 */
class Document004Test {
    /** How many rows each part of the document has. */
    private static final Map<String, Integer> PARTS = new TreeMap<>(Map.ofEntries(
            Map.entry("N", 9),
            Map.entry("L", 10),
            Map.entry("C", 18),
            Map.entry("H", 8),
            Map.entry("O", 4),
            Map.entry("A", 3),
            Map.entry("I", 3),
            Map.entry("T", 1),
            Map.entry("E", 4),
            Map.entry("S", 7),
            Map.entry("B", 10),
            Map.entry("U", 1),
            Map.entry("X", 2)));

    /** Rows whose tests are not in this bundle, and where they come from. */
    private static final Map<String, String> ELSEWHERE = elsewhere();

    private static final Path PAGE = Path.of("../../docs/reference/document-004.md");
    private static final Pattern NAME = Pattern.compile("@DisplayName\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern IDS = Pattern.compile("([A-Z]\\d+(?:(?:, | to )[A-Z]\\d+)*)[: ].*");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z]\\d+) \\| ([^|]+) \\| ([^|]*) \\|$");

    private static Map<String, String> elsewhere() {
        Map<String, String> rows = new TreeMap<>(Map.of(
                "A3", "the station's screen",
                "U1", "the station's screen",
                "S4", "the bundle for SSH"));
        IntStream.rangeClosed(1, 10).forEach(i -> rows.put("B" + i, "the station's screen"));
        return rows;
    }

    @Test
    void everyRowHasATestWhoseNameBeginsWithItsId() throws Exception {
        Set<String> missing = new TreeSet<>(rows());
        missing.removeAll(tests().keySet());
        missing.removeAll(ELSEWHERE.keySet());
        assertThat(missing).isEmpty();
    }

    @Test
    void thePageHasEveryRowWithATestThatProvesIt() throws Exception {
        Map<String, Set<String>> tests = tests();
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        List<String> ids = new ArrayList<>();
        for (MatchResult row : ROW.matcher(page).results().toList()) {
            String id = row.group(1);
            ids.add(id);
            String test = row.group(3).strip();
            if (test.startsWith("with ")) {
                assertThat(test).as(id).isEqualTo("with " + ELSEWHERE.get(id));
            } else {
                assertThat(tests.getOrDefault(id, Set.of())).as(id).contains(test.replace("`", ""));
            }
        }
        assertThat(ids).containsExactlyElementsOf(rows());
    }

    private static List<String> rows() {
        List<String> all = new ArrayList<>();
        for (String part : List.of("N", "L", "C", "H", "O", "A", "I", "T", "E", "S", "B", "U", "X")) {
            IntStream.rangeClosed(1, PARTS.getOrDefault(part, 0)).forEach(i -> all.add(part + i));
        }
        return all;
    }

    /** The classes of tests by the ids that their display names begin with. */
    private static Map<String, Set<String>> tests() throws IOException {
        Map<String, Set<String>> tests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            files.filter(file -> file.toString().contains("/src/test/java/")
                            && file.toString().endsWith(".java"))
                    .forEach(file -> NAME.matcher(read(file)).results().forEach(name -> {
                        for (String id : ids(name.group(1))) {
                            tests.computeIfAbsent(id, key -> new TreeSet<>())
                                    .add(file.getFileName().toString().replace(".java", ""));
                        }
                    }));
        }
        return tests;
    }

    private static List<String> ids(String displayName) {
        var ids = IDS.matcher(displayName);
        return ids.matches() ? List.of(ids.group(1).split(", | to ")) : List.of();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
