package solutions.itms.scs.nvr;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.FailureCode;

/**
 * The folder where clips are put together before they are handed over. Room is taken for the largest that a clip may
 * become, before its first byte; what a crash has left is deleted at the next start. Thread-safe.
 */
final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    /** So much of the disk is left to others. */
    private static final long RESERVE = 200_000_000;

    private final Path directory;
    private final AtomicLong taken = new AtomicLong();
    private volatile long quota;

    Spool(Path directory, long quota) {
        this.directory = directory;
        this.quota = quota;
        clean();
    }

    private void clean() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("Left-over clips can't be deleted: {}", e.getMessage());
        }
    }

    /** Another limit from now on, in bytes. */
    void quota(long bytes) {
        quota = bytes;
    }

    /** Room for one clip, which is given back, with its file, when this is closed. */
    final class Room implements AutoCloseable {
        private final long bytes;
        private final Path file;
        private boolean closed;

        private Room(long bytes, Path file) {
            this.bytes = bytes;
            this.file = file;
        }

        /** Where the clip is to be. */
        Path file() {
            return file;
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            taken.addAndGet(-bytes);
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("A clip can't be deleted: {}", e.getMessage());
            }
        }
    }

    /**
     * Takes room.
     *
     * @throws CommandException when there is none in the quota, or on the disk
     */
    Room take(String name, long bytes) throws CommandException {
        long limit = quota;
        if (taken.addAndGet(bytes) > limit) {
            taken.addAndGet(-bytes);
            throw new CommandException(
                    FailureCode.UNAVAILABLE,
                    "there is no room for another clip: " + limit / 1_000_000
                            + " MB are all that clips may take here at the same time");
        }
        try {
            Files.createDirectories(directory);
            FileStore disk = Files.getFileStore(directory);
            if (disk.getUsableSpace() < RESERVE + Math.min(bytes, RESERVE)) {
                throw new IOException("full");
            }
            return new Room(bytes, directory.resolve(name));
        } catch (IOException e) {
            taken.addAndGet(-bytes);
            throw new CommandException(FailureCode.UNAVAILABLE, "the gateway's disk is full, or can't be written");
        }
    }

    /** Bytes that are taken now. */
    long taken() {
        return taken.get();
    }
}
