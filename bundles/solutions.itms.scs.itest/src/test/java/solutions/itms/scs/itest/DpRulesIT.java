package solutions.itms.scs.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kura's Deployment Admin does not accept, or accepts and then does wrong, must not be in a package. */
class DpRulesIT {
    /** A library that we import could clash with another add-on's; one that we export, too. */
    private static final Pattern ALLOWED_IMPORT = Pattern.compile(
            "org\\.osgi\\..+|org\\.slf4j(\\.spi)?|org\\.eclipse\\.kura(\\..+)?|javax\\..+|java\\..+|org\\.ietf\\.jgss"
                    + "|org\\.w3c\\.dom(\\..+)?|org\\.xml\\.sax(\\..+)?|solutions\\.itms\\.scs\\..+");

    private static final Pattern CLAUSE = Pattern.compile("([^,;\"]+)((?:;[^,;\"]+(?:\"[^\"]*\")?)*)(?:,|$)");

    @ParameterizedTest
    @CsvSource({"scs-base,7", "scs-station,2", "scs-cameras,4"})
    void thePackageHasItsManifestFirstAndTheExpectedBundlesInItsRoot(String name, int count) throws Exception {
        Dp dp = Dp.built(name);
        assertThat(dp.names().get(0)).isEqualTo("META-INF/MANIFEST.MF");
        assertThat(dp.bundles()).hasSize(count);
        assertThat(dp.bundles().keySet())
                .allMatch(entry -> entry.matches("solutions\\.itms\\.scs\\.[a-z.]+_[0-9.]+\\.jar"));
        assertThat(dp.manifest().getEntries().keySet()).isEqualTo(dp.bundles().keySet());
        Attributes main = dp.manifest().getMainAttributes();
        assertThat(main.getValue("DeploymentPackage-SymbolicName")).isEqualTo(name);
        assertThat(main.getValue("DeploymentPackage-FixPack")).isNull();
        assertThat(main.getValue("DeploymentPackage-Version")).matches("0\\.1\\.0\\.\\d{14}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scs-base", "scs-station", "scs-cameras"})
    void theListedNamesAndVersionsAreThoseOfTheBundlesAndHaveANewQualifier(String name) throws Exception {
        Dp dp = Dp.built(name);
        for (Map.Entry<String, byte[]> bundle : dp.bundles().entrySet()) {
            Attributes listed = dp.manifest().getAttributes(bundle.getKey());
            Attributes own = manifest(bundle.getValue()).getMainAttributes();
            assertThat(listed.getValue("Bundle-SymbolicName")).isEqualTo(own.getValue("Bundle-SymbolicName"));
            assertThat(listed.getValue("Bundle-Version"))
                    .isEqualTo(own.getValue("Bundle-Version"))
                    .matches("0\\.1\\.0\\.\\d{14}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scs-base", "scs-station", "scs-cameras"})
    void bundlesImportOnlyWhatKuraHasAndExportOnlyOurOwnPackages(String name) throws Exception {
        for (byte[] bundle : Dp.built(name).bundles().values()) {
            Attributes own = manifest(bundle).getMainAttributes();
            String bsn = own.getValue("Bundle-SymbolicName");
            assertThat(packages(own.getValue("Import-Package")))
                    .as("imports of %s", bsn)
                    .allMatch(p -> ALLOWED_IMPORT.matcher(p).matches());
            assertThat(packages(own.getValue("Export-Package")))
                    .as("exports of %s", bsn)
                    .allMatch(p -> p.startsWith("solutions.itms.scs."));
            assertThat(own.getValue("DynamicImport-Package")).as(bsn).isNull();
            assertThat(own.getValue("Require-Bundle")).as(bsn).isNull();
        }
    }

    @Test
    void noBundleIsInTwoPackages() throws Exception {
        List<String> all = new ArrayList<>();
        for (String name : List.of("scs-base", "scs-station", "scs-cameras")) {
            Dp dp = Dp.built(name);
            dp.bundles()
                    .keySet()
                    .forEach(entry -> all.add(dp.manifest().getAttributes(entry).getValue("Bundle-SymbolicName")));
        }
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void thePackagesHoldExactlyTheBundlesOfTheirFeatures() throws Exception {
        for (String feature : List.of("base", "station")) {
            String pom = Files.readString(Path.of("../../features", feature, "pom.xml"), StandardCharsets.UTF_8);
            Matcher listed = Pattern.compile("<dependency>.*?<artifactId>(.*?)</artifactId>", Pattern.DOTALL)
                    .matcher(pom);
            List<String> names = listed.results().map(match -> match.group(1)).toList();
            Dp dp = Dp.built("scs-" + feature);
            assertThat(dp.bundles().keySet().stream()
                            .map(entry -> dp.manifest().getAttributes(entry).getValue("Bundle-SymbolicName")))
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    private static Manifest manifest(byte[] jar) throws IOException {
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
            return in.getManifest();
        }
    }

    private static List<String> packages(@org.jspecify.annotations.Nullable String header) {
        List<String> names = new ArrayList<>();
        Matcher clauses = CLAUSE.matcher(header == null ? "" : header);
        while (clauses.find()) {
            names.add(clauses.group(1).strip());
        }
        return names;
    }
}
