package solutions.itms.scs.cloud.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues of cloud connections that were removed. Such a queue stays for 30 days of running time: a connection that
 * is made again under the same name goes on with it. Then it is deleted, with what nobody has received. Beside the file
 * stands another, which counts the hours. Thread-safe.
 */
final class RemovedQueues {
    /** Hours that a gateway runs, so that a clock that is wrong makes nothing old. */
    static final int KEPT_HOURS = 30 * 24;

    private static final Logger LOG = LoggerFactory.getLogger(RemovedQueues.class);
    private static final String MARK = ".removed";
    private static final String[] PARTS = {".sqlite", ".sqlite-wal", ".sqlite-shm"};

    private final Path directory;

    /** @param directory that holds the queues' files */
    RemovedQueues(Path directory) {
        this.directory = directory;
    }

    /** The connection of this queue was removed. */
    synchronized void removed(String queue) throws IOException {
        if (Files.exists(directory.resolve(queue + PARTS[0]))) {
            write(directory.resolve(queue + MARK), 0);
            LOG.info("The queue of a removed cloud connection is kept for {} days: {}", KEPT_HOURS / 24, queue);
        }
    }

    /** There is a connection of this queue, perhaps again. */
    synchronized void used(String queue) throws IOException {
        Files.deleteIfExists(directory.resolve(queue + MARK));
    }

    /** To be called every hour: deletes what was kept for long enough. */
    synchronized void hourPassed() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> marks = Files.newDirectoryStream(directory, "outbox*" + MARK)) {
            for (Path mark : marks) {
                age(mark);
            }
        } catch (IOException e) {
            LOG.warn("The queues of removed cloud connections can't be looked at: {}", e.getMessage());
        }
    }

    private void age(Path mark) throws IOException {
        int hours = read(mark) + 1;
        if (hours < KEPT_HOURS) {
            write(mark, hours);
            return;
        }
        String name = String.valueOf(mark.getFileName());
        String queue = name.substring(0, name.length() - MARK.length());
        for (String part : PARTS) {
            Files.deleteIfExists(directory.resolve(queue + part));
        }
        Files.deleteIfExists(mark);
        LOG.info("The queue of a cloud connection that was removed {} days ago is deleted: {}", KEPT_HOURS / 24, queue);
    }

    /** What can't be read counts from the beginning. */
    private static int read(Path mark) throws IOException {
        try {
            return Integer.parseInt(Files.readString(mark).strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void write(Path mark, int hours) throws IOException {
        Path next = mark.resolveSibling(mark.getFileName() + ".new");
        Files.write(next, (hours + "\n").getBytes(StandardCharsets.US_ASCII));
        Files.move(
                next,
                mark,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
