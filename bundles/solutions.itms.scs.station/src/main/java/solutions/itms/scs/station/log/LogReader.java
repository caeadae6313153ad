package solutions.itms.scs.station.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Shows the log's files, and no other ones. Thread-safe. */
public final class LogReader {
    /** What a tail reads at most. */
    private static final int TAIL_BYTES = 128 * 1024;

    private final Directory directory;
    private final Supplier<LocalDate> today;

    LogReader(Directory directory, Supplier<LocalDate> today) {
        this.directory = directory;
        this.today = today;
    }

    /** The folder that holds them. */
    public Path root() {
        return directory.root();
    }

    /** All files, the newest day first, then by path. */
    public List<LogFile> list() throws IOException {
        return directory.all().stream()
                .map(this::shown)
                .sorted(Comparator.comparing(LogFile::day).reversed().thenComparing(LogFile::path))
                .toList();
    }

    /**
     * Opens a file, as it is on the disk: what ends in {@code .gz} is compressed.
     *
     * @param path as the list has it; nothing else is ever opened
     * @throws NoSuchFileException if the list has no such path
     */
    public InputStream open(String path) throws IOException {
        return Channels.newInputStream(channel(listed(path)));
    }

    /**
     * The last lines of a device's file of today, oldest first; none when it has no file.
     *
     * @param lines how many at most; what is farther than 128 KiB from the end is not read
     */
    public List<String> tail(String deviceId, int lines) throws IOException {
        try {
            return lastLines(directory.path(Folder.DEVICES, Folder.DEVICES.current(deviceId, today.get())), lines);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /**
     * The last lines of a file that is not compressed, oldest first.
     *
     * @param path as the list has it; nothing else is ever opened
     * @param lines how many at most; what is farther than 128 KiB from the end is not read
     * @throws NoSuchFileException if the list has no such path
     */
    public List<String> tailOf(String path, int lines) throws IOException {
        return lastLines(listed(path), lines);
    }

    private Path listed(String path) throws IOException {
        for (Directory.Found found : directory.all()) {
            if (path(found).equals(path)) {
                return found.path();
            }
        }
        throw new NoSuchFileException("no such log file");
    }

    private static List<String> lastLines(Path file, int lines) throws IOException {
        try (SeekableByteChannel channel = channel(file)) {
            long start = Math.max(0, channel.size() - TAIL_BYTES);
            channel.position(start);
            ByteBuffer buffer = ByteBuffer.allocate((int) (channel.size() - start));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until all that was there is read
            }
            String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
            // a line that begins before what was read, and one that is being written, are left out
            String whole = start == 0 ? text : text.substring(text.indexOf('\n') + 1);
            List<String> all =
                    whole.substring(0, whole.lastIndexOf('\n') + 1).lines().toList();
            return all.subList(Math.max(0, all.size() - Math.max(0, lines)), all.size());
        }
    }

    private static SeekableByteChannel channel(Path file) throws IOException {
        return Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    private LogFile shown(Directory.Found found) {
        LocalDate day = found.named().day();
        return new LogFile(path(found), day == null ? today.get() : day, found.size(), found.modified());
    }

    private static String path(Directory.Found found) {
        return found.folder().directory() + "/" + found.path().getFileName();
    }
}
