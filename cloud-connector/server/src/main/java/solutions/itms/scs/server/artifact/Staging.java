package solutions.itms.scs.server.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where uploads grow before they are whole: a file for each in one folder. Thread-safe. */
final class Staging {
    private final Path folder;
    private final LongSupplier room;

    /** @param room bytes that are free on the disk */
    Staging(Path folder, LongSupplier room) throws IOException {
        this.folder = folder;
        this.room = room;
        Files.createDirectories(folder);
    }

    static long roomOn(Path folder) {
        return folder.toFile().getUsableSpace();
    }

    Path file(String id) {
        return folder.resolve(id);
    }

    /** Bytes that have come; 0 when there is no file. */
    long length(String id) throws IOException {
        Path file = file(id);
        return Files.exists(file) ? Files.size(file) : 0;
    }

    long room() {
        return room.getAsLong();
    }

    void delete(String id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    /** The ids of all uploads that have bytes here. */
    List<String> ids() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
        }
    }
}
