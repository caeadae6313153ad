package org.eclipse.kura.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The declarations are those of Kura 5.6: nothing is missing, nothing differs, nothing is there that Kura has not. */
class KuraApiTest {
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Pattern EXPORT = Pattern.compile("([\\w.]+)((?:;[\\w:-]+=(?:\"[^\"]*\"|[^,;\"]*))*)(?:,|$)");
    private static final Pattern VERSION = Pattern.compile(";version=\"?([\\d.]+)");

    @Test
    void every_public_type_and_member_is_the_one_of_the_list_and_the_other_way_round() throws Exception {
        SortedMap<String, SortedSet<String>> declared = new TreeMap<>();
        for (Class<?> type : publicTypes()) {
            declared.put(type.getPackageName() + ": " + Signatures.header(type), Signatures.members(type));
        }
        SortedMap<String, SortedSet<String>> listed =
                SignatureList.read("/kura-api-5.6.txt").types();
        assertThat(declared.keySet()).containsExactlyElementsOf(listed.keySet());
        listed.forEach(
                (type, members) -> assertThat(declared.get(type)).as(type).containsExactlyElementsOf(members));
    }

    @Test
    void every_package_is_exported_with_the_version_of_the_list() throws IOException {
        assertThat(exports()).isEqualTo(SignatureList.read("/kura-api-5.6.txt").versions());
    }

    private static List<Class<?>> publicTypes() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .<Class<?>>map(KuraApiTest::load)
                    .filter(type -> Modifier.isPublic(type.getModifiers()))
                    .toList();
        }
    }

    private static Class<?> load(String file) {
        try {
            return Class.forName(
                    file.substring(0, file.length() - ".class".length()).replace('/', '.'));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static SortedMap<String, String> exports() throws IOException {
        SortedMap<String, String> versions = new TreeMap<>();
        try (InputStream in = Files.newInputStream(CLASSES.resolve("META-INF/MANIFEST.MF"))) {
            String header = new Manifest(in).getMainAttributes().getValue(new Attributes.Name("Export-Package"));
            Matcher clause = EXPORT.matcher(header);
            while (clause.find()) {
                Matcher version = VERSION.matcher(clause.group(2));
                versions.put(clause.group(1), version.find() ? version.group(1) : "none");
            }
        }
        return versions;
    }
}
