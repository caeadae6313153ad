package solutions.itms.scs.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The page of the configuration is made from what the bundles declare to Kura. Run with {@code -Dscs.docs.write=true} to
 * write it anew.
 */
class ConfigurationReferenceIT {
    private static final Path PAGE = Path.of("../../docs/reference/configuration.md");

    @Test
    void thePageOfTheConfigurationIsWhatTheBundlesDeclare() throws Exception {
        String page = page();
        if (Boolean.getBoolean("scs.docs.write")) {
            Files.writeString(PAGE, page, StandardCharsets.UTF_8);
        }
        assertThat(Files.readString(PAGE, StandardCharsets.UTF_8)).isEqualTo(page);
    }

    @Test
    void everyPropertyHasADescriptionAndEveryNumberARange() throws Exception {
        for (Map.Entry<String, Document> each : declared().entrySet()) {
            for (Element property : elements(each.getValue(), "AD")) {
                String name = each.getKey() + "/" + property.getAttribute("id");
                assertThat(property.getAttribute("description").length())
                        .as(name)
                        .isGreaterThan(20);
                boolean number = List.of("Integer", "Long").contains(property.getAttribute("type"));
                if (number && elements(property, "Option").isEmpty()) {
                    assertThat(property.getAttribute("min")).as(name).isNotEmpty();
                    assertThat(property.getAttribute("max")).as(name).isNotEmpty();
                    assertThat(property.getAttribute("default")).as(name).isNotEmpty();
                }
                String id = property.getAttribute("id").toLowerCase(java.util.Locale.ROOT);
                if (id.endsWith("password") || id.endsWith("secret") || id.endsWith("pin")) {
                    assertThat(property.getAttribute("type")).as(name).isEqualTo("Password");
                }
            }
        }
    }

    private static String page() throws Exception {
        StringBuilder out = new StringBuilder("""
                # Configuration of the gateway

                Made from what the bundles declare; the Kura web console shows the same. Outside Kura a property is written
                `pid/key=value`, in `gateway.properties` or behind `--set`; an instance of a factory `factoryPid~name`.
                """);
        for (Map.Entry<String, Document> each : declared().entrySet()) {
            Element ocd = elements(each.getValue(), "OCD").get(0);
            boolean factory = elements(each.getValue(), "Designate").stream()
                    .anyMatch(designate -> designate.hasAttribute("factoryPid"));
            out.append("\n## ").append(ocd.getAttribute("name")).append("\n\n");
            out.append(factory ? "Factory pid" : "Pid")
                    .append(" `")
                    .append(each.getKey())
                    .append("`. ");
            out.append(ocd.getAttribute("description")).append("\n\n");
            out.append("| Key | Type | Default | Range | |\n|---|---|---|---|---|\n");
            for (Element property : elements(each.getValue(), "AD")) {
                row(out, property);
            }
        }
        return out.toString();
    }

    private static void row(StringBuilder out, Element property) {
        String standard = property.getAttribute("default").replace("\\", "");
        String range = property.getAttribute("min").isEmpty()
                ? ""
                : property.getAttribute("min") + " to " + property.getAttribute("max");
        List<Element> options = elements(property, "Option");
        if (!options.isEmpty()) {
            range = String.join(
                    ", ",
                    options.stream().map(option -> option.getAttribute("value")).toList());
        }
        out.append("| `").append(property.getAttribute("id")).append("` | ");
        out.append(property.getAttribute("type")).append(" | ");
        out.append(standard.isEmpty() ? "" : "`" + standard.replace("|", "\\|") + "`")
                .append(" | ");
        out.append(range).append(" | ");
        out.append(property.getAttribute("description").replace("|TextArea", "").replace("|", "\\|"))
                .append(" |\n");
    }

    /** The descriptions in the bundles of all packages, by pid. */
    private static Map<String, Document> declared() throws Exception {
        Map<String, Document> all = new TreeMap<>();
        for (String name : List.of("scs-base", "scs-station", "scs-cameras")) {
            for (byte[] bundle : Dp.built(name).bundles().values()) {
                read(bundle, all);
            }
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    private static void read(byte[] bundle, Map<String, Document> all) throws Exception {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bundle))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().matches("OSGI-INF/metatype/.*\\.xml")) {
                    String pid = entry.getName().replaceAll(".*/|\\.xml$", "");
                    all.put(pid, parse(in.readAllBytes()));
                }
            }
        }
    }

    private static Document parse(byte[] xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    }

    private static List<Element> elements(Document document, String name) {
        return elements(document.getDocumentElement(), name);
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        return java.util.stream.IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    static {
        if (!Files.isDirectory(PAGE.getParent())) {
            throw new java.io.UncheckedIOException(new IOException("no folder " + PAGE.getParent()));
        }
    }
}
