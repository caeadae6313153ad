package solutions.itms.scs.ssh.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CataloguesTest {
    private static final String LISTED = """
            {"commands": [{
              "name": "show",
              "run": ["printf", "%s", "{text}", "--count={count}", "{choice}"],
              "parameters": [
                {"name": "text", "type": "text", "pattern": "[\\\\s\\\\S]*", "maxLength": 200},
                {"name": "count", "type": "number", "minimum": -5, "maximum": 9},
                {"name": "choice", "type": "choice", "values": ["a b", "c"]}
              ]
            }]}
            """;

    @TempDir
    Path folder;

    @Test
    void theFirstFileThatIsForAGateCounts() throws Exception {
        Files.writeString(
                folder.resolve("10-exits.json"),
                "{\"gates\": [\"G1-*\", \"X\"], \"logs\": [{\"path\": \"/a/*.log\"}]}");
        Files.writeString(folder.resolve("20-all.json"), "{\"logs\": [{\"path\": \"/b.log\", \"maxMegabytes\": 3}]}");
        Files.writeString(folder.resolve("notes.txt"), "no catalogue");
        Catalogues catalogues = Catalogues.read(folder);
        assertThat(catalogues.problems()).isEmpty();
        assertThat(catalogues.forGate("G1-02").file()).isEqualTo("10-exits.json");
        assertThat(catalogues.forGate("X").file()).isEqualTo("10-exits.json");
        assertThat(catalogues.forGate("XG1-02").file()).isEqualTo("20-all.json");
        assertThat(catalogues.forGate("XG1-02").logs().get(0).maxBytes()).isEqualTo(3L * 1024 * 1024);
    }

    @Test
    void aFileWithMistakesIsLeftOutAndEachMistakeIsTold() throws Exception {
        Files.writeString(
                folder.resolve("bad.json"),
                "{\"logs\": [{\"path\": \"relative.log\"}, {\"pfad\": \"/x\"}], \"commands\": [{\"name\": \"Rm\"}]}");
        Files.writeString(folder.resolve("good.json"), "{\"gates\": [\"G1\"]}");
        Catalogues catalogues = Catalogues.read(folder);
        assertThat(catalogues.all()).extracting(Catalogue::file).containsExactly("good.json");
        assertThat(catalogues.problems())
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains("bad.json", "logs/0/path", "logs/1/path", "logs/1/pfad", "commands/0/run"));
    }

    @Test
    void aFolderThatIsNotThereHasNoCatalogues() {
        Catalogues none = Catalogues.read(folder.resolve("absent"));
        assertThat(none.problems()).isEmpty();
        assertThat(none.forGate("G1").logs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/var/../etc/*", "/var//log", "/a/**/b", "/a/./b", "/*/b/c/d/e", "/var/log/"})
    void pathsThatGoAstrayAreRefused(String path) {
        assertThatThrownBy(() -> PathPattern.of(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"/var/log/*.log,/var/log,1", "/var/log/app.log,/var/log,1", "/var/*/x?.log,/var,2", "/*.log,/,1"})
    void theRootOfAPathIsWhatIsBeforeItsFirstStar(String path, String root, int levels) {
        PathPattern pattern = PathPattern.of(path);
        assertThat(pattern.root()).isEqualTo(root);
        assertThat(pattern.names()).hasSize(levels);
        assertThat(PathPattern.isWithin("/var/log", "/var/logs/x")).isFalse();
        assertThat(PathPattern.isWithin("/", "/x")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "; touch pwned",
                "$(touch pwned)",
                "`touch pwned`",
                "' ; touch pwned ; '",
                "'\\''; touch pwned; '\\''",
                "\" && touch pwned && \"",
                "a | touch pwned",
                "a > pwned",
                "{count}",
                "\\'; touch pwned #",
                "*",
                "~"
            })
    void anArgumentIsOneWordToTheShellWhateverItIs(String text) throws Exception {
        ListedCommand command =
                Catalogues.parse("x", LISTED.getBytes(UTF_8)).command("show").orElseThrow();
        String line = command.line(Map.of("text", text, "count", "-3", "choice", "a b"));
        Process shell = new ProcessBuilder("/bin/sh", "-c", line)
                .directory(folder.toFile())
                .start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(printed).isEqualTo(text + "--count=-3a b");
        assertThat(Files.list(folder)).isEmpty();
    }

    @Test
    void argumentsThatAreNotAsListedAreRefusedEachByName() throws Exception {
        ListedCommand command =
                Catalogues.parse("x", LISTED.getBytes(UTF_8)).command("show").orElseThrow();
        assertThat(command.problems(Map.of("text", "--delete", "count", "10", "choice", "b", "more", "1")))
                .containsExactlyInAnyOrder(
                        "text must not begin with -",
                        "count must be a whole number from -5 to 9",
                        "choice must be one of [a b, c]",
                        "more is not known");
        assertThat(command.problems(Map.of("text", "a\nb")))
                .contains("text must have 1 to 200 characters as [\\s\\S]* says", "count must be given");
        assertThat(command.problems(Map.of("text", "x".repeat(201), "count", "99999999999999999999", "choice", "c")))
                .hasSize(2);
    }

    @Test
    void aCommandThatNamesAParameterItHasNotIsAMistake() {
        String json = "{\"commands\": [{\"name\": \"x\", \"run\": [\"a\", \"{b}\"]}]}";
        assertThatThrownBy(() -> Catalogues.parse("x", json.getBytes(UTF_8)))
                .hasMessage("commands: x has no parameter [b]");
    }

    @Test
    void theExampleOfTheGuideIsACatalogue() throws Exception {
        String guide = Files.readString(Path.of("../../docs/guide/gate-logs.md"));
        int begin = guide.indexOf("```json") + 7;
        Catalogue example = Catalogues.parse(
                "x", guide.substring(begin, guide.indexOf("```", begin)).getBytes(UTF_8));
        assertThat(example.isFor("G1-01")).isTrue();
        assertThat(example.logs()).hasSize(2);
        assertThat(example.command("set-volume").orElseThrow().line(Map.of("percent", "40")))
                .isEqualTo("'amixer' 'sset' 'Master' '40%'");
    }
}
