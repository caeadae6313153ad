package solutions.itms.scs.itest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A deployment package that was built, taken apart.
 *
 * @param bytes the whole file
 * @param manifest its manifest
 * @param names all entries, in their order
 * @param bundles the bytes of the entries but the manifest, by name
 */
record Dp(byte[] bytes, Manifest manifest, List<String> names, Map<String, byte[]> bundles) {
    private static final Attributes.Name VERSION = new Attributes.Name("Bundle-Version");
    private static final Attributes.Name DP_VERSION = new Attributes.Name("DeploymentPackage-Version");

    /** The package of this name as the build made it. */
    static Dp built(String name) throws IOException {
        List<Path> files = Kura.files(Path.of("../../kura-dp", name, "target"), ".dp");
        if (files.size() != 1) {
            throw new IllegalStateException("expected one " + name + " package, found " + files);
        }
        return read(Files.readAllBytes(files.get(0)));
    }

    static Dp read(byte[] bytes) throws IOException {
        List<String> names = new ArrayList<>();
        Map<String, byte[]> bundles = new LinkedHashMap<>();
        Manifest manifest = new Manifest();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
                if (entry.getName().equals("META-INF/MANIFEST.MF")) {
                    manifest = new Manifest(new ByteArrayInputStream(in.readAllBytes()));
                } else {
                    bundles.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return new Dp(bytes, manifest, names, bundles);
    }

    /** The same bundles as the next build would make them, with another qualifier. */
    Dp withQualifier(String qualifier) throws IOException {
        Manifest next = new Manifest(manifest);
        next.getMainAttributes().put(DP_VERSION, "0.1.0." + qualifier);
        Map<String, byte[]> renewed = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> bundle : bundles.entrySet()) {
            next.getAttributes(bundle.getKey()).put(VERSION, "0.1.0." + qualifier);
            renewed.put(bundle.getKey(), withVersion(bundle.getValue(), "0.1.0." + qualifier));
        }
        return write(next, renewed);
    }

    /** The same, but the last bundle is no jar. */
    Dp withBrokenBundle() throws IOException {
        Map<String, byte[]> broken = new LinkedHashMap<>(bundles);
        String last = List.copyOf(bundles.keySet()).get(bundles.size() - 1);
        broken.put(last, new byte[] {1, 2, 3, 4});
        return write(manifest, broken);
    }

    private static Dp write(Manifest manifest, Map<String, byte[]> bundles) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Manifest complete = new Manifest(manifest);
        complete.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (JarOutputStream out = new JarOutputStream(bytes, complete)) {
            for (Map.Entry<String, byte[]> bundle : bundles.entrySet()) {
                out.putNextEntry(new ZipEntry(bundle.getKey()));
                out.write(bundle.getValue());
            }
        }
        return read(bytes.toByteArray());
    }

    private static byte[] withVersion(byte[] jar, String version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().put(VERSION, version);
            try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
        return bytes.toByteArray();
    }
}
