package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The page with the keys in English and Thai is compared with the schema and with what Kura's console shows. */
class ConfigurationPageTest {
    private static final List<String> KEYS = List.of(
            "databasePath",
            "logsPath",
            "logLevel",
            "logsRetentionDays",
            "environment",
            "fullScreen",
            "deviceCommunicationPath",
            "stationIp",
            "stationName.en",
            "stationName.th",
            "stationId",
            "heartbeatPort",
            "deviceProbePort",
            "time.tz",
            "devices");

    @Test
    @DisplayName("C1 to C16: every key has its row in English and Thai, and its property in the console")
    void everyKeyHasItsRowAndItsProperty() throws Exception {
        Map<String, List<String>> rows = rows();
        assertThat(rows.keySet()).containsExactlyElementsOf(KEYS);
        Map<String, Element> properties = properties();
        rows.forEach((key, cells) -> {
            assertThat(cells.get(3)).as(key).hasSizeGreaterThan(15);
            assertThat(cells.get(4)).as(key).matches(".*[\\u0e01-\\u0e5b].*");
            String property = cells.get(1).replaceAll("`([^`]+)`.*", "$1");
            if (!key.equals("databasePath")) {
                assertThat(properties).as(key).containsKey(property);
                String standard = properties.get(property).getAttribute("default");
                assertThat(standard.isEmpty() ? "" : "`" + standard + "`")
                        .as(key)
                        .isIn("", cells.get(2));
            }
        });
    }

    @Test
    @DisplayName("C2: the page has the keys of the schema")
    void thePageHasTheKeysOfTheSchema() throws Exception {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("config/config.schema.json"))) {
            String schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String key : KEYS) {
                for (String part : key.split("\\.")) {
                    assertThat(schema).contains("\"" + part + "\": {");
                }
            }
        }
    }

    @Test
    @DisplayName("C16: the list of devices is a text area, and texts are shown as they are")
    void textsAreShownAsTheyAre() throws Exception {
        Map<String, Element> properties = properties();
        assertThat(properties.get("devices").getAttribute("description")).endsWith("|TextArea");
        assertThat(properties.values())
                .allSatisfy(each -> assertThat(each.getAttribute("name") + each.getAttribute("description"))
                        .doesNotContain("%"));
    }

    private static Map<String, List<String>> rows() throws Exception {
        return Files.readAllLines(Path.of("../../docs/reference/station-configuration.md"), StandardCharsets.UTF_8)
                .stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .collect(Collectors.toMap(
                        cells -> cells.get(0).replace("`", ""), cells -> cells, (a, b) -> a, LinkedHashMap::new));
    }

    private static Map<String, Element> properties() throws Exception {
        try (InputStream in = Objects.requireNonNull(
                StationConfig.class.getResourceAsStream("/OSGI-INF/metatype/" + StationConfig.PID + ".xml"))) {
            NodeList nodes = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getElementsByTagName("AD");
            List<Element> all = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                all.add((Element) nodes.item(i));
            }
            return all.stream().collect(Collectors.toMap(each -> each.getAttribute("id"), each -> each));
        }
    }
}
