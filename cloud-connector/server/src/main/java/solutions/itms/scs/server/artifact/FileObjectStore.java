package solutions.itms.scs.server.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Objects as files in folders by the first digits of their ids: {@code ab/cd/abcd…}. Thread-safe. */
final class FileObjectStore implements ObjectStore {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final int DEPTH = 3;

    private final Path root;

    FileObjectStore(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(root);
    }

    @Override
    public void put(String id, Path file, MediaType type) throws IOException {
        Path folder = folder(id);
        force(file);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            force(root.resolve(id.substring(0, 2)));
            force(root);
        }
        Files.move(file, folder.resolve(id), StandardCopyOption.ATOMIC_MOVE);
        force(folder);
    }

    @Override
    public OptionalLong size(String id) throws IOException {
        try {
            return OptionalLong.of(Files.size(path(id)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public InputStream open(String id, long from, long length) throws IOException {
        FileChannel channel = FileChannel.open(path(id), StandardOpenOption.READ);
        return new LimitedInputStream(Channels.newInputStream(channel.position(from)), length);
    }

    @Override
    public Optional<FileChannel> file(String id) throws IOException {
        return Optional.of(FileChannel.open(path(id), StandardOpenOption.READ));
    }

    @Override
    public void delete(String id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    @Override
    public void list(Listing listing) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root, DEPTH)) {
            files = walk.filter(
                            file -> ID.matcher(file.getFileName().toString()).matches())
                    .collect(Collectors.toList());
        }
        for (Path file : files) {
            try {
                BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
                listing.object(
                        file.getFileName().toString(),
                        facts.size(),
                        facts.lastModifiedTime().toInstant());
            } catch (NoSuchFileException e) {
                // deleted meanwhile
            }
        }
    }

    private Path path(String id) {
        return folder(id).resolve(id);
    }

    private Path folder(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("this is no id of a file");
        }
        return root.resolve(id.substring(0, 2)).resolve(id.substring(2, 4));
    }

    /** Brings a file, or the names in a folder, to the disk. */
    static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
