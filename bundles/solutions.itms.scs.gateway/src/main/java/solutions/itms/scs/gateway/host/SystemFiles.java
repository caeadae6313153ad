package solutions.itms.scs.gateway.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files in which Linux tells of itself. What is not there, or not readable, is empty. Thread-safe. */
final class SystemFiles {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_ENTRIES = 10_000;

    private final Path root;

    /** @param root {@code /}, or what stands for it */
    SystemFiles(Path root) {
        this.root = root;
    }

    /** The beginning of a file, at most 64 KiB. */
    Optional<String> text(String path) {
        try (InputStream in = Files.newInputStream(root.resolve(path.substring(1)))) {
            return Optional.of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The lines of a file. */
    List<String> lines(String path) {
        return text(path).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** A whole number that is all there is in a file. */
    Optional<Long> number(String path) {
        try {
            return text(path).map(text -> Long.valueOf(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The names in a directory, sorted. */
    List<String> names(String path) {
        try (Stream<Path> entries = Files.list(root.resolve(path.substring(1)))) {
            return entries.limit(MAX_ENTRIES)
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
