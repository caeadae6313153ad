package solutions.itms.scs.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory that holds everything the server keeps.
 *
 * @param path the directory itself
 */
record DataDirectory(Path path) {
    /** Makes the directory if there is none; only its owner may look into it. */
    static DataDirectory create(Path path) throws StartException {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return new DataDirectory(path.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw new StartException(
                    StartException.USAGE, "cannot use the data directory " + path + " (option --data): " + e);
        }
    }

    Path database() {
        return path.resolve("scs.db");
    }

    Path broker() {
        return path.resolve("broker");
    }

    /** The private keys by which commands are signed. */
    Path commandKeys() {
        return path.resolve("command-keys");
    }

    /** What is uploaded. */
    Path artifacts() {
        return path.resolve("artifacts");
    }

    /** The key by which addresses for downloads are signed. */
    Path linkKey() {
        return path.resolve("artifact-link-key");
    }

    Path firstRunPassword() {
        return path.resolve("first-run-password");
    }

    /**
     * Reserves the directory for one running server; commands that only add to the database need no lock.
     *
     * @return to be closed when the server has stopped
     */
    FileChannel lock() throws StartException {
        Path file = path.resolve("run.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return channel;
            }
            channel.close();
        } catch (IOException e) {
            throw new StartException(StartException.USAGE, "cannot lock " + file + " (option --data): " + e);
        }
        throw new StartException(
                StartException.USAGE,
                "another server runs on " + path + "; stop it or choose another directory with --data");
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
