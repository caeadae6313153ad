package solutions.itms.scs.station.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folders of the log on the disk: only their owner writes, only its group reads. */
final class Directory {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path root;

    Directory(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    Path root() {
        return root;
    }

    Path path(Folder folder, String file) {
        return root.resolve(folder.directory()).resolve(file);
    }

    /** Opens a file at its end, and makes it and its folders when there are none. Never follows a link. */
    FileChannel append(Path file) throws IOException {
        Files.createDirectories(file.getParent(), attributes("rwxr-x---"));
        Set<OpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(file, options, attributes("rw-r-----"));
    }

    /** All files that are the log's; others in its folders are left alone. */
    List<Found> all() throws IOException {
        List<Found> all = new ArrayList<>();
        for (Folder folder : Folder.values()) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(folder.directory()))) {
                for (Path file : files) {
                    Found found = found(folder, file);
                    if (found != null) {
                        all.add(found);
                    }
                }
            } catch (NoSuchFileException | NotDirectoryException e) {
                // nothing was written there yet
            }
        }
        return all;
    }

    private static @Nullable Found found(Folder folder, Path file) throws IOException {
        Folder.Named named = folder.parse(String.valueOf(file.getFileName()));
        if (named == null) {
            return null;
        }
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? new Found(
                            folder,
                            file,
                            named,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant())
                    : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** A file of the log. */
    record Found(Folder folder, Path path, Folder.Named named, long size, Instant modified) {
        /** Whether lines may still be appended on that day. */
        boolean isCurrent(LocalDate today) {
            return named.writable() && (named.day() == null || named.day().equals(today));
        }
    }
}
