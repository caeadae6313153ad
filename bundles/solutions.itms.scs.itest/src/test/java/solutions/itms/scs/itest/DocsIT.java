package solutions.itms.scs.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents show is true. */
class DocsIT {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern CURL =
            Pattern.compile("```sh\n(curl [^`]*)\n```\n\n```json\n([^`]*)\n```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    @TempDir
    Path directory;

    @Test
    void everyCurlCommandOfTheDocumentsGivesTheAnswerShownUnderIt() throws Exception {
        int stationPort = Scs.freePort();
        try (Scs gateway =
                new Scs("gateway", "--data", directory.toString(), "--station-port", Integer.toString(stationPort))) {
            gateway.ready();
            int run = 0;
            for (Path document : documents()) {
                Matcher commands = CURL.matcher(read(document));
                while (commands.find()) {
                    String command = commands.group(1).replace("localhost:3070", "127.0.0.1:" + stationPort);
                    assertThat(shell(command)).as("%s: %s", document, command).isEqualTo(commands.group(2));
                    run++;
                }
            }
            assertThat(run).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void everyLinkBetweenDocumentsLeadsSomewhere() throws Exception {
        for (Path document : documents()) {
            List<String> targets = LINK.matcher(read(document))
                    .results()
                    .map(link -> link.group(1))
                    .toList();
            for (String target : targets) {
                assertThat(document.resolveSibling(target))
                        .as("link in %s", document)
                        .exists();
            }
        }
    }

    @Test
    void everyTestThatTheListOfFeaturesNamesExists() throws Exception {
        List<String> named = Pattern.compile("`([A-Za-z]+(?:Test|IT))`")
                .matcher(read(ROOT.resolve("docs/reference/features.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();
        assertThat(named).isNotEmpty();
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<String> classes = files.filter(file -> file.toString().contains("/src/test/java/"))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
            assertThat(classes).containsAll(named);
        }
    }

    @Test
    void theListOfFeaturesHasEveryRowOnce() throws Exception {
        List<Integer> rows = Pattern.compile("(?m)^\\| (\\d+) \\|")
                .matcher(read(ROOT.resolve("docs/reference/features.md")))
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
        assertThat(rows).hasSize(142).doesNotHaveDuplicates();
    }

    private static List<Path> documents() throws IOException {
        List<Path> all = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(all::add);
        }
        return all;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static String shell(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(command).isTrue();
        return output.strip();
    }
}
