package solutions.itms.scs.ssh.logs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.JsonText;

/** Puts what is kept of a gate's logs into one ZIP file, with a table of contents. Nothing of it is held in memory. */
public final class LogBundle {
    private static final int MAX_NAME = 200;

    private final LogStore store;

    public LogBundle(LogStore store) {
        this.store = store;
    }

    /**
     * Writes the file and leaves the stream open; returns how many logs are in it.
     *
     * @param since logs to which something was added since then, ms since 1970
     * @param outputs what commands printed, by name
     * @param about what else the table of contents says
     */
    public int write(
            String gate, long since, Map<String, byte[]> outputs, Map<String, @Nullable Object> about, OutputStream out)
            throws IOException {
        Set<String> names = new HashSet<>();
        Map<String, @Nullable Object> contents = new LinkedHashMap<>(about);
        Map<String, @Nullable Object> logs = new LinkedHashMap<>();
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (KnownFile file : store.of(gate)) {
            if (file.kept() == 0 || file.changedAt() < since) {
                continue;
            }
            String name = unique(name(file.path()), names);
            zip.putNextEntry(new ZipEntry(name));
            try (InputStream content = store.content(file)) {
                content.transferTo(zip);
            }
            zip.closeEntry();
            logs.put(name, file.path());
        }
        for (Map.Entry<String, byte[]> output : outputs.entrySet()) {
            zip.putNextEntry(new ZipEntry(unique("outputs/" + output.getKey() + ".txt", names)));
            zip.write(output.getValue());
            zip.closeEntry();
        }
        contents.put("logs", logs);
        contents.put("outputs", List.copyOf(outputs.keySet()));
        zip.putNextEntry(new ZipEntry(unique("contents.json", names)));
        zip.write(JsonText.write(contents));
        zip.closeEntry();
        zip.finish();
        return logs.size();
    }

    /** A relative path of harmless names, whatever the gate calls its files. */
    static String name(String path) {
        StringBuilder name = new StringBuilder("logs");
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                String safe = part.replaceAll("[^\\p{L}\\p{M}\\p{N}._ -]", "_");
                name.append('/').append(safe.startsWith(".") ? "_" + safe.substring(1) : safe);
            }
        }
        String text = name.toString();
        String plain = text.endsWith(".gz") ? text.substring(0, text.length() - 3) : text;
        return plain.length() > MAX_NAME ? plain.substring(0, MAX_NAME) : plain;
    }

    private static String unique(String name, Set<String> names) {
        String candidate = name;
        for (int i = 2; !names.add(candidate); i++) {
            candidate = name + "~" + i;
        }
        return candidate;
    }
}
