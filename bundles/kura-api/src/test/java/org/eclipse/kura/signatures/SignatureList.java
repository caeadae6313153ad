package org.eclipse.kura.signatures;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The list of what Kura offers: package lines in column 0, types indented by 2, members by 4.
 *
 * @param versions package versions by package
 * @param types member lines by "package: type line"
 */
record SignatureList(SortedMap<String, String> versions, SortedMap<String, SortedSet<String>> types) {
    /** Of a type's annotations, those that a running program can see. */
    private static final Set<String> VISIBLE =
            Set.of("@Deprecated", "@FunctionalInterface", "@Documented", "@Target", "@Retention");

    static SignatureList read(String resource) throws IOException {
        SignatureList list = new SignatureList(new TreeMap<>(), new TreeMap<>());
        try (InputStream in = SignatureList.class.getResourceAsStream(resource)) {
            String packageName = "";
            String type = "";
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("package ")) {
                    String[] words = line.split(" +");
                    packageName = words[1];
                    list.versions.put(packageName, words[3]);
                } else if (line.startsWith("    ")) {
                    list.types.get(type).add(line.strip());
                } else if (line.startsWith("  ")) {
                    type = packageName + ": " + withVisibleAnnotations(line.strip());
                    list.types.put(type, new TreeSet<>());
                }
            }
        }
        return list;
    }

    private static String withVisibleAnnotations(String header) {
        String[] words = header.split(" ");
        int count = 0;
        while (words[count].startsWith("@") && !words[count].equals("@interface")) {
            count++;
        }
        String annotations = Arrays.stream(words, 0, count)
                .filter(VISIBLE::contains)
                .sorted()
                .map(annotation -> annotation + " ")
                .collect(Collectors.joining());
        return annotations + String.join(" ", Arrays.copyOfRange(words, count, words.length));
    }
}
